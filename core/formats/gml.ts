/** GML 3.2.1 members of our application schema, streamed. Element order is that of `describe-feature-type`. */
import type { Feature, PropertyValue } from '../feature/feature.ts';
import { gmlId } from '../feature/identifier.ts';
import type { Layer } from '../feature/layer.ts';
import type { Geometry, Position, Ring } from '../geo/geometry.ts';
import { escapeText } from '../xml/writer.ts';
import { type CoordinateStyle, oriented, plainText, positionText } from './coordinate-text.ts';

export const GML_NAMESPACE = 'http://www.opengis.net/gml/3.2';
/** The one namespace of our feature types. */
export const TWIN_NAMESPACE = 'https://blizniak.pl/ns/1.0';
export const TWIN_PREFIX = 'bl';
/** Name of the geometry property of every feature type. */
export const GEOMETRY_PROPERTY = 'geom';

const CHUNK_CHARS = 32 * 1024;

export interface GmlStyle extends CoordinateStyle {
  /** The CRS as written into the document; `order` must be that of this spelling. */
  readonly srsName: string;
}

/** Joins pieces of a document to chunks of about 32 kB. */
export async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length >= CHUNK_CHARS) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

/**
 * One feature as an element of its layer's name.
 * @param declarations namespace declarations, when the element is the root of a document
 */
export function featureGml(feature: Feature, layer: Layer, style: GmlStyle, declarations = ''): string {
  const name = `${TWIN_PREFIX}:${layer.name}`;
  const id = gmlId(feature.layer, feature.id);
  let text = `<${name} gml:id="${escapeText(id)}"${declarations}>${propertyGml('id', feature.id)}`;
  for (const property of layer.properties) {
    text += propertyGml(property.name, feature.properties[property.name] ?? null);
  }
  if (feature.geometry) text += geometryPropertyGml(feature.geometry, id, style);
  return `${text}</${name}>`;
}

/** A simple property; absence is absence of the element. */
export function propertyGml(name: string, value: PropertyValue): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? plainText(value) : escapeText(String(value));
  return `<${TWIN_PREFIX}:${name}>${text}</${TWIN_PREFIX}:${name}>`;
}

export function geometryPropertyGml(geometry: Geometry, featureId: string, style: GmlStyle): string {
  const name = `${TWIN_PREFIX}:${GEOMETRY_PROPERTY}`;
  return `<${name}>${geometryGml(geometry, `${featureId}.geom`, style)}</${name}>`;
}

/** A geometry element; every geometry object carries a gml:id, as GML 3.2 demands. */
function geometryGml(geometry: Geometry, id: string, style: GmlStyle): string {
  const position = (each: Position) => positionText(each, style, ' ');
  const positions = (line: readonly Position[]) => line.map(position).join(' ');
  const ring = (each: Ring) =>
    `<gml:LinearRing><gml:posList>${positions(each)}</gml:posList></gml:LinearRing>`;
  const polygonInside = ([shell = [], ...holes]: readonly Ring[]) =>
    `<gml:exterior>${ring(shell)}</gml:exterior>${holes.map((hole) => `<gml:interior>${ring(hole)}</gml:interior>`).join('')}`;
  const shown = oriented(geometry);
  const dimension = firstPosition(shown)?.length ?? 2;
  const reference = ` srsName="${escapeText(style.srsName)}" srsDimension="${dimension}"`;
  const ids = ` gml:id="${escapeText(id)}"`;
  const partIds = (index: number) => ` gml:id="${escapeText(id)}.${index + 1}"`;
  switch (shown.type) {
    case 'Point':
      return `<gml:Point${ids}${reference}><gml:pos>${position(shown.coordinates)}</gml:pos></gml:Point>`;
    case 'LineString':
      return `<gml:LineString${ids}${reference}><gml:posList>${positions(shown.coordinates)}</gml:posList></gml:LineString>`;
    case 'Polygon':
      return `<gml:Polygon${ids}${reference}>${polygonInside(shown.coordinates)}</gml:Polygon>`;
    case 'MultiPoint':
      return `<gml:MultiPoint${ids}${reference}>${shown.coordinates
        .map(
          (each, index) =>
            `<gml:pointMember><gml:Point${partIds(index)}><gml:pos>${position(each)}</gml:pos></gml:Point></gml:pointMember>`,
        )
        .join('')}</gml:MultiPoint>`;
    case 'MultiLineString':
      return `<gml:MultiCurve${ids}${reference}>${shown.coordinates
        .map(
          (each, index) =>
            `<gml:curveMember><gml:LineString${partIds(index)}><gml:posList>${positions(each)}</gml:posList></gml:LineString></gml:curveMember>`,
        )
        .join('')}</gml:MultiCurve>`;
    case 'MultiPolygon':
      return `<gml:MultiSurface${ids}${reference}>${shown.coordinates
        .map(
          (rings, index) =>
            `<gml:surfaceMember><gml:Polygon${partIds(index)}>${polygonInside(rings)}</gml:Polygon></gml:surfaceMember>`,
        )
        .join('')}</gml:MultiSurface>`;
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
