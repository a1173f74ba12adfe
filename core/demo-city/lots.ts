/** Blocks into lots: rows back to back, cut square to the street they face, end lots facing the side streets. */
import {
  add,
  around,
  boxAlong,
  dot,
  inBox,
  leftOf,
  subtract,
  turnedBox,
  unit,
  type Xy,
} from '../geo/plane.ts';
import { lengthOf, placeAt } from '../geo/polyline.ts';
import type { Random } from './random.ts';
import { extend, pathAlong } from './street-layout.ts';
import type { Beyond, Plot, Subdivision } from './subdivision.ts';

export interface LotPattern {
  readonly frontageM: readonly [low: number, high: number];
  readonly depthM: number;
  readonly minAreaM2: number;
  /** Whether the short ends of a block get lots of their own. */
  readonly endLots: boolean;
}

export const isStreet = (beyond: Beyond): boolean => beyond === 'street' || beyond === 'avenue';

/** A lot; an inner one lies behind the rows and is reached, if at all, by a narrow end. */
export interface CutLot {
  readonly plot: Plot;
  readonly inner: boolean;
}

export function cutLots(sub: Subdivision, block: Plot, pattern: LotPattern, random: Random): CutLot[] {
  const { rows, inner } = rowsOf(sub, block, pattern, random);
  const cut = (plots: readonly Plot[]) => plots.flatMap((plot) => cutRow(sub, plot, pattern, random));
  // A second pass cuts the lots that have another long side on a street.
  const lots = cut(cut(rows)).map((plot) => ({ plot, inner: false }));
  return inner ? [...lots, { plot: inner, inner: true }] : lots;
}

interface Rows {
  readonly rows: readonly Plot[];
  readonly inner?: Plot;
}

function rowsOf(sub: Subdivision, block: Plot, pattern: LotPattern, random: Random): Rows {
  const box = turnedBox(sub.ring(block));
  if (box.widthM < 1.45 * pattern.depthM) return { rows: [block] };
  const rows: Plot[] = [];
  let middle = block;
  if (pattern.endLots && box.lengthM > 3.2 * pattern.depthM) {
    for (const [from, inward] of [
      [0, 1],
      [box.lengthM, -1],
    ] as const) {
      const u = from + inward * pattern.depthM * random.between(0.75, 1);
      const path = extend([inBox(box, u, 0), inBox(box, u, box.widthM)], 40);
      const cut = sub.split(middle, path, { minAreaM2: 2 * pattern.minAreaM2 });
      if (!cut) continue;
      const [end, rest] = inward === 1 ? [cut.left, cut.right] : [cut.right, cut.left];
      const faced =
        end.beyond.filter(isStreet).length > 0 && longestFront(sub, end).lengthM > box.widthM * 0.6;
      if (!faced) continue;
      rows.push(end);
      middle = rest;
    }
  }
  const long = longRows(sub, middle, pattern, random);
  return { ...long, rows: [...rows, ...long.rows] };
}

/** Two rows back to back, with an inner court between them when the block is deep. */
function longRows(sub: Subdivision, block: Plot, pattern: LotPattern, random: Random): Rows {
  const ring = sub.ring(block);
  const box = turnedBox(ring);
  const cutAt = (plot: Plot, fraction: number) =>
    sub.split(plot, pathAlong(ring, box, fraction, 0, random), { minAreaM2: pattern.minAreaM2 });
  if (box.widthM < 2.75 * pattern.depthM) {
    const halves = cutAt(block, 0.5);
    return { rows: halves ? [halves.right, halves.left] : [block] };
  }
  const share = pattern.depthM / box.widthM;
  const lower = cutAt(block, share);
  const upper = lower && cutAt(lower.left, 1 - share);
  if (!lower || !upper) return { rows: [block] };
  return { rows: [lower.right, upper.left], inner: upper.right };
}

interface Front {
  readonly path: readonly Xy[];
  readonly lengthM: number;
}

/** The longest run of street sides without a sharp turn. */
export function longestFront(sub: Subdivision, plot: Plot): Front {
  const settled = sub.settled(plot);
  return frontsOf(sub.ring(settled), settled.beyond)[0] ?? { path: [], lengthM: 0 };
}

/** Runs of street sides without a sharp turn, longest first, counter-clockwise along the ring. */
export const frontsOf = (ring: readonly Xy[], beyond: readonly Beyond[]): Front[] =>
  runsOf(ring, beyond, isStreet);

/** Runs of sides of a sort without a sharp turn. */
export function runsOf(
  ring: readonly Xy[],
  beyond: readonly Beyond[],
  wanted: (beyond: Beyond) => boolean,
): Front[] {
  const n = ring.length;
  const direction = (i: number) => unit(subtract(around(ring, i + 1), around(ring, i)));
  const joins = (i: number) =>
    wanted(around(beyond, i - 1)) && wanted(around(beyond, i)) && dot(direction(i - 1), direction(i)) > 0.88;
  const fronts: Front[] = [];
  for (let i = 0; i < n; i++) {
    if (!wanted(beyond[i] as Beyond) || joins(i)) continue;
    const path: Xy[] = [around(ring, i)];
    for (let k = i; k < i + n; k++) {
      path.push(around(ring, k + 1));
      if (!joins(k + 1)) break;
    }
    fronts.push({ path, lengthM: lengthOf(path) });
  }
  return fronts.sort((a, b) => b.lengthM - a.lengthM);
}

function cutRow(sub: Subdivision, row: Plot, pattern: LotPattern, random: Random): Plot[] {
  const front = longestFront(sub, row);
  const [low, high] = pattern.frontageM;
  const count = Math.round(front.lengthM / ((low + high) / 2));
  if (count < 2 || front.lengthM < 1.8 * high) return [row];
  const weights = Array.from(
    { length: count },
    (_, i) => random.between(low, high) * (i === 0 || i === count - 1 ? 1.12 : 1),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const lots: Plot[] = [];
  let rest = row;
  let along = 0;
  for (const weight of weights.slice(0, -1)) {
    along += (weight / total) * front.lengthM;
    const { point, direction } = placeAt(front.path, along);
    const inward = leftOf(direction);
    const reach = boxAlong(sub.ring(rest), unit(inward)).lengthM + 20;
    const cut = sub.split(rest, [add(point, inward, -2), add(point, inward, reach)], {
      minAreaM2: pattern.minAreaM2,
      first: true,
    });
    if (!cut) continue;
    lots.push(cut.left);
    rest = cut.right;
  }
  return [...lots, rest];
}
