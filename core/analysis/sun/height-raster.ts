/** Roofs and the ground between them as heights of square cells. */
import type { BuildingShape, Corner } from './obstacles.ts';

export interface HeightRaster {
  /** Easting and northing of the south-western corner. */
  readonly origin: readonly [number, number];
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
  /** Row by row from the south-west: what is highest over the middle of each cell. */
  readonly heights: Float32Array;
  /** 1 where that is a roof. */
  readonly roofed: Uint8Array;
}

type Frame = Pick<HeightRaster, 'origin' | 'cellM' | 'columns' | 'rows'>;

/** Posts of the ground are so far apart. */
const POST_M = 25;
/** Feet of buildings further away say nothing of the ground at a post, if there are nearer ones. */
const FEET_REACH_M = 150;

/** The ground is laid through the feet of buildings, nearer ones weighing more: relief between them is not known. */
export function heightRaster(frame: Frame, shapes: readonly BuildingShape[]): HeightRaster {
  const { columns, rows } = frame;
  const heights = groundThrough(frame, shapes);
  const roofed = new Uint8Array(columns * rows);
  for (const { surfaces, surfaceKinds } of shapes)
    for (const [index, rings] of surfaces.entries()) {
      const kind = surfaceKinds[index];
      if (kind === 'W' || kind === 'G') continue;
      layRoof(frame, heights, roofed, rings);
    }
  return { ...frame, heights, roofed };
}

function layRoof(
  { origin, cellM, columns, rows }: Frame,
  heights: Float32Array,
  roofed: Uint8Array,
  rings: readonly (readonly Corner[])[],
): void {
  const shell = rings[0] ?? [];
  const plane = planeOf(shell, origin);
  if (!plane) return;
  const tops = shell.map(([, , z]) => z);
  const [lowest, highest] = [Math.min(...tops), Math.max(...tops)];
  const ys = shell.map(([, y]) => y - origin[1]);
  const first = Math.max(0, Math.ceil(Math.min(...ys) / cellM - 0.5));
  const last = Math.min(rows - 1, Math.floor(Math.max(...ys) / cellM - 0.5));
  for (let row = first; row <= last; row++) {
    const y = (row + 0.5) * cellM;
    const crossings = rings.flatMap((ring) => crossingsOf(ring, origin, y)).sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.ceil((crossings[pair] ?? 0) / cellM - 0.5));
      const to = Math.min(columns - 1, Math.floor((crossings[pair + 1] ?? 0) / cellM - 0.5));
      for (let column = from; column <= to; column++) {
        const at = row * columns + column;
        const z = plane.a * (column + 0.5) * cellM + plane.b * y + plane.c;
        const top = Math.min(highest, Math.max(lowest, z));
        if (roofed[at] === 0 || top > (heights[at] ?? 0)) heights[at] = top;
        roofed[at] = 1;
      }
    }
  }
}

function crossingsOf(ring: readonly Corner[], [x0, y0]: Frame['origin'], y: number): number[] {
  return ring.flatMap((a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a;
    const [ay, by] = [a[1] - y0, b[1] - y0];
    return ay > y === by > y ? [] : [a[0] - x0 + ((b[0] - a[0]) * (y - ay)) / (by - ay)];
  });
}

/** Height over a roof face as a·x + b·y + c from the origin; undefined for an upright one. */
function planeOf(
  ring: readonly Corner[],
  [x0, y0]: Frame['origin'],
): { a: number; b: number; c: number } | undefined {
  let [nx, ny, nz] = [0, 0, 0];
  let [mx, my, mz] = [0, 0, 0];
  const [fx, fy, fz] = ring[0] ?? [0, 0, 0];
  for (const [i, p] of ring.entries()) {
    const q = ring[(i + 1) % ring.length] ?? p;
    nx += (p[1] - q[1]) * (p[2] + q[2] - 2 * fz);
    ny += (p[2] - q[2]) * (p[0] + q[0] - 2 * fx);
    nz += (p[0] - q[0]) * (p[1] + q[1] - 2 * fy);
    mx += (p[0] - x0) / ring.length;
    my += (p[1] - y0) / ring.length;
    mz += p[2] / ring.length;
  }
  if (Math.abs(nz) < 1e-6) return undefined;
  const [a, b] = [-nx / nz, -ny / nz];
  return { a, b, c: mz - a * mx - b * my };
}

function groundThrough(frame: Frame, shapes: readonly BuildingShape[]): Float32Array {
  const { origin, cellM, columns, rows } = frame;
  const feet = shapes.map(footOf);
  const [across, up] = [Math.ceil((columns * cellM) / POST_M) + 1, Math.ceil((rows * cellM) / POST_M) + 1];
  const posts = Float64Array.from({ length: across * up }, (_, n) =>
    groundAt(feet, origin[0] + (n % across) * POST_M, origin[1] + Math.floor(n / across) * POST_M),
  );
  const heights = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const v = ((row + 0.5) * cellM) / POST_M;
    const south = Math.floor(v) * across;
    for (let column = 0; column < columns; column++) {
      const u = ((column + 0.5) * cellM) / POST_M;
      const at = south + Math.floor(u);
      const [e, n] = [u % 1, v % 1];
      const below = (posts[at] ?? 0) * (1 - e) + (posts[at + 1] ?? 0) * e;
      const above = (posts[at + across] ?? 0) * (1 - e) + (posts[at + across + 1] ?? 0) * e;
      heights[row * columns + column] = below * (1 - n) + above * n;
    }
  }
  return heights;
}

type Foot = readonly [x: number, y: number, z: number];

function footOf({ surfaces }: BuildingShape): Foot {
  let [x, y, z, count] = [0, 0, Number.POSITIVE_INFINITY, 0];
  for (const rings of surfaces)
    for (const corner of rings[0] ?? []) {
      x += corner[0];
      y += corner[1];
      z = Math.min(z, corner[2]);
      count++;
    }
  return [x / count, y / count, z];
}

function groundAt(feet: readonly Foot[], x: number, y: number): number {
  let [sum, weights] = [0, 0];
  let nearest: readonly [distance: number, z: number] = [Number.POSITIVE_INFINITY, 0];
  for (const [fx, fy, z] of feet) {
    const squared = (fx - x) ** 2 + (fy - y) ** 2;
    if (squared < nearest[0]) nearest = [squared, z];
    if (squared > FEET_REACH_M ** 2) continue;
    const weight = 1 / (squared + 25);
    sum += z * weight;
    weights += weight;
  }
  return weights > 0 ? sum / weights : nearest[1];
}
