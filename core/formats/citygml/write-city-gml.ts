/** CityGML 2.0 (OGC 12-019): buildings with their surfaces, ids and attributes, one after another. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { gmlId } from '../../feature/identifier.ts';
import type { Layer, PropertyType } from '../../feature/layer.ts';
import { crsOf, crsUrn } from '../../geo/crs.ts';
import { type Position, positionsOf, type Ring } from '../../geo/geometry.ts';
import { type HeightSystem, VERTICAL_CRS } from '../../geo/height-systems.ts';
import { escapeText } from '../../xml/writer.ts';
import {
  type DressedFeature,
  type DressedStream,
  lookOf,
  PICTURE_FOLDER,
} from '../appearance/dressed-feature.ts';
import { type BuildingFace, buildingFaces, isClosedShell, lodOf } from '../building-faces.ts';
import { ByteWriter } from '../byte-writer.ts';
import { inChunks } from '../chunks.ts';
import { type CoordinateStyle, plainText, positionText } from '../coordinate-text.ts';
import { faceId, looksText, ringId } from './write-looks.ts';

const NAMESPACES = [
  'xmlns="http://www.opengis.net/citygml/2.0"',
  'xmlns:app="http://www.opengis.net/citygml/appearance/2.0"',
  'xmlns:bldg="http://www.opengis.net/citygml/building/2.0"',
  'xmlns:gen="http://www.opengis.net/citygml/generics/2.0"',
  'xmlns:gml="http://www.opengis.net/gml"',
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xsi:schemaLocation="http://www.opengis.net/citygml/building/2.0 http://schemas.opengis.net/citygml/building/2.0/building.xsd http://www.opengis.net/citygml/generics/2.0 http://schemas.opengis.net/citygml/generics/2.0/generics.xsd http://www.opengis.net/citygml/appearance/2.0 http://schemas.opengis.net/citygml/appearance/2.0/appearance.xsd"',
].join(' ');

/** Names that GUGiK gives the attributes of its models. */
const GENERIC_NAMES: Readonly<Record<string, string>> = {
  ...{ iip_namespace: 'przestNazw', iip_version: 'wersjaId', roof_source: 'zrodloDach' },
};
/** Said by elements of their own, or by the geometry. */
const TOLD_ELSEWHERE = new Set([
  'appearance',
  'function',
  'roof_type',
  'height_m',
  'storeys_above',
  'surface_kinds',
  'lod',
]);
const GENERIC_ELEMENTS: Readonly<Record<PropertyType, string>> = {
  ...{
    text: 'string',
    integer: 'int',
    number: 'double',
    boolean: 'string',
    date: 'date',
    datetime: 'string',
  },
};

/**
 * Axes in the order of the authority. The CRS is named without its heights, which the description tells: GDAL does not
 * see the order of axes in a compound name.
 * @param features of `buildings_3d`, with heights
 * @param note what the file says of itself and of its use, a line each
 * @param pictureFolder where the pictures of looks lie, beside the file
 */
export async function* writeCityGml(
  features: DressedStream,
  layer: Layer,
  srid: number,
  heights: HeightSystem,
  note: readonly string[] = [],
  pictureFolder = PICTURE_FOLDER,
): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  const told = [
    `${layer.title.pl} / ${layer.title.en}; EPSG:${srid}, ${heights} (EPSG:${VERTICAL_CRS[heights].srid})`,
    ...note,
  ].join('\n');
  out.text(
    `<?xml version="1.0" encoding="UTF-8"?>\n<CityModel ${NAMESPACES}>\n<gml:description>${escapeText(told)}</gml:description>\n`,
  );
  const building = new BuildingText(layer, srid, pictureFolder);
  yield* inChunks(out, features, (feature) => out.text(building.of(feature)));
  out.text('</CityModel>\n');
  yield out.take();
}

class BuildingText {
  readonly #layer: Layer;
  readonly #srid: number;
  readonly #style: CoordinateStyle;
  readonly #folder: string;

  constructor(layer: Layer, srid: number, folder: string) {
    this.#folder = folder;
    this.#layer = layer;
    this.#srid = srid;
    const { authorityOrder: order, unit } = crsOf(srid);
    this.#style = { order, unit };
  }

  of(feature: DressedFeature): string {
    const id = gmlId(feature.layer, feature.id);
    const faces = buildingFaces(feature, this.#srid);
    const look = lookOf(feature, faces);
    const looks = look ? looksText(id, look, this.#folder) : '';
    return `<cityObjectMember><bldg:Building gml:id="${id}">${this.#envelope(feature)}${this.#generics(feature)}${looks}${nativesOf(feature)}${this.#shape(id, faces, lodOf(feature), look !== undefined)}</bldg:Building></cityObjectMember>\n`;
  }

  #envelope({ geometry }: Feature): string {
    const least = [Infinity, Infinity, Infinity];
    const most = [-Infinity, -Infinity, -Infinity];
    for (const position of geometry ? positionsOf(geometry) : []) {
      for (const axis of [0, 1, 2]) {
        least[axis] = Math.min(least[axis] ?? 0, position[axis] ?? 0);
        most[axis] = Math.max(most[axis] ?? 0, position[axis] ?? 0);
      }
    }
    if (!Number.isFinite(least[0])) return '';
    const corner = ([x = 0, y = 0, z = 0]: readonly number[]) => positionText([x, y, z], this.#style, ' ');
    return `<gml:boundedBy><gml:Envelope srsName="${crsUrn(this.#srid)}" srsDimension="3"><gml:lowerCorner>${corner(least)}</gml:lowerCorner><gml:upperCorner>${corner(most)}</gml:upperCorner></gml:Envelope></gml:boundedBy>`;
  }

  #generics({ id, properties }: Feature): string {
    const attribute = (type: PropertyType, name: string, value: PropertyValue): string => {
      const element = `gen:${GENERIC_ELEMENTS[type]}Attribute`;
      const text = typeof value === 'number' ? plainText(value) : escapeText(String(value));
      return `<${element} name="${name}"><gen:value>${text}</gen:value></${element}>`;
    };
    const told = this.#layer.properties.flatMap(({ name, type }) => {
      const value = properties[name] ?? null;
      if (value === null || TOLD_ELSEWHERE.has(name)) return [];
      return [attribute(type, GENERIC_NAMES[name] ?? name, value)];
    });
    const isOfState = (properties['iip_namespace'] ?? null) !== null;
    return `${isOfState ? attribute('text', 'buildingId', id) : ''}${told.join('')}`;
  }

  #shape(id: string, faces: readonly BuildingFace[], lod: number, hasLook: boolean): string {
    if (faces.length === 0) return '';
    const polygons = faces.map(({ rings }, index) =>
      this.#polygon(faceId(id, index), rings, (ring) =>
        hasLook ? ` gml:id="${ringId(id, index, ring)}"` : '',
      ),
    );
    const members = polygons.map((each) => `<gml:surfaceMember>${each}</gml:surfaceMember>`);
    const whole = isClosedShell(faces, this.#srid) ? this.#solid(lod, members) : this.#multi(lod, members);
    // Surfaces have a meaning from LOD2 on (10.3.3). They refer to the faces of the whole, which GDAL reads alone.
    if (lod === 1) return whole;
    const surfaces = faces
      .map(
        ({ meaning }, index) =>
          `<bldg:boundedBy><bldg:${meaning} gml:id="${id}.s${index + 1}">${this.#multi(lod, [`<gml:surfaceMember xlink:href="#${faceId(id, index)}"/>`])}</bldg:${meaning}></bldg:boundedBy>`,
      )
      .join('');
    return lod === 2 ? whole + surfaces : surfaces + whole;
  }

  #solid(lod: number, members: readonly string[]): string {
    return `<bldg:lod${lod}Solid><gml:Solid srsName="${crsUrn(this.#srid)}" srsDimension="3"><gml:exterior><gml:CompositeSurface>${members.join('')}</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod${lod}Solid>`;
  }

  #multi(lod: number, members: readonly string[]): string {
    return `<bldg:lod${lod}MultiSurface><gml:MultiSurface srsName="${crsUrn(this.#srid)}" srsDimension="3">${members.join('')}</gml:MultiSurface></bldg:lod${lod}MultiSurface>`;
  }

  #polygon(id: string, rings: readonly Ring[], nameOf: (ring: number) => string): string {
    const [shell = '', ...holes] = rings.map((ring, index) => this.#ring(ring, nameOf(index)));
    const interiors = holes.map((hole) => `<gml:interior>${hole}</gml:interior>`);
    return `<gml:Polygon gml:id="${id}"><gml:exterior>${shell}</gml:exterior>${interiors.join('')}</gml:Polygon>`;
  }

  #ring(ring: Ring, name: string): string {
    const positions = ring.map((position: Position) => positionText(position, this.#style, ' '));
    return `<gml:LinearRing${name}><gml:posList srsDimension="3">${positions.join(' ')}</gml:posList></gml:LinearRing>`;
  }
}

/** Attributes that CityGML has elements for, in the order of its schema. */
function nativesOf({ properties }: Feature): string {
  const { function: purpose = null, roof_type: roof = null, height_m: height = null } = properties;
  const storeys = properties['storeys_above'] ?? null;
  const texts = [
    purpose === null ? '' : `<bldg:function>${escapeText(String(purpose))}</bldg:function>`,
    roof === null ? '' : `<bldg:roofType>${escapeText(String(roof))}</bldg:roofType>`,
    height === null ? '' : `<bldg:measuredHeight uom="m">${plainText(Number(height))}</bldg:measuredHeight>`,
    storeys === null ? '' : `<bldg:storeysAboveGround>${storeys}</bldg:storeysAboveGround>`,
  ];
  return texts.join('');
}
