/** When the sun reaches a place among buildings: times at which it goes behind edges of roofs, found, not sampled. */
import { LEAF, type Obstacles } from './obstacles.ts';
import { momentTowards, type SunDay, turnOf } from './sun-day.ts';

/** A point and where it looks. */
export interface WindowPoint {
  readonly easting: number;
  readonly northing: number;
  readonly heightM: number;
  /** Horizontal unit vector out of the wall: what lies behind it is dark. Without it the whole sky is seen. */
  readonly outward?: readonly [east: number, north: number];
}

/** Part of a day in minutes from its first moment, fractions too. */
export type Stretch = readonly [from: number, to: number];

/** Edges nearer than this are the wall that the point is on (m). */
const SAME_WALL_M = 1e-6;
/** A day can hardly be cut into more. */
const MOST_STRETCHES = 512;

/**
 * Answers for one day: the stretches of it in which the sun reaches a point, in order. The answer is good for as long
 * as nobody asks for another.
 */
export function sunlightOn(sun: SunDay, obstacles: Obstacles): (point: WindowPoint) => readonly Stretch[] {
  const { count, east, north, up, slope, momentOfTurn } = sun;
  const { edges, boxes, leafStart, origin } = obstacles;
  const last = count - 1;
  const [firstEast, firstNorth] = [east[0] ?? 0, north[0] ?? 0];
  const firstTurn = turnOf(firstEast, firstNorth);
  const lastTurn = turnOf(east[last] ?? 0, north[last] ?? 0);
  const shadeFrom = new Float64Array(MOST_STRETCHES);
  const shadeTo = new Float64Array(MOST_STRETCHES);
  const stack = new Int32Array(128);
  let shades = 0;
  let [px, py, pz] = [0, 0, 0];
  // Plane through the point and an edge; positive above it.
  let [nx, ny, nz] = [0, 0, 0];

  const above = (moment: number): number => {
    const k = Math.min(Math.floor(moment), last - 1);
    const part = moment - k;
    const here = nx * (east[k] as number) + ny * (north[k] as number) + nz * (up[k] as number);
    if (part === 0) return here;
    const next = nx * (east[k + 1] as number) + ny * (north[k + 1] as number) + nz * (up[k + 1] as number);
    return here + part * (next - here);
  };
  const isRising = (moment: number): boolean => {
    const k = Math.min(Math.floor(moment), last - 1);
    return (
      nx * ((east[k + 1] as number) - (east[k] as number)) +
        ny * ((north[k + 1] as number) - (north[k] as number)) +
        nz * ((up[k + 1] as number) - (up[k] as number)) >
      0
    );
  };

  const shade = (from: number, to: number): void => {
    if (!(to > from)) return;
    let at = 0;
    while (at < shades && (shadeTo[at] as number) < from) at++;
    let beyond = at;
    let [start, end] = [from, to];
    while (beyond < shades && (shadeFrom[beyond] as number) <= to) {
      start = Math.min(start, shadeFrom[beyond] as number);
      end = Math.max(end, shadeTo[beyond] as number);
      beyond++;
    }
    if (beyond === at) {
      if (shades === MOST_STRETCHES) throw new RangeError('The day falls into too many stretches');
      shadeFrom.copyWithin(at + 1, at, shades);
      shadeTo.copyWithin(at + 1, at, shades);
      shades++;
    } else if (beyond > at + 1) {
      shadeFrom.copyWithin(at + 1, beyond, shades);
      shadeTo.copyWithin(at + 1, beyond, shades);
      shades -= beyond - at - 1;
    }
    shadeFrom[at] = start;
    shadeTo[at] = end;
  };
  const isShaded = (from: number, to: number): boolean => {
    for (let i = 0; i < shades; i++) {
      if ((shadeFrom[i] as number) > from) return false;
      if ((shadeTo[i] as number) >= to) return true;
    }
    return false;
  };

  /** Where `above` changes its sign between two moments of different signs. */
  const crossing = (from: number, to: number): number => {
    const startsAbove = above(from) > 0;
    let [low, high] = [from, to];
    while (Math.floor(high) > Math.floor(low) + 1 || (high - low > 1 && Math.floor(low) !== low)) {
      const middle = Math.floor((low + high) / 2 + 0.5);
      if (middle <= low || middle >= high) break;
      if (above(middle) > 0 === startsAbove) low = middle;
      else high = middle;
    }
    const whole = Math.floor(low) + 1;
    if (whole > low && whole < high) {
      if (above(whole) > 0 === startsAbove) low = whole;
      else high = whole;
    }
    const [a, b] = [above(low), above(high)];
    return a === b ? low : low + ((high - low) * a) / (a - b);
  };
  /** The moment between two at which `above` turns. */
  const turning = (from: number, to: number): number => {
    const startsRising = isRising(from);
    let [low, high] = [Math.floor(from), Math.floor(to)];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (isRising(middle) === startsRising) low = middle;
      else high = middle;
    }
    return Math.min(to, Math.max(from, high));
  };
  /** Shades what of a stretch, with the sun over the edge, lies below it. */
  const shadeBelow = (from: number, to: number): void => {
    if (!(to > from) || isShaded(from, to)) return;
    const startsAbove = above(from) > 0;
    const endsAbove = above(to) > 0;
    if (startsAbove !== endsAbove) {
      const at = crossing(from, to);
      if (startsAbove) shade(at, to);
      else shade(from, at);
      return;
    }
    const [startRises, endRises] = [isRising(from), isRising(to)];
    // A day's path over an edge is a cosine: it turns at most once within half a day.
    if (startRises !== endRises && startRises !== startsAbove) {
      const at = turning(from, to);
      if (above(at) > 0 !== startsAbove) {
        const [one, other] = [crossing(from, at), crossing(at, to)];
        if (startsAbove) shade(one, other);
        else {
          shade(from, one);
          shade(other, to);
        }
        return;
      }
    }
    if (!startsAbove) shade(from, to);
  };

  const lookAtEdge = (at: number): void => {
    let [ax, ay, az] = [
      (edges[at] as number) - px,
      (edges[at + 1] as number) - py,
      (edges[at + 2] as number) - pz,
    ];
    let [bx, by, bz] = [
      (edges[at + 3] as number) - px,
      (edges[at + 4] as number) - py,
      (edges[at + 5] as number) - pz,
    ];
    if (az <= 0 && bz <= 0) return;
    let turnBetween = ax * by - ay * bx;
    if (!(Math.abs(turnBetween) > SAME_WALL_M)) return;
    if (turnBetween > 0) {
      [ax, ay, az, bx, by, bz] = [bx, by, bz, ax, ay, az];
      turnBetween = -turnBetween;
    }
    // The sun goes clockwise, from a to b.
    nx = by * az - bz * ay;
    ny = bz * ax - bx * az;
    nz = -turnBetween;
    const start = momentTowards(sun, ax, ay);
    const end = momentTowards(sun, bx, by);
    if (start <= end) shadeBelow(start, end);
    else if (start > end) {
      shadeBelow(0, end);
      shadeBelow(start, last);
    } else if (!Number.isNaN(start)) shadeBelow(start, last);
    else if (!Number.isNaN(end)) shadeBelow(0, end);
    else if (ax * firstNorth - ay * firstEast <= 0 && firstEast * by - firstNorth * bx <= 0)
      shadeBelow(0, last);
  };

  /** Whether a box may hold an edge that shades what is not shaded yet. */
  const mayMatter = (node: number): boolean => {
    const at = node * 5;
    const rise = (boxes[at + 4] as number) - pz;
    if (!(rise > 0)) return false;
    const [west, south] = [(boxes[at] as number) - px, (boxes[at + 1] as number) - py];
    const [eastern, northern] = [(boxes[at + 2] as number) - px, (boxes[at + 3] as number) - py];
    const sideX = west > 0 ? 1 : eastern < 0 ? -1 : 0;
    const sideY = south > 0 ? 1 : northern < 0 ? -1 : 0;
    if (sideX === 0 && sideY === 0) return true;
    const awayX = sideX > 0 ? west : sideX < 0 ? eastern : 0;
    const awayY = sideY > 0 ? south : sideY < 0 ? northern : 0;
    // The corners at which the sun comes over the box and leaves it, clockwise.
    const inX = sideY > 0 ? west : sideY < 0 ? eastern : awayX;
    const inY = sideX > 0 ? northern : sideX < 0 ? south : awayY;
    const outX = sideY > 0 ? eastern : sideY < 0 ? west : awayX;
    const outY = sideX > 0 ? south : sideX < 0 ? northern : awayY;
    const inTurn = turnOf(inX, inY);
    const outTurn = turnOf(outX, outY);
    let [from, to] = [0, last];
    if (inTurn <= outTurn) {
      if (outTurn < firstTurn || inTurn > lastTurn) return false;
      from = Math.max(0, momentOfTurn[Math.floor(inTurn)] as number);
      to = Math.min(last, (momentOfTurn[Math.floor(outTurn)] as number) + 2);
    } else if (outTurn < firstTurn && inTurn > lastTurn) return false;
    // Between two moments of a day the sun is never lower than at one of them.
    const least = Math.min(slope[from] as number, slope[to] as number);
    if (rise * rise <= least * least * (awayX * awayX + awayY * awayY)) return false;
    return !isShaded(from, to);
  };
  const awayFrom = (node: number): number => {
    const at = node * 5;
    const dx = Math.max((boxes[at] as number) - px, px - (boxes[at + 2] as number), 0);
    const dy = Math.max((boxes[at + 1] as number) - py, py - (boxes[at + 3] as number), 0);
    return dx * dx + dy * dy;
  };

  const shadeBehind = (outEast: number, outNorth: number): void => {
    let from = 0;
    let before = outEast * firstEast + outNorth * firstNorth;
    for (let k = 1; k <= last; k++) {
      const now = outEast * (east[k] as number) + outNorth * (north[k] as number);
      if (before > 0 !== now > 0) {
        const at = k - 1 + before / (before - now);
        if (before > 0) from = at;
        else shade(from, at);
      }
      before = now;
    }
    if (!(before > 0)) shade(from, last);
  };

  const lookAround = (): void => {
    let depth = 0;
    stack[depth++] = 0;
    while (depth > 0) {
      const node = stack[--depth] as number;
      if (!mayMatter(node)) continue;
      if (node >= leafStart) {
        const first = (node - leafStart) * LEAF * 6;
        for (let at = first; at < first + LEAF * 6; at += 6) lookAtEdge(at);
        continue;
      }
      const [left, right] = [2 * node + 1, 2 * node + 2];
      const isLeftNearer = awayFrom(left) <= awayFrom(right);
      stack[depth++] = isLeftNearer ? right : left;
      stack[depth++] = isLeftNearer ? left : right;
    }
  };

  return ({ easting, northing, heightM, outward }) => {
    [px, py, pz] = [easting - origin[0], northing - origin[1], heightM];
    shades = 0;
    if (outward) shadeBehind(outward[0], outward[1]);
    lookAround();
    const stretches: Stretch[] = [];
    let from = 0;
    for (let i = 0; i < shades; i++) {
      const start = shadeFrom[i] as number;
      if (start > from) stretches.push([from, start]);
      from = shadeTo[i] as number;
    }
    if (from < last) stretches.push([from, last]);
    return stretches;
  };
}

/** Minutes of sun, in all and the longest without a break. */
export function sunMinutes(stretches: readonly Stretch[]): {
  readonly summed: number;
  readonly unbroken: number;
} {
  let [summed, unbroken] = [0, 0];
  for (const [from, to] of stretches) {
    summed += to - from;
    unbroken = Math.max(unbroken, to - from);
  }
  return { summed, unbroken };
}
