/** The skyline around a point, and how much of the sky stands above it. */
import { LEAF, type Obstacles } from '../sun/obstacles.ts';

export type Viewpoint = readonly [easting: number, northing: number, heightM: number];

/** Directions that the skyline is measured in. */
const DIRECTIONS = 720;
const STEP = (2 * Math.PI) / DIRECTIONS;
const COS = Float64Array.from({ length: DIRECTIONS }, (_, k) =>
  Math.cos(((k + 0.5) / DIRECTIONS) * 2 * Math.PI),
);
const SIN = Float64Array.from({ length: DIRECTIONS }, (_, k) =>
  Math.sin(((k + 0.5) / DIRECTIONS) * 2 * Math.PI),
);

/** Tangents of the heights of the skyline, counter-clockwise from east, half a degree apart; 0 where nothing rises. */
export function skyline({ edges, boxes, leafStart, origin }: Obstacles, viewpoint: Viewpoint): Float64Array {
  const [px, py, pz] = [viewpoint[0] - origin[0], viewpoint[1] - origin[1], viewpoint[2]];
  const tangents = new Float64Array(DIRECTIONS);
  const nodes = [0];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (isHidden(tangents, boxes, node * 5, px, py, pz)) continue;
    if (node < leafStart) {
      const [one, other] = [2 * node + 1, 2 * node + 2];
      // What is near hides what is far, so it is looked at first.
      if (squaredAway(boxes, one * 5, px, py) <= squaredAway(boxes, other * 5, px, py))
        nodes.push(other, one);
      else nodes.push(one, other);
      continue;
    }
    const first = (node - leafStart) * LEAF * 6;
    for (let at = first; at < first + LEAF * 6; at += 6) raise(tangents, edges, at, px, py, pz);
  }
  return tangents;
}

/** Of a box, on the ground; 0 from inside. */
function squaredAway(boxes: Float64Array, at: number, px: number, py: number): number {
  const dx = Math.max((boxes[at] ?? 0) - px, px - (boxes[at + 2] ?? 0), 0);
  const dy = Math.max((boxes[at + 1] ?? 0) - py, py - (boxes[at + 3] ?? 0), 0);
  return dx * dx + dy * dy;
}

/** More than rounding, so that nothing is left out that would show. */
const SLACK = 1e-9;

/** Whether nothing in a box can rise above what is already seen in its directions. */
function isHidden(
  tangents: Float64Array,
  boxes: Float64Array,
  at: number,
  px: number,
  py: number,
  pz: number,
): boolean {
  const rise = (boxes[at + 4] ?? 0) - pz;
  if (!(rise > 0)) return true;
  const awayM = Math.sqrt(squaredAway(boxes, at, px, py));
  if (awayM < SLACK) return false;
  const steepest = (rise / awayM) * (1 + SLACK);
  const west = (boxes[at] ?? 0) - px;
  const south = (boxes[at + 1] ?? 0) - py;
  const east = (boxes[at + 2] ?? 0) - px;
  const north = (boxes[at + 3] ?? 0) - py;
  // From outside it spans less than half a turn, its middle within.
  const cx = (west + east) / 2;
  const cy = (south + north) / 2;
  const a = turn(cx, cy, west, south);
  const b = turn(cx, cy, west, north);
  const c = turn(cx, cy, east, south);
  const d = turn(cx, cy, east, north);
  const middle = Math.atan2(cy, cx);
  const start = Math.floor((middle + Math.min(a, b, c, d)) / STEP - 0.5);
  const end = Math.ceil((middle + Math.max(a, b, c, d)) / STEP - 0.5);
  for (let k = start; k <= end; k++) if (!((tangents[inTurn(k)] ?? 0) >= steepest)) return false;
  return true;
}

/** The angle from one direction to another, counter-clockwise, -π to π. */
const turn = (fromX: number, fromY: number, toX: number, toY: number): number =>
  Math.atan2(fromX * toY - fromY * toX, fromX * toX + fromY * toY);

const inTurn = (k: number): number => ((k % DIRECTIONS) + DIRECTIONS) % DIRECTIONS;

function raise(
  tangents: Float64Array,
  edges: Float64Array,
  at: number,
  px: number,
  py: number,
  pz: number,
): void {
  const [ax, ay, az] = [(edges[at] ?? 0) - px, (edges[at + 1] ?? 0) - py, (edges[at + 2] ?? 0) - pz];
  const [bx, by, bz] = [(edges[at + 3] ?? 0) - px, (edges[at + 4] ?? 0) - py, (edges[at + 5] ?? 0) - pz];
  if (Number.isNaN(ax) || (az <= 0 && bz <= 0)) return;
  const turned = ax * by - ay * bx;
  if (Math.abs(turned) < 1e-9) return;
  const from = Math.atan2(turned > 0 ? ay : by, turned > 0 ? ax : bx);
  const to = Math.atan2(turned > 0 ? by : ay, turned > 0 ? bx : ax);
  const start = Math.ceil(from / STEP - 0.5);
  const end = Math.floor((to < from ? to + 2 * Math.PI : to) / STEP - 0.5);
  const [dx, dy, dz] = [bx - ax, by - ay, bz - az];
  for (let k = start; k <= end; k++) {
    const direction = inTurn(k);
    const [cos, sin] = [COS[direction] ?? 0, SIN[direction] ?? 0];
    // a + s·d lies in this direction where the product with it is nought.
    const part = (ay * cos - ax * sin) / (dx * sin - dy * cos);
    const away = (ax + part * dx) * cos + (ay + part * dy) * sin;
    const tangent = (az + part * dz) / away;
    if (tangent > (tangents[direction] ?? 0)) tangents[direction] = tangent;
  }
}

/**
 * Sky view factor of level ground, 0 to 1: the part of the light of an even sky that falls on it (Johnson and Watson,
 * 1984). Exact for the skyline; that is measured every half degree, which is 0.003 of the factor among houses.
 */
export function skyViewFactor(obstacles: Obstacles, viewpoint: Viewpoint): number {
  let sum = 0;
  for (const tangent of skyline(obstacles, viewpoint)) sum += 1 / (1 + tangent * tangent);
  return sum / DIRECTIONS;
}
