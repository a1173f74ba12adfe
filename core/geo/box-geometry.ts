import { type Bbox, bboxesIntersect, widenBbox } from './bbox.ts';
import { type Crs, crsOf, type PositionTransform, transformBetween } from './crs.ts';
import type { Geometry, Position } from './geometry.ts';

/** A projected CRS is trusted this far around its central meridian; beyond, formulas run wild. */
const DOMAIN_HALF_WIDTH_DEG = 20;
const DOMAIN_LATITUDES_DEG = [20, 80] as const;
const MERCATOR_LATITUDE_DEG = 85.06;

/** A box given in another CRS is widened by this much, since its corners were rounded on the way. */
const ROUNDING_M = 0.0005;
const ROUNDING_DEG = 5e-9;

/** Largest distance between a curved edge and our chord, up to `MAX_DEPTH` halvings. */
const CHORD_ERROR_M = 0.001;
const CHORD_ERROR_DEG = 1e-8;
const MAX_DEPTH = 8;

/**
 * What a box covers in the CRS `srid`: a polygon whose edges follow the edges of the box, or a line or point
 * when the box has no area. Undefined when the box lies wholly outside the domain of that CRS.
 */
export function boxGeometry(bbox: Bbox, srid: number): Geometry | undefined {
  if (bbox.srid === srid)
    return plainBox(bbox, [corner(bbox, 0), corner(bbox, 1), corner(bbox, 2), corner(bbox, 3)]);
  const clipped = clipToDomain(widened(bbox), crsOf(srid));
  if (!clipped) return undefined;
  const transform = transformBetween(bbox.srid, srid);
  const error = crsOf(srid).unit === 'degree' ? CHORD_ERROR_DEG : CHORD_ERROR_M;
  const ring: Position[] = [];
  for (let side = 0; side < 4; side++) {
    const [from, to] = [corner(clipped, side), corner(clipped, (side + 1) % 4)];
    ring.push(transform(from), ...between(from, to, transform, error, MAX_DEPTH));
  }
  const [first] = ring;
  return first && ring.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
    ? { type: 'Polygon', coordinates: [[...ring, first]] }
    : undefined;
}

function corner(bbox: Bbox, index: number): Position {
  return [index === 1 || index === 2 ? bbox.maxX : bbox.minX, index >= 2 ? bbox.maxY : bbox.minY];
}

function plainBox(bbox: Bbox, corners: readonly [Position, Position, Position, Position]): Geometry {
  const [a, , c] = corners;
  const [flat, narrow] = [bbox.minY === bbox.maxY, bbox.minX === bbox.maxX];
  if (flat && narrow) return { type: 'Point', coordinates: a };
  if (flat || narrow) return { type: 'LineString', coordinates: [a, c] };
  return { type: 'Polygon', coordinates: [[...corners, a]] };
}

function widened(bbox: Bbox): Bbox {
  const by = crsOf(bbox.srid).unit === 'degree' ? ROUNDING_DEG : ROUNDING_M;
  return widenBbox(bbox, by);
}

/** Points strictly between two corners, dense enough for the chord error. */
function between(
  from: Position,
  to: Position,
  transform: PositionTransform,
  error: number,
  depth: number,
): Position[] {
  if (depth === 0) return [];
  const middle: Position = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const [a, b, m] = [transform(from), transform(to), transform(middle)];
  if (Math.hypot(m[0] - (a[0] + b[0]) / 2, m[1] - (a[1] + b[1]) / 2) <= error) return [];
  return [
    ...between(from, middle, transform, error, depth - 1),
    m,
    ...between(middle, to, transform, error, depth - 1),
  ];
}

/** The part of a box where both its own CRS and the other one are defined. */
function clipToDomain(bbox: Bbox, to: Crs): Bbox | undefined {
  const domain = [domainOf(crsOf(bbox.srid)), domainOf(to)].reduce(intersection);
  const inOwnCrs = envelopeOf(domain, bbox.srid);
  return bboxesIntersect(bbox, inOwnCrs) ? intersection(bbox, inOwnCrs) : undefined;
}

function intersection(a: Bbox, b: Bbox): Bbox {
  return {
    minX: Math.max(a.minX, b.minX),
    minY: Math.max(a.minY, b.minY),
    maxX: Math.min(a.maxX, b.maxX),
    maxY: Math.min(a.maxY, b.maxY),
    srid: a.srid,
  };
}

/** Where a CRS may be computed with, as longitudes and latitudes. */
function domainOf(crs: Crs): Bbox {
  if (crs.unit === 'degree') return { minX: -180, minY: -90, maxX: 180, maxY: 90, srid: 4326 };
  if (crs.proj4.startsWith('+proj=merc')) {
    return { minX: -180, minY: -MERCATOR_LATITUDE_DEG, maxX: 180, maxY: MERCATOR_LATITUDE_DEG, srid: 4326 };
  }
  const meridian = centralMeridianDeg(crs);
  return {
    minX: meridian - DOMAIN_HALF_WIDTH_DEG,
    minY: DOMAIN_LATITUDES_DEG[0],
    maxX: meridian + DOMAIN_HALF_WIDTH_DEG,
    maxY: DOMAIN_LATITUDES_DEG[1],
    srid: 4326,
  };
}

function centralMeridianDeg(crs: Crs): number {
  const zone = /\+zone=(\d+)/.exec(crs.proj4)?.[1];
  return zone === undefined ? Number(/\+lon_0=([-\d.]+)/.exec(crs.proj4)?.[1] ?? 0) : Number(zone) * 6 - 183;
}

/** The smallest box of a CRS around a box of longitudes and latitudes. */
function envelopeOf(lonLat: Bbox, srid: number): Bbox {
  const transform = transformBetween(4326, srid);
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  const steps = 16;
  for (let side = 0; side < 4; side++) {
    const [from, to] = [corner(lonLat, side), corner(lonLat, (side + 1) % 4)];
    for (let i = 0; i < steps; i++) {
      const t = i / steps;
      const [x, y] = transform([from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]);
      [minX, minY] = [Math.min(minX, x), Math.min(minY, y)];
      [maxX, maxY] = [Math.max(maxX, x), Math.max(maxY, y)];
    }
  }
  return { minX, minY, maxX, maxY, srid };
}
