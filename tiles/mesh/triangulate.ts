import earcut from 'earcut';

/** Triangles of one planar (or nearly planar) polygon in space. */
export interface Facet {
  /** Corners x, y, z without repeats, ring after ring. */
  readonly corners: readonly number[];
  /** Which position each corner is. */
  readonly positions: readonly number[];
  /** Triples of corner numbers, counter-clockwise seen against the normal. */
  readonly triangles: readonly number[];
  /** Unit normal by the right-hand rule of the outer ring. */
  readonly normal: readonly [number, number, number];
}

/** Corners nearer than this fall together, m. */
const SAME_CORNER_M = 1e-4;
/** Polygons smaller than this are not seen and have no sure normal, m². */
const MIN_AREA_M2 = 1e-4;

/**
 * Cuts a polygon with holes into triangles on the plane that it faces most.
 * @param coordinates x, y, z in metres
 * @param rings start and end (exclusive) position of each ring, the outer one first; closed or not
 * @returns undefined when the polygon has no area
 */
export function triangulate(
  coordinates: Float64Array,
  rings: readonly (readonly [number, number])[],
): Facet | undefined {
  const corners: number[] = [];
  const positions: number[] = [];
  const holes: number[] = [];
  let outerEnd = 0;
  for (const [start, end] of rings) {
    const before = corners.length / 3;
    if (!appendRing(corners, positions, coordinates, start, end)) {
      if (before === 0) return undefined;
      continue;
    }
    if (before === 0) outerEnd = corners.length / 3;
    else holes.push(before);
  }
  const [nx, ny, nz] = newell(corners, outerEnd);
  const doubleArea = Math.hypot(nx, ny, nz);
  if (!(doubleArea / 2 >= MIN_AREA_M2)) return undefined;
  const normal = [nx / doubleArea, ny / doubleArea, nz / doubleArea] as const;
  if (outerEnd === 3 && holes.length === 0) {
    return { corners, positions, triangles: [0, 1, 2], normal };
  }
  const triangles = cut(corners, holes, normal);
  return triangles.length === 0 ? undefined : { corners, positions, triangles, normal };
}

/** Adds a ring without repeated corners; false (and nothing added) when fewer than three remain. */
function appendRing(
  corners: number[],
  positions: number[],
  coordinates: Float64Array,
  start: number,
  end: number,
): boolean {
  const first = corners.length;
  for (let i = start; i < end; i++) {
    const [x = 0, y = 0, z = 0] = [coordinates[3 * i], coordinates[3 * i + 1], coordinates[3 * i + 2]];
    if (!Number.isFinite(x + y + z)) continue;
    if (corners.length !== first && isSame(corners, corners.length - 3, x, y, z)) continue;
    corners.push(x, y, z);
    positions.push(i);
  }
  while (
    corners.length - first > 3 &&
    isSame(corners, first, corners.at(-3) ?? 0, corners.at(-2) ?? 0, corners.at(-1) ?? 0)
  ) {
    corners.length -= 3;
  }
  if (corners.length - first < 9) corners.length = first;
  positions.length = corners.length / 3;
  return corners.length > first;
}

function isSame(corners: readonly number[], at: number, x: number, y: number, z: number): boolean {
  return (
    Math.abs((corners[at] ?? 0) - x) < SAME_CORNER_M &&
    Math.abs((corners[at + 1] ?? 0) - y) < SAME_CORNER_M &&
    Math.abs((corners[at + 2] ?? 0) - z) < SAME_CORNER_M
  );
}

/** Newell's normal of the first ring; its length is twice the area. Relative to the first corner for precision. */
function newell(corners: readonly number[], count: number): [number, number, number] {
  const [x0 = 0, y0 = 0, z0 = 0] = corners;
  let [nx, ny, nz] = [0, 0, 0];
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const [ax, ay, az] = [
      (corners[3 * j] ?? 0) - x0,
      (corners[3 * j + 1] ?? 0) - y0,
      (corners[3 * j + 2] ?? 0) - z0,
    ];
    const [bx, by, bz] = [
      (corners[3 * i] ?? 0) - x0,
      (corners[3 * i + 1] ?? 0) - y0,
      (corners[3 * i + 2] ?? 0) - z0,
    ];
    nx += ay * bz - az * by;
    ny += az * bx - ax * bz;
    nz += ax * by - ay * bx;
  }
  return [nx, ny, nz];
}

function cut(
  corners: readonly number[],
  holes: readonly number[],
  normal: readonly [number, number, number],
): number[] {
  const [ax, ay, az] = normal.map(Math.abs) as [number, number, number];
  // The cyclic pair of axes keeps the turn of the ring when the normal's third component is positive.
  const dropped = ax >= ay && ax >= az ? 0 : ay >= az ? 1 : 2;
  const [u, v] = [(dropped + 1) % 3, (dropped + 2) % 3];
  const flat: number[] = [];
  for (let i = 0; i < corners.length; i += 3) flat.push(corners[i + u] ?? 0, corners[i + v] ?? 0);
  const triangles = earcut(flat, holes.length > 0 ? holes : undefined);
  const counterClockwise = (normal[dropped] ?? 0) > 0;
  for (let i = 0; i < triangles.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [triangles[i], triangles[i + 1], triangles[i + 2]];
    if (turn(flat, a, b, c) > 0 !== counterClockwise) [triangles[i + 1], triangles[i + 2]] = [c, b];
  }
  return triangles;
}

function turn(flat: readonly number[], a: number, b: number, c: number): number {
  const [x, y] = [flat[2 * a] ?? 0, flat[2 * a + 1] ?? 0];
  return (
    ((flat[2 * b] ?? 0) - x) * ((flat[2 * c + 1] ?? 0) - y) -
    ((flat[2 * c] ?? 0) - x) * ((flat[2 * b + 1] ?? 0) - y)
  );
}
