/** Streets inside a quarter: they follow its shape, cross or meet askew, and leave blocks of a wanted size. */
import {
  add,
  around,
  dot,
  inBox,
  leftOf,
  meet,
  subtract,
  type TurnedBox,
  turnedBox,
  type Xy,
} from '../geo/plane.ts';
import { lengthOf, placeAt, smoothPath } from '../geo/polyline.ts';
import type { Random } from './random.ts';
import type { Plot, Street, Subdivision } from './subdivision.ts';

export interface StreetPattern {
  /** Wanted size of a block across and along its streets, metres. */
  readonly blockDepthM: number;
  readonly blockLengthM: number;
  readonly halfWidthM: number;
  /** Larger areas are first divided by a wider street, each part with its own direction. */
  readonly partAreaM2: number;
  /** How far streets swing from straight, metres. */
  readonly bendM: number;
  /** 0: cross streets run through; 1: they meet the long streets anywhere. */
  readonly stagger: number;
  readonly minBlockM2: number;
}

export interface StreetLayout {
  readonly blocks: readonly Plot[];
  readonly streets: readonly Street[];
}

const SPLAY_M = 3;
const PIECE_M = 130;

export function layOutStreets(
  sub: Subdivision,
  quarter: Plot,
  pattern: StreetPattern,
  random: Random,
): StreetLayout {
  const streets: Street[] = [];
  const parts = divideParts(sub, quarter, pattern, random, streets, 0);
  const blocks = parts.flatMap((part) => wellSized(sub, part, pattern, random, streets, 0));
  return { blocks, streets };
}

/** A street as the parcels that it consists of: long ones are registered in pieces. */
export function piecesOf(sub: Subdivision, { plot, centre, halfWidthM }: Street): Plot[] {
  const lengthM = lengthOf(centre);
  const count = Math.max(1, Math.round(lengthM / PIECE_M));
  const pieces: Plot[] = [];
  let rest = plot;
  for (let i = 1; i < count; i++) {
    const { point, direction } = placeAt(centre, (lengthM * i) / count);
    const across = leftOf(direction);
    const reach = halfWidthM + 2;
    const cut = sub.split(rest, [add(point, across, -reach), add(point, across, reach)], { minAreaM2: 60 });
    if (!cut) continue;
    // Looking across to the left of the centre line, what has been passed lies to the left.
    pieces.push(cut.left);
    rest = cut.right;
  }
  return [...pieces, rest];
}

/** Odd shapes leave some blocks too large at first; those are laid out again by their own axes. */
function wellSized(
  sub: Subdivision,
  part: Plot,
  pattern: StreetPattern,
  random: Random,
  streets: Street[],
  depth: number,
): Plot[] {
  const blocks = blocksOf(sub, part, pattern, random, streets);
  if (depth > 3) return blocks;
  return blocks.flatMap((block) => {
    const box = turnedBox(sub.ring(block));
    const tooLarge = sub.areaM2(block) > 1.7 * pattern.blockDepthM * pattern.blockLengthM;
    const tooDeep = box.widthM > 1.45 * pattern.blockDepthM && box.lengthM > 1.2 * pattern.blockDepthM;
    if (!tooLarge && !tooDeep) return [block];
    if (blocks.length > 1) return wellSized(sub, block, pattern, random, streets, depth + 1);
    const path = pathAcross(sub.ring(block), box, random.between(0.45, 0.55), 0, 0.05, random);
    const halves = cutAll(sub, [block], path, pattern, streets);
    if (halves.length === 1) return halves;
    return halves.flatMap((half) => wellSized(sub, half, pattern, random, streets, depth + 1));
  });
}

function divideParts(
  sub: Subdivision,
  plot: Plot,
  pattern: StreetPattern,
  random: Random,
  streets: Street[],
  depth: number,
): Plot[] {
  if (depth > 4 || sub.areaM2(plot) < pattern.partAreaM2) return [plot];
  const ring = sub.ring(plot);
  const box = turnedBox(ring);
  const path = pathAcross(ring, box, random.between(0.43, 0.57), pattern.bendM, 0.12, random);
  const cut = sub.cutStreet(plot, path, {
    halfWidthM: pattern.halfWidthM + 1.5,
    splayM: SPLAY_M,
    minAreaM2: pattern.partAreaM2 / 6,
  });
  if (!cut) return [plot];
  streets.push(cut.street);
  return [cut.left, cut.right].flatMap((part) => divideParts(sub, part, pattern, random, streets, depth + 1));
}

function blocksOf(
  sub: Subdivision,
  part: Plot,
  pattern: StreetPattern,
  random: Random,
  streets: Street[],
): Plot[] {
  const ring = sub.ring(part);
  const box = turnedBox(ring);
  const rows = Math.max(1, Math.round(box.widthM / pattern.blockDepthM));
  const columns = Math.max(1, Math.round(box.lengthM / pattern.blockLengthM));
  let blocks: Plot[] = [part];
  for (let row = 1; row < rows; row++) {
    const path = pathAlong(ring, box, row / rows, pattern.bendM, random);
    blocks = cutAll(sub, blocks, path, pattern, streets);
  }
  if (columns < 2) return blocks;
  if (pattern.stagger === 0) {
    for (let column = 1; column < columns; column++) {
      const path = pathAcross(ring, box, column / columns, pattern.bendM / 3, 0.04, random);
      blocks = cutAll(sub, blocks, path, pattern, streets);
    }
    return blocks;
  }
  return blocks.flatMap((block) => {
    let rest: Plot[] = [block];
    const own = sub.ring(block);
    const ownBox = turnedBox(own);
    const count = Math.max(1, Math.round(ownBox.lengthM / pattern.blockLengthM + random.between(-0.3, 0.3)));
    for (let column = 1; column < count; column++) {
      const at = (column + pattern.stagger * random.between(-0.3, 0.3)) / count;
      rest = cutAll(sub, rest, pathAcross(own, ownBox, at, 0, 0.06, random), pattern, streets);
    }
    return rest;
  });
}

function cutAll(
  sub: Subdivision,
  plots: readonly Plot[],
  path: readonly Xy[],
  pattern: StreetPattern,
  streets: Street[],
): Plot[] {
  return plots.flatMap((plot) => {
    const cut = sub.cutStreet(plot, path, {
      halfWidthM: pattern.halfWidthM,
      splayM: SPLAY_M,
      minAreaM2: pattern.minBlockM2,
    });
    if (!cut) return [plot];
    streets.push(cut.street);
    return [cut.left, cut.right];
  });
}

/** A line across the long axis of a box, at a fraction of its length, leaning and bent a little. */
export function pathAcross(
  ring: readonly Xy[],
  box: TurnedBox,
  fraction: number,
  bendM: number,
  lean: number,
  random: Random,
): Xy[] {
  const u = box.lengthM * fraction;
  const tilt = random.between(-lean, lean) * box.widthM;
  const bend = random.between(-bendM, bendM);
  const [low, high] = extentAt(ring, box, u) ?? [0, box.widthM];
  const place = (t: number) =>
    inBox(box, u + tilt * (t - 0.5) + bend * 4 * t * (1 - t), low + (high - low) * t);
  return extend(smoothPath([place(0), place(0.33), place(0.67), place(1)]), 60);
}

/** A line along a box that keeps a fraction of the ring's width at every place, so that it follows both sides. */
export function pathAlong(
  ring: readonly Xy[],
  box: TurnedBox,
  fraction: number,
  bendM: number,
  random: Random,
): Xy[] {
  const stations = Math.max(4, Math.min(11, Math.round(box.lengthM / 45)));
  const swing = random.between(-bendM, bendM);
  let values: number[] = [];
  const us: number[] = [];
  for (let i = 0; i <= stations; i++) {
    const t = 0.04 + (0.92 * i) / stations;
    const [low, high] = extentAt(ring, box, box.lengthM * t) ?? [0, box.widthM];
    us.push(box.lengthM * t);
    values.push(low + (high - low) * fraction + swing * Math.sin(t * Math.PI * 2) * 0.5);
  }
  for (let pass = 0; pass < 3; pass++) {
    values = values.map((value, i) => ((values[i - 1] ?? value) + 2 * value + (values[i + 1] ?? value)) / 4);
  }
  return extend(smoothPath(us.map((u, i) => inBox(box, u, values[i] as number))), 60 + box.lengthM * 0.1);
}

/** Lowest and highest v of a ring on the line of a u. */
function extentAt(ring: readonly Xy[], box: TurnedBox, u: number): [number, number] | undefined {
  const p = inBox(box, u, 0);
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Xy;
    const hit = meet(p, box.v, a, subtract(around(ring, i + 1), a));
    if (!hit || hit.u < 0 || hit.u > 1) continue;
    low = Math.min(low, hit.t);
    high = Math.max(high, hit.t);
  }
  return low < high ? [low, high] : undefined;
}

/** A path prolonged at both ends. */
export function extend(path: readonly Xy[], byM: number): Xy[] {
  const [a, b] = [path[0] as Xy, path[1] as Xy];
  const [y, z] = [path[path.length - 2] as Xy, path[path.length - 1] as Xy];
  const out = (from: Xy, to: Xy): Xy => {
    const d = subtract(to, from);
    return add(to, d, byM / (Math.sqrt(dot(d, d)) || 1));
  };
  return [out(b, a), ...path, out(y, z)];
}
