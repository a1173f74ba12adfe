/** Buildings that stand wall to wall along the street: tenements, old-town houses, terraces. */
import type { BuildingPart, RoofPlane } from '../building/building-part.ts';
import { flatRoof, planeOver } from '../building/roofs.ts';
import {
  add,
  around,
  clipConvex,
  cross,
  distance,
  dot,
  isConvex,
  isCutOnce,
  leftOf,
  signedArea,
  subtract,
  unit,
  type Xy,
} from '../geo/plane.ts';
import type { BuildingDesign, BuildingKind, RoofType } from './building-design.ts';
import { frontsOf } from './lots.ts';
import { settledInside, withoutStraightCorners } from './placing.ts';
import type { Random } from './random.ts';
import type { Beyond } from './subdivision.ts';

export interface RowStyle {
  readonly setbackM: number;
  readonly depthM: readonly [number, number];
  readonly storeys: readonly [number, number];
  readonly storeyM: number;
  /** Rise of the main roof per metre. */
  readonly slope: number;
  /** Chances of a mansard and of a flat roof instead of a gabled one. */
  readonly mansard: number;
  readonly flat: number;
  /** Chance of a wing along one side of the yard. */
  readonly wing: number;
  readonly kind: BuildingKind;
  readonly pkob: string;
}

/** A line with the interior at its left. */
interface Line {
  readonly a: Xy;
  readonly b: Xy;
}

const depthIn = ({ a, b }: Line, p: Xy): number => cross(unit(subtract(b, a)), subtract(p, a));

/** The part of a ring at most (`most`) or at least so far behind a line; nothing when it is not one piece. */
function behind(ring: readonly Xy[], line: Line, metres: number, side: 'least' | 'most'): Xy[] {
  const n = leftOf(unit(subtract(line.b, line.a)));
  const c = -dot(n, line.a) - metres;
  if (!isCutOnce(ring, n[0], n[1], c)) return [];
  return side === 'least' ? clipConvex(ring, n[0], n[1], c) : clipConvex(ring, -n[0], -n[1], -c);
}

/** The part of a ring nearer to one line than to another. */
function nearer(ring: readonly Xy[], one: Line, other: Line): Xy[] {
  const n = leftOf(unit(subtract(one.b, one.a)));
  const m = leftOf(unit(subtract(other.b, other.a)));
  return clipConvex(ring, m[0] - n[0], m[1] - n[1], dot(n, one.a) - dot(m, other.a));
}

const shifted = ({ a, b }: Line, metres: number): Line => {
  const n = leftOf(unit(subtract(b, a)));
  return { a: add(a, n, metres), b: add(b, n, metres) };
};

const reversed = ({ a, b }: Line): Line => ({ a: b, b: a });

export function planRowBuilding(
  ring: readonly Xy[],
  beyond: readonly Beyond[],
  style: RowStyle,
  random: Random,
): BuildingDesign | undefined {
  const fronts = frontsOf(ring, beyond)
    .filter(({ lengthM }) => lengthM >= 5)
    .map(({ path }): Line => ({ a: path[0] as Xy, b: path[path.length - 1] as Xy }));
  const first = fronts[0];
  if (!first) return undefined;
  const storeysAbove = random.integer(...style.storeys);
  const eavesM = storeysAbove * style.storeyM + random.between(0.3, 0.9);
  const depthM = random.between(...style.depthM);
  const dice = random.next();
  const roofType: RoofType =
    dice < style.mansard ? 'mansard' : dice < style.mansard + style.flat ? 'flat' : 'gabled';
  const second = fronts.slice(1).find((line) => isCorner(first, line));
  const shape = { ring, eavesM, depthM, roofType, slope: style.slope, setbackM: style.setbackM };
  const parts =
    (second && style.setbackM === 0 && cornerParts(shape, first, second)) ||
    straightParts(shape, first, style.wing, random);
  if (!parts) return undefined;
  return {
    kind: style.kind,
    pkob: style.pkob,
    roofType,
    storeysAbove,
    storeysBelow: style.wing > 0 ? 1 : 0,
    parts,
  };
}

interface Shape {
  readonly ring: readonly Xy[];
  readonly eavesM: number;
  readonly depthM: number;
  readonly roofType: RoofType;
  readonly slope: number;
  readonly setbackM: number;
}

/** Whether two fronts meet at a street corner. */
function isCorner(one: Line, other: Line): boolean {
  const turn = dot(unit(subtract(one.b, one.a)), unit(subtract(other.b, other.a)));
  if (Math.abs(turn) > 0.62) return false;
  return Math.min(distance(one.b, other.a), distance(other.b, one.a)) < 9;
}

/** Planes of a body between its street line and its yard line. */
function bodyPlanes(street: Line, { eavesM, depthM, roofType, slope }: Shape): RoofPlane[] {
  if (roofType === 'flat') return flatRoof(eavesM + 0.8);
  const yard = reversed(shifted(street, depthM));
  const lines = [street, yard];
  if (roofType === 'mansard') {
    return lines.flatMap(({ a, b }) => [planeOver(a, b, eavesM, 2.2), planeOver(a, b, eavesM + 2.1, 0.3)]);
  }
  return lines.map(({ a, b }) => planeOver(a, b, eavesM, slope));
}

/** New corners in whole centimetres on the inner side of the lot's lines. */
function settle(ring: readonly Xy[], shape: readonly Xy[]): Xy[] {
  const corners = new Set(ring);
  return shape.map((p) => (corners.has(p) ? p : settledInside(ring, p)));
}

function straightParts(shape: Shape, front: Line, wing: number, random: Random): BuildingPart[] | undefined {
  const { ring, setbackM, eavesM } = shape;
  const lotDepth = Math.max(...ring.map((p) => depthIn(front, p)));
  const fullDepth = lotDepth - setbackM < shape.depthM + 2.5;
  const depthM = fullDepth ? Math.min(shape.depthM, lotDepth - setbackM - 0.3) : shape.depthM;
  if (depthM < 5) return undefined;
  const street = shifted(front, setbackM);
  const inner = setbackM > 0 ? behind(ring, front, setbackM, 'least') : ring;
  const main = settle(ring, behind(inner, street, depthM, 'most'));
  if (!isSound(main, 28)) return undefined;
  const parts: BuildingPart[] = [{ ring: main, planes: bodyPlanes(street, { ...shape, depthM }) }];
  const room = lotDepth - setbackM - depthM;
  const width = distance(front.a, front.b);
  if (room < 7 || width < 11 || !random.chance(wing)) return parts;
  const wingPart = yardWing(
    ring,
    street,
    depthM,
    Math.min(room - 0.5, random.between(8, 16)),
    eavesM,
    random,
  );
  if (wingPart) parts.push(wingPart);
  return parts;
}

/** A lower wing along one side of the yard under a roof that falls towards the yard. */
function yardWing(
  ring: readonly Xy[],
  street: Line,
  depthM: number,
  lengthM: number,
  eavesM: number,
  random: Random,
): BuildingPart | undefined {
  const clean = withoutStraightCorners(ring);
  const i = nearestIndex(clean, random.chance(0.5) ? street.a : street.b);
  const before: Line = { a: around(clean, i - 1), b: around(clean, i) };
  const after: Line = { a: around(clean, i), b: around(clean, i + 1) };
  const along = unit(subtract(street.b, street.a));
  const lean = (line: Line) => Math.abs(dot(along, unit(subtract(line.b, line.a))));
  const side = lean(before) < lean(after) ? before : after;
  if (lean(side) > 0.5) return undefined;
  const widthM = random.between(5.4, 6.6);
  let shape = behind(ring, street, depthM, 'least');
  shape = behind(shape, street, depthM + lengthM, 'most');
  shape = behind(shape, side, widthM, 'most');
  const settled = settle(ring, shape);
  if (!isSound(settled, 30)) return undefined;
  const high = eavesM - random.between(0.6, 3.2);
  return { ring: settled, planes: [planeOver(side.a, side.b, high, -0.22)] };
}

/** Whether a body is large enough and bends in by no more than a street curve does. */
function isSound(ring: readonly Xy[], leastM2: number): boolean {
  return ring.length >= 3 && signedArea(ring) >= leastM2 && isConvex(ring, 9);
}

function nearestIndex(ring: readonly Xy[], p: Xy): number {
  let best = 0;
  ring.forEach((q, i) => {
    if (distance(p, q) < distance(p, ring[best] as Xy)) best = i;
  });
  return best;
}

/** Two bodies of one depth that meet on the bisector of a street corner; a splayed corner gets its own slope. */
function cornerParts(shape: Shape, one: Line, two: Line): BuildingPart[] | undefined {
  const { ring, depthM, eavesM, slope, roofType } = shape;
  const [first, second] = distance(one.b, two.a) < distance(two.b, one.a) ? [one, two] : [two, one];
  const court = behind(behind(ring, first, depthM, 'least'), second, depthM, 'least');
  if (court.length < 3 || signedArea(court) < 40) return undefined;
  const splay = distance(first.b, second.a) > 1 ? [planeOver(first.b, second.a, eavesM, slope)] : [];
  const planes = (line: Line) => [...bodyPlanes(line, shape), ...(roofType === 'gabled' ? splay : [])];
  const parts = [
    { ring: behind(nearer(ring, first, second), first, depthM, 'most'), planes: planes(first) },
    { ring: behind(nearer(ring, second, first), second, depthM, 'most'), planes: planes(second) },
  ].map((part) => ({ ...part, ring: settle(ring, part.ring) }));
  return parts.every(({ ring: own }) => isSound(own, 25)) ? parts : undefined;
}
