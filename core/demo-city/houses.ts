/** Detached and terraced houses with garages and sheds, as estates of each age have them. */
import type { RoofPlane } from '../building/building-part.ts';
import {
  flatRoof,
  gabledRoof,
  halfHippedRoof,
  hippedRoof,
  mansardRoof,
  planeOver,
  shedRoof,
} from '../building/roofs.ts';
import { distance, type Xy } from '../geo/plane.ts';
import type { BuildingDesign, RoofType } from './building-design.ts';
import { areApart, type Frame, fits, frameAlong, inFrame, rectangle } from './placing.ts';
import type { Random } from './random.ts';

export interface Lot {
  /** Counter-clockwise, metres. */
  readonly ring: readonly Xy[];
  /** Ends of the street front, counter-clockwise. */
  readonly front: readonly [Xy, Xy];
  readonly depthM: number;
}

export type HouseStyle = 'new' | 'cube' | 'villa' | 'farm';

/** A house with what stands beside and behind it; empty when the lot is too small or odd. */
export function planHouse(lot: Lot, style: HouseStyle, random: Random): BuildingDesign[] {
  const frame = frameAlong(...lot.front);
  const setbackM =
    style === 'villa'
      ? random.between(6, 9)
      : style === 'farm'
        ? random.between(4, 10)
        : random.between(5, 7);
  const want = houseSize(style, random);
  const spot = findSpot(lot, frame, want, setbackM, random);
  if (!spot) return [];
  const house = houseDesign(frame, spot, style, random);
  return [house, ...annexes(lot, frame, spot, style, random)];
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly widthM: number;
  readonly depthM: number;
}

function houseSize(style: HouseStyle, random: Random): { widthM: number; depthM: number } {
  if (style === 'cube') {
    const side = random.between(9.2, 11);
    return { widthM: side, depthM: side + random.between(-0.4, 1.4) };
  }
  if (style === 'villa') return { widthM: random.between(12, 15.5), depthM: random.between(10.5, 13.5) };
  if (style === 'farm') return { widthM: random.between(11, 15), depthM: random.between(7.5, 9.5) };
  return { widthM: random.between(9, 13), depthM: random.between(8.4, 11) };
}

/** The first place that keeps 3 m from the boundary (§ 12 of the technical conditions), shrinking a little if need be. */
function findSpot(
  lot: Lot,
  frame: Frame,
  want: { widthM: number; depthM: number },
  setbackM: number,
  random: Random,
): Spot | undefined {
  const shift = random.between(-2.5, 2.5);
  for (const scale of [1, 0.9, 0.8, 0.7]) {
    const [widthM, depthM] = [want.widthM * scale, want.depthM * scale];
    for (const dx of [shift, 0, -shift, 3, -3]) {
      const spot = { x: dx - widthM / 2, y: setbackM, widthM, depthM };
      if (fits(lot.ring, rectangle(frame, spot.x, spot.y, widthM, depthM), scale > 0.75 ? 3.2 : 3))
        return spot;
    }
  }
  return undefined;
}

function houseDesign(frame: Frame, spot: Spot, style: HouseStyle, random: Random): BuildingDesign {
  const base = {
    kind: 'm',
    pkob: '1110',
    storeysBelow: random.chance(style === 'new' ? 0.15 : 0.7) ? 1 : 0,
  } as const;
  if (style === 'cube') {
    const storeysAbove = random.chance(0.85) ? 2 : 3;
    const ring = rectangle(frame, spot.x, spot.y, spot.widthM, spot.depthM);
    const planes = random.chance(0.75)
      ? flatRoof(storeysAbove * 2.9 + 0.8)
      : hippedRoof(ring, storeysAbove * 2.9, 0.45);
    return {
      ...base,
      roofType: planes.length === 1 ? 'flat' : 'hipped',
      storeysAbove,
      parts: [{ ring, planes }],
    };
  }
  if (
    style !== 'farm' &&
    spot.widthM > 10.5 &&
    spot.depthM > 9.2 &&
    random.chance(style === 'villa' ? 0.3 : 0.34)
  ) {
    return { ...base, ...ellHouse(frame, spot, style, random) };
  }
  const ring = rectangle(frame, spot.x, spot.y, spot.widthM, spot.depthM);
  const storeysAbove = style === 'villa' ? random.integer(2, 3) : random.chance(0.72) ? 2 : 1;
  // The upper storey of a new house is half in the roof, hence eaves below the full two storeys.
  const eavesM =
    style === 'villa' ? 3 * (storeysAbove - 1) + 1.9 : storeysAbove === 2 ? random.between(3.4, 4.6) : 3;
  const { roofType, planes } = houseRoof(ring, style, eavesM, random);
  return { ...base, roofType, storeysAbove, parts: [{ ring, planes }] };
}

function houseRoof(
  ring: readonly Xy[],
  style: HouseStyle,
  eavesM: number,
  random: Random,
): { roofType: RoofType; planes: RoofPlane[] } {
  const wide = distance(ring[0] as Xy, ring[1] as Xy) >= distance(ring[1] as Xy, ring[2] as Xy);
  const eaves = wide ? [0, 2] : [1, 3];
  const slope = random.between(0.7, 0.95);
  const dice = random.next();
  if (style === 'villa') {
    if (dice < 0.5) return { roofType: 'hipped', planes: hippedRoof(ring, eavesM, 0.75) };
    if (dice < 0.75) return { roofType: 'mansard', planes: mansardRoof(ring, [0, 1, 2, 3], eavesM, 2) };
    return { roofType: 'half-hipped', planes: halfHippedRoof(ring, eaves, eavesM, 0.9, 2.4) };
  }
  if (dice < 0.62) return { roofType: 'gabled', planes: gabledRoof(ring, eaves, eavesM, slope) };
  if (dice < 0.86) return { roofType: 'hipped', planes: hippedRoof(ring, eavesM, 0.6) };
  if (dice < 0.95) return { roofType: 'half-hipped', planes: halfHippedRoof(ring, eaves, eavesM, slope, 2) };
  return { roofType: 'flat', planes: flatRoof(eavesM + 2.4) };
}

/** An L: two wings of one width that meet on the bisector, so that their ridges and valley join. */
function ellHouse(frame: Frame, spot: Spot, style: HouseStyle, random: Random) {
  const wing = Math.min(spot.widthM, spot.depthM) * random.between(0.52, 0.6);
  const storeysAbove = style === 'villa' ? 2 : random.integer(1, 2);
  const eavesM = storeysAbove === 2 ? random.between(3.6, 4.8) : 3;
  const mirrored = random.chance(0.5);
  const hipped = random.chance(0.4);
  // The outer corner stands at the back; the wings open towards the street.
  const corner = inFrame(frame, mirrored ? spot.x + spot.widthM : spot.x, spot.y + spot.depthM);
  const x: Xy = mirrored ? [-frame.x[0], -frame.x[1]] : frame.x;
  const down: Xy = [-frame.y[0], -frame.y[1]];
  const parts = ellParts(corner, x, down, spot.widthM, spot.depthM, wing, eavesM, 0.8, hipped);
  return { roofType: 'combined' as const, storeysAbove, parts };
}

/**
 * Both wings of an L from its outer corner, along two directions square to each other.
 * @param hipped whether the free ends slope too instead of standing as gables
 */
export function ellParts(
  corner: Xy,
  x: Xy,
  y: Xy,
  lengthX: number,
  lengthY: number,
  wingM: number,
  eavesM: number,
  slope: number,
  hipped: boolean,
): BuildingDesign['parts'] {
  const at = (u: number, v: number): Xy => [corner[0] + x[0] * u + y[0] * v, corner[1] + x[1] * u + y[1] * v];
  const turned = x[0] * y[1] - x[1] * y[0] < 0;
  const o = at(0, 0);
  const inner = at(wingM, wingM);
  const [ex, ix] = [at(lengthX, 0), at(lengthX, wingM)];
  const [ey, iy] = [at(0, lengthY), at(wingM, lengthY)];
  const plane = (a: Xy, b: Xy) => (turned ? planeOver(b, a, eavesM, slope) : planeOver(a, b, eavesM, slope));
  const along = [plane(o, ex), plane(ix, inner), ...(hipped ? [plane(ex, ix)] : [])];
  const across = [plane(inner, iy), plane(ey, o), ...(hipped ? [plane(iy, ey)] : [])];
  const order = (ring: readonly Xy[]) => (turned ? ring.toReversed() : ring);
  return [
    { ring: order([o, ex, ix, inner]), planes: along },
    { ring: order([o, inner, iy, ey]), planes: across },
  ];
}

function annexes(lot: Lot, frame: Frame, spot: Spot, style: HouseStyle, random: Random): BuildingDesign[] {
  const built: Xy[][] = [rectangle(frame, spot.x, spot.y, spot.widthM, spot.depthM)];
  const found: BuildingDesign[] = [];
  const place = (
    widthM: number,
    depthM: number,
    xs: readonly number[],
    ys: readonly number[],
    clearM: number,
  ) => {
    for (const y of ys) {
      for (const x of xs) {
        const ring = rectangle(frame, x, y, widthM, depthM);
        if (!fits(lot.ring, ring, clearM) || !built.every((other) => areApart(other, ring, 1.5))) continue;
        built.push(ring);
        return ring;
      }
    }
    return undefined;
  };
  const sides = [spot.x + spot.widthM + 1.6, spot.x - 5.2, spot.x + spot.widthM + 0.2, spot.x - 4];
  if (random.chance(style === 'farm' ? 0.4 : 0.2)) {
    const ring = place(3.6, 6.2, sides, [spot.y + 1, spot.y + 5, spot.y + spot.depthM + 4], 0.3);
    if (ring) {
      const gabled = random.chance(0.35);
      const planes = gabled
        ? gabledRoof(ring, [1, 3], 2.4, 0.6)
        : random.chance(0.5)
          ? flatRoof(2.8)
          : shedRoof(ring, 0, 2.3, 0.12);
      const roofType = gabled
        ? 'gabled'
        : (planes[0]?.a ?? 0) === 0 && (planes[0]?.b ?? 0) === 0
          ? 'flat'
          : 'shed';
      found.push({
        kind: 'g',
        pkob: '1242',
        roofType,
        storeysAbove: 1,
        storeysBelow: 0,
        parts: [{ ring, planes }],
      });
    }
  }
  if (style === 'farm') {
    const ring = place(
      random.between(16, 24),
      random.between(9, 12),
      [-10, -4, -16],
      [spot.y + spot.depthM + 14, spot.y + spot.depthM + 20],
      1,
    );
    if (ring) {
      const planes = gabledRoof(ring, [0, 2], 4.2, 0.75);
      found.push({
        kind: 'i',
        pkob: '1271',
        roofType: 'gabled',
        storeysAbove: 1,
        storeysBelow: 0,
        parts: [{ ring, planes }],
      });
    }
  } else if (random.chance(0.09) && lot.depthM > 26) {
    const y = lot.depthM - random.between(5, 8);
    const ring = place(
      random.between(3, 4.6),
      random.between(2.6, 3.6),
      [random.between(-8, 4), -7, 4],
      [y, y - 3],
      0.4,
    );
    if (ring) {
      const planes = shedRoof(ring, 0, 2.1, 0.15);
      found.push({
        kind: 'i',
        pkob: '1274',
        roofType: 'shed',
        storeysAbove: 1,
        storeysBelow: 0,
        parts: [{ ring, planes }],
      });
    }
  }
  return found;
}

/** The hut of a garden in an allotment colony. */
export function planAllotmentHut(at: Xy, x: Xy, random: Random): BuildingDesign {
  const frame = { origin: at, x, y: [-x[1], x[0]] as Xy };
  const ring = rectangle(frame, 0, 0, random.between(4.6, 6.2), random.between(4, 5.4));
  const gabled = random.chance(0.6);
  const planes = gabled ? gabledRoof(ring, [0, 2], 2.2, 0.6) : shedRoof(ring, 0, 2.2, 0.2);
  return {
    kind: 'i',
    pkob: '1274',
    roofType: gabled ? 'gabled' : 'shed',
    storeysAbove: 1,
    storeysBelow: 0,
    parts: [{ ring, planes }],
  };
}
