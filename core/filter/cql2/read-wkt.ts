import { invalidParameter } from '../../errors.ts';
import type { TextScan } from './text-scan.ts';

const TYPES = {
  point: 'Point',
  multipoint: 'MultiPoint',
  linestring: 'LineString',
  multilinestring: 'MultiLineString',
  polygon: 'Polygon',
  multipolygon: 'MultiPolygon',
} as const;

/** How many lists lie around the positions of a type. */
const DEPTHS = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };

/**
 * Well-known text as a GeoJSON geometry, positions as written, perhaps with `srid` from `SRID=2177;` before it.
 * Undefined when there is none at this place.
 */
export function readWkt(scan: TextScan): object | undefined {
  const srid = scan.srid();
  const keyword = scan.geometryKeyword();
  if (keyword === undefined) {
    if (srid !== undefined) throw scan.fault('is no geometry');
    return undefined;
  }
  const type = TYPES[keyword as keyof typeof TYPES];
  if (!type) throw invalidParameter('filter', `Geometries of type ${keyword.toUpperCase()} are not taken`);
  const coordinates = type === 'Point' ? point(scan) : nested(scan, DEPTHS[type], type === 'MultiPoint');
  return { type, coordinates, ...(srid === undefined ? {} : { srid }) };
}

function point(scan: TextScan): readonly number[] {
  scan.expectSign('(');
  const position = positionOf(scan);
  scan.expectSign(')');
  return position;
}

function nested(scan: TextScan, depth: number, isPoints: boolean): readonly unknown[] {
  scan.expectSign('(');
  const parts: unknown[] = [];
  do {
    if (depth > 1) parts.push(nested(scan, depth - 1, false));
    // MULTIPOINT((1 2), (3 4)) and MULTIPOINT(1 2, 3 4) are both in use.
    else if (isPoints && scan.sign('(')) {
      parts.push(positionOf(scan));
      scan.expectSign(')');
    } else parts.push(positionOf(scan));
  } while (scan.sign(','));
  scan.expectSign(')');
  return parts;
}

function positionOf(scan: TextScan): readonly number[] {
  const position = [scan.number(), scan.number()];
  for (let z = scan.maybeNumber(); z !== undefined; z = scan.maybeNumber()) position.push(z);
  return position;
}
