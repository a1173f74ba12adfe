/** Building lines along the streets of an area of a local plan, at a distance known by construction. */
import {
  add,
  around,
  distance,
  distanceToSegment,
  dot,
  leftOf,
  meet,
  signedArea,
  subtract,
  unit,
  type Xy,
} from '../../geo/plane.ts';
import { isStreet } from '../lots.ts';
import type { QuarterKind } from '../skeleton.ts';
import type { PlannedQuarter } from '../town-plan.ts';

export interface LineRule {
  readonly kind: 'obligatory' | 'maximal';
  /** From the land of the street, metres. */
  readonly offsetM: number;
}

/** Rows of houses stand on their line, others behind it; no line in open ground. */
export const LINE_RULES: Readonly<Partial<Record<QuarterKind, LineRule>>> = {
  'old-town': { kind: 'obligatory', offsetM: 0 },
  tenements: { kind: 'obligatory', offsetM: 0 },
  'inner-blocks': { kind: 'obligatory', offsetM: 0 },
  terraces: { kind: 'obligatory', offsetM: 4.5 },
  houses: { kind: 'maximal', offsetM: 5 },
  'older-houses': { kind: 'maximal', offsetM: 5 },
  villas: { kind: 'maximal', offsetM: 6 },
  village: { kind: 'maximal', offsetM: 4 },
  'slab-estate': { kind: 'maximal', offsetM: 4 },
  'new-estate': { kind: 'maximal', offsetM: 4 },
  industry: { kind: 'maximal', offsetM: 8 },
  retail: { kind: 'maximal', offsetM: 10 },
  campus: { kind: 'maximal', offsetM: 6 },
};

/** A line shorter than this is not drawn. */
const SHORTEST_CM = 800;
const TOLERANCE_CM = 2;

/** Sides of plots along streets of a quarter, by their ends in the order of the ring. */
export function streetSides({ plan: { sub, plots } }: PlannedQuarter): ReadonlySet<string> {
  const sides = new Set<string>();
  for (const { plot, role } of plots) {
    if (role === 'street') continue;
    const { corners, beyond } = sub.settled(plot);
    corners.forEach((corner, i) => {
      if (isStreet(beyond[i] ?? 'plot')) sides.add(sideKey(sub.cm(corner), sub.cm(around(corners, i + 1))));
    });
  }
  return sides;
}

const sideKey = (a: Xy, b: Xy): string => `${a}>${b}`;

/**
 * Lines inside a shell along its sides on streets, the shell on their left; whole centimetres. A run of sides that is
 * too short or too winding for the distance has none.
 */
export function linesAlong(
  shell: readonly Xy[],
  streets: ReadonlySet<string>,
  offsetM: number,
): readonly (readonly Xy[])[] {
  const ring = signedArea(shell) > 0 ? shell : shell.toReversed();
  const isOn = ring.map((p, i) => streets.has(sideKey(p, around(ring, i + 1))));
  const offsetCm = offsetM * 100;
  return runs(isOn).flatMap(({ first, count }) => {
    const path = Array.from({ length: count + 1 }, (_, k) => around(ring, first + k));
    const isRing = count === ring.length;
    const ends: Ends | undefined = isRing
      ? undefined
      : [around(ring, first - 1), around(ring, first + count + 1)];
    const line = (offsetCm === 0 ? path : moved(path, offsetCm, ends)).map(
      ([x, y]): Xy => [Math.round(x), Math.round(y)],
    );
    return lengthCm(line) >= SHORTEST_CM && keepsAway(line, ring, isOn, offsetCm) ? [line] : [];
  });
}

type Ends = readonly [before: Xy, after: Xy];

/** Runs of marked sides round a ring. */
function runs(isOn: readonly boolean[]): { first: number; count: number }[] {
  const gap = isOn.indexOf(false);
  if (gap === -1) return [{ first: 0, count: isOn.length }];
  const found: { first: number; count: number }[] = [];
  for (let k = 1; k <= isOn.length; k++) {
    const i = gap + k;
    if (!around(isOn, i)) continue;
    const last = found.at(-1);
    if (last && last.first + last.count === i) last.count++;
    else found.push({ first: i, count: 1 });
  }
  return found;
}

/** A path moved to its left, mitred at corners; sides that would turn round are left out. */
function moved(path: readonly Xy[], byCm: number, ends: Ends | undefined): readonly Xy[] {
  let sides = path.slice(1).map((q, i) => {
    const p = path[i] as Xy;
    const along = unit(subtract(q, p));
    return { at: add(p, leftOf(along), byCm), along, to: add(q, leftOf(along), byCm) };
  });
  for (;;) {
    const points = joints(sides, ends, path);
    const turned = points
      .slice(1)
      .findIndex((q, i) => dot(subtract(q, points[i] as Xy), (sides[i] as Side).along) <= 0);
    if (turned === -1 || sides.length < 2) return points;
    sides = sides.filter((_, i) => i !== turned);
  }
}

interface Side {
  readonly at: Xy;
  readonly along: Xy;
  readonly to: Xy;
}

function joints(sides: readonly Side[], ends: Ends | undefined, path: readonly Xy[]): readonly Xy[] {
  const [first, last] = [sides[0] as Side, sides.at(-1) as Side];
  const corner = (a: Side, b: Side): Xy => {
    const met =
      Math.abs(a.along[0] * b.along[1] - a.along[1] * b.along[0]) < 1e-3
        ? undefined
        : meet(a.at, a.along, b.at, b.along);
    return met ? add(a.at, a.along, met.t) : b.at;
  };
  const inner = sides.slice(1).map((side, i) => corner(sides[i] as Side, side));
  if (!ends) {
    const closing = corner(last, first);
    return [closing, ...inner, closing];
  }
  return [
    onSide(first.at, first.along, path[0] as Xy, ends[0]),
    ...inner,
    onSide(last.to, last.along, path.at(-1) as Xy, ends[1]),
  ];
}

/** Where a moved side meets the side that bounds the run, or the moved end where it meets it too far off. */
function onSide(at: Xy, along: Xy, from: Xy, to: Xy): Xy {
  const met = meet(at, along, from, subtract(to, from));
  const near = met && met.u > 0 && met.u <= 1 && Math.abs(met.t) < 3 * distance(at, from);
  return near ? add(at, along, met.t) : at;
}

const lengthCm = (line: readonly Xy[]): number =>
  line.slice(1).reduce((sum, q, i) => sum + distance(line[i] as Xy, q), 0);

/** Whether a line lies nowhere nearer to the streets than it should. */
const keepsAway = (
  line: readonly Xy[],
  ring: readonly Xy[],
  isOn: readonly boolean[],
  byCm: number,
): boolean =>
  line.every((p) =>
    ring.every((a, i) => !isOn[i] || distanceToSegment(p, a, around(ring, i + 1)) >= byCm - TOLERANCE_CM),
  );
