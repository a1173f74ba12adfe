/** GML 3.2.1 members of our application schema, streamed. Element order is that of `describe-feature-type`. */
import type { Feature, PropertyValue } from '../feature/feature.ts';
import { gmlId } from '../feature/identifier.ts';
import type { Layer, PropertyDeclaration, XmlNames } from '../feature/layer.ts';
import type { Geometry, MultiPolygon, Position, Ring } from '../geo/geometry.ts';
import { escapeText } from '../xml/writer.ts';
import type { ByteWriter } from './byte-writer.ts';
import {
  type CoordinateStyle,
  DECIMALS,
  HEIGHT_DECIMALS,
  oriented,
  orientedParts,
  plainText,
} from './coordinate-text.ts';
import { writeGml2Geometry } from './gml2-geometry.ts';

export const GML_NAMESPACE = 'http://www.opengis.net/gml/3.2';
/** Of GML 3.1.1, in which what is written here is the same but for the namespace, and of 2.1.2. */
export const OLD_GML_NAMESPACE = 'http://www.opengis.net/gml';
/** The one namespace of our feature types. */
export const TWIN_NAMESPACE = 'https://blizniak.pl/ns/1.0';
export const TWIN_PREFIX = 'bl';
const TWIN_NAMES: XmlNames = { prefix: TWIN_PREFIX, namespace: TWIN_NAMESPACE };
/** Prefix and namespace of the feature types of a document, which all have the same. */
export const xmlNamesOf = ([first]: readonly Pick<Layer, 'xml'>[]): XmlNames => first?.xml ?? TWIN_NAMES;
/** Name of a feature type with its prefix. */
export const typeName = (layer: Pick<Layer, 'name' | 'xml'>): string =>
  `${xmlNamesOf([layer]).prefix}:${layer.name}`;
/** Name of the geometry property of every feature type. */
export const GEOMETRY_PROPERTY = 'geom';

export interface GmlStyle extends CoordinateStyle {
  /** The CRS as written into the document; `order` must be that of this spelling. */
  readonly srsName: string;
  /** Identifiers and geometry as GML 2.1.2 has them; otherwise as in 3.2.1. */
  readonly isGml2?: boolean;
}

/**
 * One feature as an element of its layer's name.
 * @param declarations namespace declarations, when the element is the root of a document
 */
export function writeFeatureGml(
  out: ByteWriter,
  feature: Feature,
  layer: Layer,
  style: GmlStyle,
  declarations = '',
): void {
  const { open, openGml2, close, standard, id: idTags, geometry, properties } = tagsOf(layer);
  const id = gmlId(feature.layer, feature.id);
  out.text(style.isGml2 ? openGml2 : open);
  out.escaped(id);
  out.text('"');
  out.text(declarations);
  out.text('>');
  for (const tags of standard) writePropertyGml(out, tags, feature.properties[tags.name] ?? null);
  if (idTags) writePropertyGml(out, idTags, feature.id);
  for (const tags of properties) writePropertyGml(out, tags, feature.properties[tags.name] ?? null);
  if (feature.geometry) writeGeometryPropertyGml(out, feature.geometry, id, style, geometry);
  out.text(close);
}

/** The element of a simple property. */
export interface PropertyTags {
  readonly name: string;
  readonly open: string;
  readonly close: string;
}

export function propertyTags(
  name: string,
  layer: Pick<Layer, 'xml'> & Partial<Pick<Layer, 'properties'>> = {},
): PropertyTags {
  const standard = layer.properties?.find((property) => property.name === name)?.gml;
  const element = standard ? `gml:${standard}` : `${xmlNamesOf([layer]).prefix}:${name}`;
  return { name, open: `<${element}>`, close: `</${element}>` };
}

/** The element of the geometry. */
export const geometryTags = (layer: Pick<Layer, 'xml'> = {}): PropertyTags =>
  propertyTags(GEOMETRY_PROPERTY, layer);

interface LayerTags extends Omit<PropertyTags, 'name'> {
  readonly openGml2: string;
  /** Of what GML gives to every object, in its order. */
  readonly standard: readonly PropertyTags[];
  readonly id: PropertyTags | undefined;
  readonly geometry: PropertyTags;
  readonly properties: readonly PropertyTags[];
}

const known = new WeakMap<Layer, LayerTags>();

function tagsOf(layer: Layer): LayerTags {
  let tags = known.get(layer);
  if (!tags) {
    const name = typeName(layer);
    const those = (kind: PropertyDeclaration['gml']) =>
      layer.properties.filter(({ gml }) => gml === kind).map((each) => propertyTags(each.name, layer));
    tags = {
      ...{ open: `<${name} gml:id="`, openGml2: `<${name} fid="`, close: `</${name}>` },
      id: layer.xml ? undefined : propertyTags('id'),
      geometry: geometryTags(layer),
      standard: [...those('description'), ...those('name')],
      properties: those(undefined),
    };
    known.set(layer, tags);
  }
  return tags;
}

/** A simple property; absence is absence of the element. */
export function writePropertyGml(out: ByteWriter, { open, close }: PropertyTags, value: PropertyValue): void {
  if (value === null) return;
  out.text(open);
  if (typeof value === 'string') out.escaped(value);
  else out.text(typeof value === 'number' ? plainText(value) : String(value));
  out.text(close);
}

export function writeGeometryPropertyGml(
  out: ByteWriter,
  geometry: Geometry,
  featureId: string,
  style: GmlStyle,
  tags: PropertyTags,
): void {
  out.text(tags.open);
  if (style.isGml2) writeGml2Geometry(out, geometry, style.srsName, style);
  else writeGeometryGml(out, geometry, `${featureId}.geom`, style);
  out.text(tags.close);
}

/** The element of a geometry. @param id its gml:id; those of its parts begin with it */
export function writeGeometryGml(out: ByteWriter, geometry: Geometry, id: string, style: GmlStyle): void {
  new GeometryGml(out, style, escapeText(id)).write(oriented(geometry));
}

/** Areas as one `gml:Surface` of patches: where a surface is asked for, GML takes no MultiSurface. */
export function writeSurfaceGml(
  out: ByteWriter,
  { coordinates }: MultiPolygon,
  id: string,
  style: GmlStyle,
): void {
  new GeometryGml(out, style, escapeText(id)).patches(orientedParts(coordinates));
}

/** Geometry elements; every geometry object carries a gml:id, as GML 3.2 demands. */
class GeometryGml {
  readonly #out: ByteWriter;
  readonly #style: GmlStyle;
  readonly #id: string;

  constructor(out: ByteWriter, style: GmlStyle, id: string) {
    this.#out = out;
    this.#style = style;
    this.#id = id;
  }

  patches(areas: readonly (readonly Ring[])[]): void {
    this.#out.text(`<gml:Surface${this.#attributes(areas[0]?.[0]?.[0])}><gml:patches>`);
    for (const rings of areas) this.#rings('PolygonPatch', '', rings);
    this.#out.text('</gml:patches></gml:Surface>');
  }

  write(geometry: Geometry): void {
    const attributes = this.#attributes(firstPosition(geometry));
    switch (geometry.type) {
      case 'Point':
        this.#point(attributes, geometry.coordinates);
        break;
      case 'LineString':
        this.#line('LineString', attributes, geometry.coordinates);
        break;
      case 'Polygon':
        this.#polygon(attributes, geometry.coordinates);
        break;
      case 'MultiPoint':
        this.#parts('MultiPoint', 'pointMember', attributes, geometry.coordinates, (ids, part) =>
          this.#point(ids, part),
        );
        break;
      case 'MultiLineString':
        this.#parts('MultiCurve', 'curveMember', attributes, geometry.coordinates, (ids, part) =>
          this.#line('LineString', ids, part),
        );
        break;
      case 'MultiPolygon':
        this.#parts('MultiSurface', 'surfaceMember', attributes, geometry.coordinates, (ids, part) =>
          this.#polygon(ids, part),
        );
        break;
    }
  }

  #attributes(first: Position | undefined): string {
    return ` gml:id="${this.#id}" srsName="${escapeText(this.#style.srsName)}" srsDimension="${first?.length ?? 2}"`;
  }

  #parts<Part>(
    name: string,
    member: string,
    attributes: string,
    parts: readonly Part[],
    write: (ids: string, part: Part) => void,
  ): void {
    this.#out.text(`<gml:${name}${attributes}>`);
    for (const [index, part] of parts.entries()) {
      this.#out.text(`<gml:${member}>`);
      write(` gml:id="${this.#id}.${index + 1}"`, part);
      this.#out.text(`</gml:${member}>`);
    }
    this.#out.text(`</gml:${name}>`);
  }

  #point(attributes: string, position: Position): void {
    this.#out.text(`<gml:Point${attributes}><gml:pos>`);
    this.#position(position);
    this.#out.text('</gml:pos></gml:Point>');
  }

  #polygon(attributes: string, rings: readonly Ring[]): void {
    this.#rings('Polygon', attributes, rings);
  }

  #rings(name: string, attributes: string, [shell = [], ...holes]: readonly Ring[]): void {
    this.#out.text(`<gml:${name}${attributes}><gml:exterior>`);
    this.#line('LinearRing', '', shell);
    this.#out.text('</gml:exterior>');
    for (const hole of holes) {
      this.#out.text('<gml:interior>');
      this.#line('LinearRing', '', hole);
      this.#out.text('</gml:interior>');
    }
    this.#out.text(`</gml:${name}>`);
  }

  #line(name: string, attributes: string, positions: readonly Position[]): void {
    this.#out.text(`<gml:${name}${attributes}><gml:posList>`);
    let isFirst = true;
    for (const position of positions) {
      if (!isFirst) this.#out.text(' ');
      isFirst = false;
      this.#position(position);
    }
    this.#out.text(`</gml:posList></gml:${name}>`);
  }

  #position(position: Position): void {
    const out = this.#out;
    const { order, unit } = this.#style;
    const isEastingFirst = order === 'easting-northing';
    out.rounded(position[isEastingFirst ? 0 : 1], DECIMALS[unit]);
    out.text(' ');
    out.rounded(position[isEastingFirst ? 1 : 0], DECIMALS[unit]);
    if (position.length === 3) {
      out.text(' ');
      out.rounded(position[2], HEIGHT_DECIMALS);
    }
  }
}

/** The property type of GML for a geometry of a layer (OGC 07-036, D.3). */
export const GML_PROPERTY_TYPE = {
  Point: 'gml:PointPropertyType',
  MultiPoint: 'gml:MultiPointPropertyType',
  LineString: 'gml:CurvePropertyType',
  MultiLineString: 'gml:MultiCurvePropertyType',
  Polygon: 'gml:SurfacePropertyType',
  MultiPolygon: 'gml:MultiSurfacePropertyType',
} as const satisfies Record<Geometry['type'], string>;

function firstPosition(geometry: Geometry): Position | undefined {
  switch (geometry.type) {
    case 'Point':
      return geometry.coordinates;
    case 'MultiPoint':
    case 'LineString':
      return geometry.coordinates[0];
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates[0]?.[0];
    case 'MultiPolygon':
      return geometry.coordinates[0]?.[0]?.[0];
  }
}
