/** Geometries and boxes of a CQL2 filter. */
import { invalidParameter } from '../../errors.ts';
import type { LayerDeclaration } from '../../feature/layer.ts';
import { type Bbox, parseBbox, ringOfBbox } from '../../geo/bbox.ts';
import { type AxisOrder, crsOf, inOrder, parseCrs } from '../../geo/crs.ts';
import type { Geometry, GeometryType } from '../../geo/geometry.ts';
import { structuralFault } from '../../geo/structure.ts';
import type { Cql2Context } from './cql2-context.ts';

interface Shape {
  readonly geometry: Geometry;
  readonly srid: number;
  /** When it was written as a box. */
  readonly bbox?: Bbox;
}

/** The one geometry of every layer, as schemas and queryables name it. */
export const isGeometryName = (name: string, { properties }: LayerDeclaration): boolean =>
  name === 'geom' && !properties.some((property) => property.name === name);

/** @throws TwinError invalid-parameter (parameter `filter`) */
export function shapeOf(node: unknown, { crs }: Cql2Context): Shape {
  if (typeof node === 'object' && node !== null) {
    if ('bbox' in node && !('type' in node))
      return boxOf(node.bbox, 'crs' in node ? node.crs : undefined, crs);
    if ('type' in node && 'coordinates' in node) {
      const srid = 'srid' in node ? node.srid : undefined;
      return typeof srid === 'number'
        ? plainShape(node.type, node.coordinates, crsOf(srid).srid, 'easting-northing')
        : plainShape(node.type, node.coordinates, crs.srid, crs.order);
    }
  }
  throw refusal(`${(JSON.stringify(node) ?? '').slice(0, 100)} is neither a geometry nor a box`);
}

const refusal = (message: string): Error => invalidParameter('filter', message);

function boxOf(numbers: unknown, named: unknown, crs: Cql2Context['crs']): Shape {
  if (!Array.isArray(numbers)) throw refusal('"bbox" must be a list of 4 or 6 numbers');
  const { srid, order } = typeof named === 'string' ? parseCrs(named, 'filter') : crs;
  const bbox = parseBbox(numbers.join(','), srid, order, 'filter');
  return { bbox, srid, geometry: { type: 'Polygon', coordinates: [ringOfBbox(bbox)] } };
}

const DEPTHS: Readonly<Record<GeometryType, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

function plainShape(type: unknown, coordinates: unknown, srid: number, order: AxisOrder): Shape {
  if (typeof type !== 'string' || !Object.hasOwn(DEPTHS, type)) {
    throw refusal(`Geometries of type ${String(type).slice(0, 30)} are not taken`);
  }
  if (!isNested(coordinates, DEPTHS[type as GeometryType])) {
    throw refusal(`The coordinates of a ${type} in the filter are not nested as GeoJSON asks`);
  }
  const geometry = { type, coordinates } as Geometry;
  const fault = structuralFault(geometry);
  if (fault) throw refusal(`A geometry of the filter cannot be used: ${fault}`);
  return { geometry: inOrder(geometry, order), srid };
}

function isNested(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  if (depth > 0) return value.every((part) => isNested(part, depth - 1));
  const isLong = value.length === 2 || value.length === 3;
  return isLong && value.every((number) => typeof number === 'number');
}
