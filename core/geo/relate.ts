/**
 * How two planar geometries lie to each other: the nine intersections of their interiors, boundaries and
 * exteriors (OGC 06-103r4, 6.1.15), in plain floating point. Edges are cut at each other, and the middle of
 * every piece tells on which side it lies. Quadratic in the number of edges: made for single objects.
 */
import { booleanIntersects } from '@turf/boolean-intersects';
import { bboxesIntersect, bboxOf } from './bbox.ts';
import type { Geometry, Position, Ring } from './geometry.ts';

type Place = 'interior' | 'boundary' | 'exterior';
type Dimension = -1 | 0 | 1 | 2;

/** Dimension of each intersection, -1 for none; first word the first geometry. */
export type Relation = Readonly<Record<`${Place}/${Place}`, Dimension>>;

interface Edge {
  readonly from: Position;
  readonly to: Position;
  /** For rings: +1 when the interior lies to the left of from → to, else -1. */
  readonly interiorSide: number;
}

/** A geometry taken apart once. */
interface Shape {
  readonly dimension: 0 | 1 | 2;
  readonly points: readonly Position[];
  readonly edges: readonly Edge[];
  readonly polygons: readonly (readonly Ring[])[];
  /** Ends of lines that are met an odd number of times (mod-2 rule). */
  readonly ends: readonly Position[];
  readonly tolerance: number;
}

export function relate(a: Geometry, b: Geometry): Relation {
  const [shapeA, shapeB] = [takeApart(a), takeApart(b)];
  const found = new Map<string, Dimension>();
  const note = (placeA: Place, placeB: Place, dimension: Dimension) => {
    const key = `${placeA}/${placeB}`;
    if (dimension > (found.get(key) ?? -1)) found.set(key, dimension);
  };
  compare(shapeA, shapeB, note);
  compare(shapeB, shapeA, (placeB, placeA, dimension) => note(placeA, placeB, dimension));
  const places: readonly Place[] = ['interior', 'boundary', 'exterior'];
  const cells = places.flatMap((p) =>
    places.map((q) => [`${p}/${q}`, found.get(`${p}/${q}`) ?? -1] as const),
  );
  return { ...(Object.fromEntries(cells) as Relation), 'exterior/exterior': 2 };
}

type Note = (placeOfOne: Place, placeOfOther: Place, dimension: Dimension) => void;

/** Walks along `one` and notes where each piece of it lies in `other`. */
function compare(one: Shape, other: Shape, note: Note): void {
  for (const point of one.points) note(locate(point, one), locate(point, other), 0);
  for (const edge of one.edges) {
    const cuts = cutsOf(edge, other);
    for (const cut of cuts) note(locate(cut, one), locate(cut, other), 0);
    for (let i = 1; i < cuts.length; i++) {
      const middle = halfway(cuts[i - 1] ?? edge.from, cuts[i] ?? edge.to);
      notePiece(one, other, edge, middle, note);
    }
  }
  if (one.dimension === 2 && other.dimension < 2) note('interior', 'exterior', 2);
}

function notePiece(one: Shape, other: Shape, edge: Edge, middle: Position, note: Note): void {
  const place = locate(middle, other);
  note(locate(middle, one), place, 1);
  if (one.dimension < 2 || other.dimension < 2) return;
  // Both are areas: the strips on the two sides of this piece of boundary are two-dimensional.
  if (place === 'interior') {
    note('interior', 'interior', 2);
    note('exterior', 'interior', 2);
  } else if (place === 'exterior') {
    note('interior', 'exterior', 2);
  } else if (sameSide(edge, middle, other)) {
    note('interior', 'interior', 2);
  } else {
    note('interior', 'exterior', 2);
    note('exterior', 'interior', 2);
  }
}

function sameSide(edge: Edge, middle: Position, other: Shape): boolean {
  const shared = other.edges.find(
    (candidate) =>
      distanceToSegment(middle, candidate.from, candidate.to) <= other.tolerance &&
      isParallel(edge, candidate),
  );
  if (!shared) return true;
  return edge.interiorSide * shared.interiorSide * Math.sign(dot(edge, shared)) > 0;
}

function isParallel(a: Edge, b: Edge): boolean {
  const cross = (a.to[0] - a.from[0]) * (b.to[1] - b.from[1]) - (a.to[1] - a.from[1]) * (b.to[0] - b.from[0]);
  return Math.abs(cross) <= 1e-6 * length(a) * length(b);
}

const dot = (a: Edge, b: Edge): number =>
  (a.to[0] - a.from[0]) * (b.to[0] - b.from[0]) + (a.to[1] - a.from[1]) * (b.to[1] - b.from[1]);

const length = (edge: Edge): number => Math.hypot(edge.to[0] - edge.from[0], edge.to[1] - edge.from[1]);

const halfway = (a: Position, b: Position): Position => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

/** Ends of an edge and every place where the other shape touches it, in order along the edge. */
function cutsOf(edge: Edge, other: Shape): readonly Position[] {
  const parameters = [0, 1];
  const vertices = [...other.points];
  for (const candidate of other.edges) {
    vertices.push(candidate.from, candidate.to);
    const t = crossing(edge, candidate);
    if (t !== undefined) parameters.push(t);
  }
  const squared = length(edge) ** 2;
  for (const vertex of vertices) {
    if (distanceToSegment(vertex, edge.from, edge.to) > other.tolerance || squared === 0) continue;
    parameters.push(
      ((vertex[0] - edge.from[0]) * (edge.to[0] - edge.from[0]) +
        (vertex[1] - edge.from[1]) * (edge.to[1] - edge.from[1])) /
        squared,
    );
  }
  const inside = parameters.filter((t) => t >= 0 && t <= 1).sort((s, t) => s - t);
  const gap = other.tolerance / (Math.sqrt(squared) || 1);
  return inside.filter((t, i) => i === 0 || t - (inside[i - 1] ?? 0) > gap).map((t) => along(edge, t));
}

function along({ from, to }: Edge, t: number): Position {
  if (t <= 0) return from;
  if (t >= 1) return to;
  return [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
}

/** Where along `a` it properly crosses `b`, 0…1, or undefined. */
function crossing(a: Edge, b: Edge): number | undefined {
  const [rx, ry] = [a.to[0] - a.from[0], a.to[1] - a.from[1]];
  const [sx, sy] = [b.to[0] - b.from[0], b.to[1] - b.from[1]];
  const cross = rx * sy - ry * sx;
  if (cross === 0) return undefined;
  const [dx, dy] = [b.from[0] - a.from[0], b.from[1] - a.from[1]];
  const t = (dx * sy - dy * sx) / cross;
  const u = (dx * ry - dy * rx) / cross;
  return t > 0 && t < 1 && u >= 0 && u <= 1 ? t : undefined;
}

function locate(point: Position, shape: Shape): Place {
  if (shape.dimension === 0) return near(point, shape.points, shape.tolerance) ? 'interior' : 'exterior';
  const onEdge = shape.edges.some(({ from, to }) => distanceToSegment(point, from, to) <= shape.tolerance);
  if (shape.dimension === 1) {
    if (!onEdge) return 'exterior';
    return near(point, shape.ends, shape.tolerance) ? 'boundary' : 'interior';
  }
  if (onEdge) return 'boundary';
  return shape.polygons.some((rings) => isInsideRings(point, rings)) ? 'interior' : 'exterior';
}

const near = (point: Position, points: readonly Position[], tolerance: number): boolean =>
  points.some(([x, y]) => Math.hypot(point[0] - x, point[1] - y) <= tolerance);

/** Even-odd rule over shell and holes. */
function isInsideRings([x, y]: Position, rings: readonly Ring[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (const { from, to } of segmentsOf(ring)) {
      if (from[1] > y === to[1] > y) continue;
      if (x < ((to[0] - from[0]) * (y - from[1])) / (to[1] - from[1]) + from[0]) inside = !inside;
    }
  }
  return inside;
}

/** The same shapes; Turf's types only lack `readonly`. */
type TurfGeometry = Parameters<typeof booleanIntersects>[0];

/** Whether two geometries share a point, as PostGIS counts it: without tolerance. */
export function geometriesIntersect(a: Geometry, b: Geometry): boolean {
  const [boxA, boxB] = [bboxOf(a, 0), bboxOf(b, 0)];
  if (!boxA || !boxB || !bboxesIntersect(boxA, boxB)) return false;
  return booleanIntersects(a as unknown as TurfGeometry, b as unknown as TurfGeometry);
}

/** Planar distance in the unit of the coordinates; 0 where they intersect. */
export function distanceBetween(a: Geometry, b: Geometry): number {
  if (geometriesIntersect(a, b)) return 0;
  const [one, other] = [takeApart(a), takeApart(b)];
  let nearest = Infinity;
  const measure = (points: readonly Position[], shape: Shape) => {
    for (const point of points) {
      for (const { from, to } of shape.edges) nearest = Math.min(nearest, distanceToSegment(point, from, to));
      for (const [x, y] of shape.points) nearest = Math.min(nearest, Math.hypot(point[0] - x, point[1] - y));
    }
  };
  measure(verticesOf(one), other);
  measure(verticesOf(other), one);
  return nearest;
}

const verticesOf = (shape: Shape): readonly Position[] => [
  ...shape.points,
  ...shape.edges.flatMap(({ from, to }) => [from, to]),
];

function distanceToSegment(point: Position, from: Position, to: Position): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / squared;
  const clamped = Math.max(0, Math.min(1, t));
  return Math.hypot(point[0] - from[0] - clamped * dx, point[1] - from[1] - clamped * dy);
}

function takeApart(geometry: Geometry): Shape {
  switch (geometry.type) {
    case 'Point':
      return pointShape([geometry.coordinates]);
    case 'MultiPoint':
      return pointShape(geometry.coordinates);
    case 'LineString':
      return lineShape([geometry.coordinates]);
    case 'MultiLineString':
      return lineShape(geometry.coordinates);
    case 'Polygon':
      return areaShape([geometry.coordinates]);
    case 'MultiPolygon':
      return areaShape(geometry.coordinates);
  }
}

function pointShape(points: readonly Position[]): Shape {
  const tolerance = toleranceOf(points);
  return { dimension: 0, points, edges: [], polygons: [], ends: [], tolerance };
}

function lineShape(lines: readonly Ring[]): Shape {
  const ends = new Map<string, Position>();
  for (const line of lines) {
    for (const end of [line[0], line.at(-1)]) {
      if (end && !ends.delete(keyOf(end))) ends.set(keyOf(end), end);
    }
  }
  const edges = lines.flatMap((line) => segmentsOf(line).map((segment) => ({ ...segment, interiorSide: 0 })));
  const tolerance = toleranceOf(lines.flat());
  return {
    dimension: 1,
    points: [],
    edges,
    polygons: [],
    ends: [...ends.values()],
    tolerance,
  };
}

function areaShape(polygons: readonly (readonly Ring[])[]): Shape {
  const edges = polygons.flatMap((rings) =>
    rings.flatMap((ring, index) => {
      const interiorSide = (signedArea(ring) > 0 ? 1 : -1) * (index === 0 ? 1 : -1);
      return segmentsOf(ring).map((segment) => ({ ...segment, interiorSide }));
    }),
  );
  const tolerance = toleranceOf(polygons.flat(2));
  return { dimension: 2, points: [], edges, polygons, ends: [], tolerance };
}

function segmentsOf(line: Ring): { from: Position; to: Position }[] {
  const segments: { from: Position; to: Position }[] = [];
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1], line[i]];
    if (from && to) segments.push({ from, to });
  }
  return segments;
}

/** Relative to the first position, since coordinates of millions would drown a small ring. */
function signedArea(ring: Ring): number {
  const [ox, oy] = ring[0] ?? [0, 0];
  let doubled = 0;
  for (const { from, to } of segmentsOf(ring)) {
    doubled += (from[0] - ox) * (to[1] - oy) - (to[0] - ox) * (from[1] - oy);
  }
  return doubled / 2;
}

/** A few units in the last place of the largest ordinate: 2e-8 m in a Polish zone. */
function toleranceOf(positions: readonly Position[]): number {
  let largest = 1;
  for (const [x, y] of positions) largest = Math.max(largest, Math.abs(x), Math.abs(y));
  return 16 * Number.EPSILON * largest;
}

const keyOf = (position: Position): string => `${position[0]} ${position[1]}`;
