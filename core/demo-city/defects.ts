/**
 * Faults planted on purpose, so that checks have something to find and somebody knows the answer. They change what
 * is written, never the plan. Each size has those of one quarter of the district; larger towns repeat them.
 */

import { buildSolid } from '../building/solid.ts';
import { add, around, cross, distance, isInside, leftOf, subtract, unit, type Xy } from '../geo/plane.ts';
import type { BuildingDesign } from './building-design.ts';
import type { SolidFault } from './registers.ts';
import type { PlannedBuilding, PlannedParcel, PlannedQuarter } from './town-plan.ts';

export type DefectKind =
  | 'parcel-gap'
  | 'parcel-overlap'
  | 'registered-area-wrong'
  | 'building-across-boundary'
  | 'building-3d-floating'
  | 'building-3d-too-high'
  | 'building-without-3d';

export interface Defect {
  readonly kind: DefectKind;
  readonly layer: 'parcels' | 'buildings' | 'buildings_3d';
  /** Register ids, the object at fault first. 3D buildings are named by their register building. */
  readonly ids: readonly string[];
  /** How large the fault is. */
  readonly value: number;
  readonly unit: 'm2' | 'm' | '1';
}

/** What the faults of a quarter change, by the id of the object. */
export interface QuarterFaults {
  readonly defects: Defect[];
  /** Rings written instead of the planned ones. */
  readonly rings: Map<string, readonly Xy[]>;
  readonly areaFactors: Map<string, number>;
  readonly buildings: Map<string, PlannedBuilding>;
  readonly solids: Map<string, SolidFault>;
  readonly without3d: Set<string>;
}

const GAP_CM = 30;
const OVERLAP_CM = 45;
const ACROSS_M = 0.8;
const STRETCH = 4;
const LIFT_M = 3;

export function faultsOf(quarter: PlannedQuarter): QuarterFaults {
  const faults: QuarterFaults = {
    defects: [],
    rings: new Map(),
    areaFactors: new Map(),
    buildings: new Map(),
    solids: new Map(),
    without3d: new Set(),
  };
  if (quarter.plan.brief.planted) plant(faults, quarter);
  return faults;
}

function plant(faults: QuarterFaults, quarter: PlannedQuarter): void {
  const pairs = neighbours(quarter.parcels);
  const [gap, overlap] = pairs;
  const used = new Set([gap, overlap].flatMap((pair) => (pair ? [pair.one.id, pair.other.id] : [])));
  const houses = quarter.parcels.filter(
    ({ role, buildings, id }) => role === 'lot' && buildings.length > 0 && !used.has(id),
  );
  const [wrongArea, floating, high, missing, ...further] = houses.filter((_, i) => i % 9 === 4);
  if (gap) dent(faults, 'parcel-gap', gap, GAP_CM);
  if (overlap) dent(faults, 'parcel-overlap', overlap, -OVERLAP_CM);
  if (wrongArea) {
    faults.areaFactors.set(wrongArea.id, 1.12);
    faults.defects.push({
      kind: 'registered-area-wrong',
      layer: 'parcels',
      ids: [wrongArea.id],
      value: 1.12,
      unit: '1',
    });
  }
  const solidFault = (
    parcel: PlannedParcel | undefined,
    kind: DefectKind,
    fault: SolidFault | undefined,
    value: number,
  ) => {
    const id = parcel?.buildings[0]?.id;
    if (!id) return;
    if (fault) faults.solids.set(id, fault);
    else faults.without3d.add(id);
    faults.defects.push({
      kind,
      layer: 'buildings_3d',
      ids: [id],
      value,
      unit: kind === 'building-3d-floating' ? 'm' : '1',
    });
  };
  solidFault(floating, 'building-3d-floating', { liftM: LIFT_M }, LIFT_M);
  solidFault(high, 'building-3d-too-high', { stretch: STRETCH }, STRETCH);
  solidFault(missing, 'building-without-3d', undefined, 1);
  const alone = further.filter(({ buildings }) => buildings.length === 1);
  for (const parcel of alone) if (pushAcross(faults, parcel, pairs)) break;
}

/** Two lots with a whole side in common, which is side `side` of the first. */
interface Pair {
  readonly one: PlannedParcel;
  readonly other: PlannedParcel;
  readonly side: number;
}

function neighbours(parcels: readonly PlannedParcel[]): Pair[] {
  const owners = new Map<string, PlannedParcel>();
  const key = (a: Xy, b: Xy) => `${a}>${b}`;
  const lots = parcels.filter(({ role }) => role === 'lot' || role === 'empty');
  for (const lot of lots) {
    for (const [i, p] of lot.ringCm.entries()) owners.set(key(p, around(lot.ringCm, i + 1)), lot);
  }
  const taken = new Set<string>();
  return lots.flatMap((one) =>
    one.ringCm.flatMap((p, side): Pair[] => {
      const q = around(one.ringCm, side + 1);
      const other = owners.get(key(q, p));
      if (!other || distance(p, q) < 1400 || taken.has(one.id) || taken.has(other.id)) return [];
      taken.add(one.id).add(other.id);
      return [{ one, other, side }];
    }),
  );
}

/** Moves the middle of a common side in one of the two parcels only: inwards leaves a gap, outwards overlaps. */
function dent(
  faults: QuarterFaults,
  kind: 'parcel-gap' | 'parcel-overlap',
  { one, other, side }: Pair,
  inwardCm: number,
): void {
  const p = one.ringCm[side] as Xy;
  const q = around(one.ringCm, side + 1);
  const inward = leftOf(unit(subtract(q, p)));
  const middle: Xy = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
  const moved = add(middle, inward, inwardCm).map(Math.round) as unknown as Xy;
  faults.rings.set(one.id, [...one.ringCm.slice(0, side + 1), moved, ...one.ringCm.slice(side + 1)]);
  const areaM2 = Math.abs(cross(subtract(q, p), subtract(moved, p))) / 2e4;
  faults.defects.push({ kind, layer: 'parcels', ids: [one.id, other.id], value: areaM2, unit: 'm2' });
}

/** Moves a building sideways until it stands on the neighbour's ground. */
function pushAcross(faults: QuarterFaults, parcel: PlannedParcel, pairs: readonly Pair[]): boolean {
  const pair = pairs.find(({ one, other }) => one.id === parcel.id || other.id === parcel.id);
  const planned = parcel.buildings[0];
  if (!pair || !planned) return false;
  let a = pair.one.ringCm[pair.side] as Xy;
  let b = around(pair.one.ringCm, pair.side + 1);
  if (pair.other.id === parcel.id) [a, b] = [b, a];
  const outward = leftOf(unit(subtract(a, b)));
  const depth = (p: Xy) => (outward[0] * (p[0] * 100 - a[0]) + outward[1] * (p[1] * 100 - a[1])) / 100;
  const nearest = Math.max(...planned.design.parts.flatMap(({ ring }) => ring.map(depth)));
  const design = moved(planned.design, [
    outward[0] * (ACROSS_M - nearest),
    outward[1] * (ACROSS_M - nearest),
  ]);
  const otherRing = (pair.one.id === parcel.id ? pair.other : pair.one).ringCm;
  if (!buildSolid(design.parts).footprintCm.some((p) => isInside(otherRing, p))) return false;
  faults.buildings.set(planned.id, { id: planned.id, design });
  const otherId = pair.one.id === parcel.id ? pair.other.id : pair.one.id;
  const ids = [planned.id, parcel.id, otherId];
  faults.defects.push({
    kind: 'building-across-boundary',
    layer: 'buildings',
    ids,
    value: ACROSS_M,
    unit: 'm',
  });
  return true;
}

function moved(design: BuildingDesign, by: Xy): BuildingDesign {
  const parts = design.parts.map(({ ring, planes }) => ({
    ring: ring.map((p) => add(p, by)),
    planes: planes.map(({ a, b, c }) => ({ a, b, c: c - a * by[0] - b * by[1] })),
  }));
  return { ...design, parts };
}
