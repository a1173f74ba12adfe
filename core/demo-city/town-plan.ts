/**
 * The internal plan of a town, quarter by quarter: every parcel with its number, land use and buildings. Registers,
 * streets, trees and pipes are all derived from it, so that they agree.
 */

import { around, type Xy } from '../geo/plane.ts';
import type { BuildingDesign } from './building-design.ts';
import { type CorridorGround, type Corridors, corridorsOf, type Outline } from './corridors.ts';
import { planQuarter, type QuarterPlan } from './quarter-plan.ts';
import { type Random, randomOf } from './random.ts';
import type { PlotRole } from './site.ts';
import { type CorridorKind, facesOfQuarters, type QuarterBrief, type Skeleton } from './skeleton.ts';

export interface PlannedParcel {
  readonly id: string;
  readonly number: string;
  readonly precinct: string;
  readonly sheet: number;
  readonly role: PlotRole | CorridorKind;
  readonly landUse: string;
  /** Whole centimetres in the town's frame, counter-clockwise, open. */
  readonly ringCm: readonly Xy[];
  readonly buildings: readonly PlannedBuilding[];
}

export interface PlannedBuilding {
  readonly id: string;
  readonly design: BuildingDesign;
}

/** One quarter with the corridors that became complete with it. */
export interface PlannedQuarter {
  readonly plan: QuarterPlan;
  readonly parcels: readonly PlannedParcel[];
}

export const MUNICIPALITY = '306401_1';
/** Known from the national registers' documentation; the demo town has them in every size and with every seed. */
export const KNOWN_PARCEL = { precinct: '0021', sheet: 10, first: 161, built: 162 } as const;

const LAND_USE_OF: Readonly<Record<CorridorKind, string>> = {
  river: 'Wp',
  stream: 'Wp',
  railway: 'Tk',
  avenue: 'dr',
  collector: 'dr',
  street: 'dr',
  lane: 'dr',
  path: 'dr',
};

interface Draft {
  readonly ringCm: readonly Xy[];
  readonly role: PlotRole | CorridorKind;
  readonly landUse: string;
  readonly buildings: readonly BuildingDesign[];
}

/** A skeleton with the outlines that follow from it. */
export interface Town {
  readonly skeleton: Skeleton;
  readonly corridors: Corridors;
  readonly faceOfQuarter: readonly number[];
}

export function townOf(skeleton: Skeleton): Town {
  const corridors = corridorsOf(skeleton);
  return { skeleton, corridors, faceOfQuarter: facesOfQuarters(skeleton, corridors.faces) };
}

/** The outer boundary of the town in centimetres, counter-clockwise. */
export const townBoundaryCm = ({ corridors }: Town): readonly Xy[] =>
  (corridors.outlines[0] as Outline).ringCm.toReversed();

/** Plans the quarters of a town in order; constant memory apart from the corners on unfinished streets. */
export function* planTown(
  { skeleton, corridors, faceOfQuarter }: Town,
  seed: number,
): Generator<PlannedQuarter> {
  const edges = new OpenCorridors(corridors);
  const numbers = new Map<string, SheetNumbers>();
  for (const [i, brief] of skeleton.quarters.entries()) {
    const face = faceOfQuarter[i] as number;
    const plan = planQuarter(corridors.outlines[face] as Outline, brief, seed);
    edges.keepCorners(plan);
    const drafts = [
      ...plan.plots.map(
        ({ plot, role, landUse, buildings }): Draft => ({
          ringCm: plan.sub.settled(plot).corners.map((corner) => plan.sub.cm(corner)),
          role,
          landUse,
          buildings,
        }),
      ),
      ...edges.completedBy(face).map(({ edge, ringCm }): Draft => {
        const kind = (skeleton.edges[edge] as Skeleton['edges'][number]).kind;
        return { ringCm, role: kind, landUse: LAND_USE_OF[kind], buildings: [] };
      }),
    ];
    yield {
      plan,
      parcels: numbered(drafts, brief, numbers, randomOf(seed, 'numbers', brief.precinct, brief.sheet)),
    };
  }
}

/** Corridors that wait for the quarters on their sides. */
class OpenCorridors {
  readonly #corners = new Map<string, readonly Xy[]>();
  readonly #waiting: Map<number, Set<number>>;
  readonly #grounds: ReadonlyMap<number, CorridorGround>;
  readonly #atFace = new Map<number, number[]>();

  constructor({ grounds }: Corridors) {
    this.#grounds = new Map(grounds.map((ground) => [ground.edge, ground]));
    this.#waiting = new Map(grounds.map(({ edge, faces }) => [edge, new Set(faces)]));
    for (const { edge, faces } of grounds) {
      for (const face of faces) this.#atFace.set(face, [...(this.#atFace.get(face) ?? []), edge]);
    }
  }

  /** Keeps the corners that a quarter put on its outline. */
  keepCorners({ sub, outline }: QuarterPlan): void {
    outline.corners.forEach((a, i) => {
      const b = around(outline.corners, i + 1);
      const inner = sub.between(a, b).slice(1);
      if (inner.length > 0)
        this.#corners.set(sideKey(sub.cm(b), sub.cm(a)), inner.map((corner) => sub.cm(corner)).reverse());
    });
  }

  completedBy(face: number): { readonly edge: number; readonly ringCm: readonly Xy[] }[] {
    const done: { edge: number; ringCm: readonly Xy[] }[] = [];
    for (const edge of this.#atFace.get(face) ?? []) {
      const waiting = this.#waiting.get(edge);
      waiting?.delete(face);
      if (waiting?.size !== 0) continue;
      const { ringCm } = this.#grounds.get(edge) as CorridorGround;
      done.push({ edge, ringCm: ringCm.flatMap((p, i) => [p, ...this.#take(p, around(ringCm, i + 1))]) });
    }
    return done;
  }

  #take(a: Xy, b: Xy): readonly Xy[] {
    const key = sideKey(a, b);
    const corners = this.#corners.get(key) ?? [];
    this.#corners.delete(key);
    return corners;
  }
}

const sideKey = (a: Xy, b: Xy): string => `${a[0]},${a[1]},${b[0]},${b[1]}`;

/** How far the numbers of a map sheet have come, and known numbers for which no lot was left. */
interface SheetNumbers {
  last: number;
  readonly owed: number[];
}

/** Numbers of one map sheet in order; some lots are what a division left of an older parcel (`45/1`, `45/2`). */
function numbered(
  drafts: readonly Draft[],
  brief: QuarterBrief,
  numbers: Map<string, SheetNumbers>,
  random: Random,
): PlannedParcel[] {
  const { precinct, sheet } = brief;
  const sheetKey = `${precinct}.${sheet}`;
  const known = precinct === KNOWN_PARCEL.precinct && sheet === KNOWN_PARCEL.sheet;
  const state = numbers.get(sheetKey) ?? { last: 0, owed: [] };
  numbers.set(sheetKey, state);
  const rest = [...drafts];
  const parcels: PlannedParcel[] = [];
  const give = (draft: Draft, number: string) => {
    const id = `${MUNICIPALITY}.${precinct}.AR_${String(sheet).padStart(2, '0')}.${number}`;
    const buildings = draft.buildings.map((design, i) => ({ id: `${id}.${i + 1}_BUD`, design }));
    const { role, landUse, ringCm } = draft;
    parcels.push({ id, number, precinct, sheet, role, landUse, ringCm, buildings });
  };
  const giveKnown = (number: number): boolean => {
    const index = rest.findIndex(({ role, buildings }) => role === 'lot' && buildings.length > 0);
    if (index !== -1) give(rest.splice(index, 1)[0] as Draft, String(number));
    return index !== -1;
  };
  while (state.owed.length > 0 && giveKnown(state.owed[0] as number)) state.owed.shift();
  while (rest.length > 0) {
    state.last++;
    if (known && (state.last === KNOWN_PARCEL.first || state.last === KNOWN_PARCEL.built)) {
      if (!giveKnown(state.last)) state.owed.push(state.last);
      continue;
    }
    const divided = rest.length > 2 && rest[0]?.role === 'lot' && isLot(rest[1]) && random.chance(0.11);
    if (!divided) {
      give(rest.shift() as Draft, String(state.last));
      continue;
    }
    const parts = isLot(rest[2]) && random.chance(0.25) ? 3 : 2;
    // The first numbers of a division are sometimes gone again, divided further or joined.
    const first = random.chance(0.2) ? 3 : 1;
    for (let part = 0; part < parts; part++) give(rest.shift() as Draft, `${state.last}/${first + part}`);
  }
  return parcels;
}

const isLot = (draft: Draft | undefined): boolean => draft?.role === 'lot' || draft?.role === 'empty';
