/** Ground that a plan shapes: level or sloping surfaces, pits and banks, with sides that run out into what was there. */
import { add, around, dot, isInside, middleOf, subtract, type Xy } from '../geo/plane.ts';
import type { ShapeTerrain } from '../wire/edits/terrain.ts';
import { checkedOutline } from './check-footprint.ts';

/** Easting, northing in the city's CRS, m; heights PL-EVRF2007-NH. */
export interface ShapedGround {
  /** Open, counter-clockwise. */
  readonly outline: readonly Xy[];
  readonly surface: Surface;
  /** Metres out for each metre of height; 0 = walls. */
  readonly sideRun: number;
  /** Farther than this from the outline the ground is as it was. */
  readonly reachM: number;
}

type Surface =
  | {
      readonly kind: 'plane';
      /** Where it has its height. */
      readonly at: Xy;
      readonly heightM: number;
      /** Metres up for each metre east and north. */
      readonly rise: Xy;
    }
  | { readonly kind: 'offset'; readonly byM: number };

/** Height of the ground at a place; NaN where it is not known. */
export type HeightAt = (place: Xy) => number;

/** Sides end here at the latest. */
export const LONGEST_REACH_M = 200;

/**
 * The shape that an edit asks for.
 * @param reachM as settled; without it as far as sides may run
 * @throws TwinError invalid-parameter for an outline that is none
 */
export function shapedGround(edit: ShapeTerrain, reachM?: number): ShapedGround {
  const outline = checkedOutline(edit.outline, {
    what: 'ground to shape',
    smallestM2: 1,
    largestM2: 4_000_000,
  });
  const surface = surfaceOf(edit, outline);
  const longest =
    surface.kind === 'offset'
      ? Math.min(LONGEST_REACH_M, Math.abs(surface.byM) * edit.sideRun)
      : edit.sideRun === 0
        ? 0
        : LONGEST_REACH_M;
  return { outline, surface, sideRun: edit.sideRun, reachM: reachM ?? longest };
}

function surfaceOf({ heightM, byM, slope }: ShapeTerrain, outline: readonly Xy[]): Surface {
  if (heightM === undefined) return { kind: 'offset', byM: byM ?? 0 };
  const direction = ((slope?.towardsDeg ?? 0) * Math.PI) / 180;
  const fall = (slope?.percent ?? 0) / 100;
  const rise: Xy = [-fall * Math.sin(direction), -fall * Math.cos(direction)];
  const [first = [0, 0] as const] = outline;
  // From the first corner: coordinates of millions would eat the decimals.
  const at = add(first, middleOf(outline.map((corner) => subtract(corner, first))));
  return { kind: 'plane', at, heightM, rise };
}

/** What shapes, each over the one before, make of the height of the ground at a place. */
export function groundShaper(shapes: readonly ShapedGround[]): (place: Xy, groundM: number) => number {
  const boxed = shapes.map((shape) => ({ shape, box: boxOf(shape) }));
  return (place, groundM) =>
    boxed.reduce(
      (heightM, { shape, box }) => (isInBox(box, place) ? heightIn(shape, place, heightM) : heightM),
      groundM,
    );
}

/** The ground after shapes. */
export function groundShaped(ground: HeightAt, shapes: readonly ShapedGround[]): HeightAt {
  const shaper = groundShaper(shapes);
  return (place) => shaper(place, ground(place));
}

/** What a shape makes of the ground at a place. Where the ground is not known, only a plane gives it a height. */
function heightIn({ outline, surface, sideRun, reachM }: ShapedGround, place: Xy, groundM: number): number {
  const inside = isInside(outline, place);
  const edge = inside ? place : nearestOn(outline, place);
  const outM = Math.hypot(place[0] - edge[0], place[1] - edge[1]);
  if (surface.kind === 'offset') {
    if (inside) return groundM + surface.byM;
    const sideM = Math.abs(surface.byM) * sideRun;
    return outM < Math.min(sideM, reachM) ? groundM + surface.byM * (1 - outM / sideM) : groundM;
  }
  const surfaceM = planeM(surface, edge);
  if (inside) return surfaceM;
  if (sideRun === 0 || outM >= reachM) return groundM;
  const playM = outM / sideRun;
  return Math.min(Math.max(groundM, surfaceM - playM), surfaceM + playM);
}

const planeM = ({ at, heightM, rise }: Extract<Surface, { kind: 'plane' }>, place: Xy): number =>
  heightM + dot(rise, subtract(place, at));

function nearestOn(outline: readonly Xy[], place: Xy): Xy {
  let best: Xy = place;
  let bestSquared = Number.POSITIVE_INFINITY;
  for (let i = 0; i < outline.length; i++) {
    const a = around(outline, i);
    const side = subtract(around(outline, i + 1), a);
    const squared = dot(side, side);
    const along = squared === 0 ? 0 : dot(subtract(place, a), side) / squared;
    const point = add(a, side, Math.min(1, Math.max(0, along)));
    const away = subtract(place, point);
    const awaySquared = dot(away, away);
    if (awaySquared < bestSquared) [best, bestSquared] = [point, awaySquared];
  }
  return best;
}

interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** All that a shape can touch. */
export function boxOf({ outline, reachM }: ShapedGround): Box {
  const [xs, ys] = [outline.map(([e]) => e), outline.map(([, n]) => n)];
  return {
    minX: Math.min(...xs) - reachM,
    minY: Math.min(...ys) - reachM,
    maxX: Math.max(...xs) + reachM,
    maxY: Math.max(...ys) + reachM,
  };
}

const isInBox = ({ minX, minY, maxX, maxY }: Box, [e, n]: Xy): boolean =>
  e >= minX && e <= maxX && n >= minY && n <= maxY;

/** Lowest and highest that a shape can make of ground between two heights. */
export function heightsOf(
  { outline, surface }: ShapedGround,
  groundM: { readonly minM: number; readonly maxM: number },
): { readonly minM: number; readonly maxM: number } {
  if (surface.kind === 'offset') {
    return {
      minM: groundM.minM + Math.min(0, surface.byM),
      maxM: groundM.maxM + Math.max(0, surface.byM),
    };
  }
  const corners = outline.map((corner) => planeM(surface, corner));
  return { minM: Math.min(groundM.minM, ...corners), maxM: Math.max(groundM.maxM, ...corners) };
}
