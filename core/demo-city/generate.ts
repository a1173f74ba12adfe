/**
 * The demo city: a synthetic town in Poznań's coordinates whose right answers are known by construction.
 * Pure and seeded: the same size and seed give the same bytes. Features come quarter by quarter, parcels first,
 * so that memory stays flat at any size.
 */
import { invalidParameter } from '../errors.ts';
import type { Feature } from '../feature/feature.ts';
import { citySkeleton } from './city-skeleton.ts';
import { type Defect, faultsOf, type QuarterFaults } from './defects.ts';
import { districtSkeleton } from './district-skeleton.ts';
import { constraintsOf, type ParcelConstraint } from './layers/constraints.ts';
import type { LayerDefect } from './layers/layer-defect.ts';
import { LAYERS_OF_TOWN, TownLayers } from './layers/town-layers.ts';
import { areaM2Of, buildingFeature, parcelFeature, solidFeature } from './registers.ts';
import type { Skeleton } from './skeleton.ts';
import { buildSolid } from './solid.ts';
import { groundHeightM, ORIGIN_M } from './terrain.ts';
import {
  MUNICIPALITY,
  type PlannedQuarter,
  planTown,
  type Town,
  townBoundaryCm,
  townOf,
} from './town-plan.ts';

export type DemoSize = 'district' | 'city' | 'metropolis';
/** Registers that the demo city has; those derived from others are made by the store. */
export const DEMO_LAYERS = ['parcels', 'buildings', 'buildings_3d', ...LAYERS_OF_TOWN] as const;
export type DemoLayer = (typeof DEMO_LAYERS)[number];

export interface PrecinctTruth {
  readonly precinctId: string;
  readonly parcels: number;
  readonly buildings: number;
  /** Sum of the exact areas of its parcels, before planted faults. */
  readonly areaM2: number;
}

/** What is so, by the generator's own arithmetic and never by the code under test. */
export interface DemoTruth {
  readonly precincts: readonly PrecinctTruth[];
  /** The area of the whole town from its outline alone. */
  readonly outlineAreaM2: number;
  readonly parcelsAreaM2: number;
  /** Faults planted on purpose, with the objects concerned. */
  readonly defects: readonly (Defect | LayerDefect)[];
}

export interface DemoCity {
  readonly size: DemoSize;
  readonly seed: number;
  /** EPSG:2177, as all geometry of the demo city. */
  readonly srid: 2177;
  /** [minimum easting, minimum northing, maximum easting, maximum northing], metres. */
  readonly extent: readonly [number, number, number, number];
  /** Exact number of features of each layer; the first reading plans the town once (without its solids). */
  readonly counts: Readonly<Record<DemoLayer, number>>;
  readonly truth: DemoTruth;
  /** A new run through all features at each iteration. */
  readonly features: Iterable<Feature>;
  /** Streets, river and railway between the quarters: centre lines and kinds, metres from `ORIGIN_M`. */
  readonly skeleton: Skeleton;
  /** The internal plan (plots, land use, inner streets, building designs), from which further registers are derived. */
  readonly quarters: Iterable<PlannedQuarter>;
  /** Which areas limit each parcel, with square metres: a new run through the plan at each iteration. */
  readonly constraints: Iterable<ParcelConstraint>;
  /** Height of the ground in metres PL-EVRF2007-NH. */
  heightM(easting: number, northing: number): number;
}

export interface DemoOptions {
  readonly size: DemoSize;
  /** A whole number from 0. */
  readonly seed: number;
}

/** @throws TwinError invalid-parameter for a seed that is not a whole number. */
export function generateDemoCity({ size, seed }: DemoOptions): DemoCity {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw invalidParameter('seed', `seed needs a whole number from 0, got ${seed}`);
  }
  const town = townOf(size === 'district' ? districtSkeleton(seed) : citySkeleton(size, seed));
  let survey: Survey | undefined;
  const surveyed = () => {
    survey ??= surveyTown(town, seed);
    return survey;
  };
  return {
    size,
    seed,
    srid: 2177,
    skeleton: town.skeleton,
    extent: extentOf(town),
    get counts() {
      return surveyed().counts;
    },
    get truth() {
      return surveyed().truth;
    },
    features: { [Symbol.iterator]: () => featuresOf(town, seed) },
    constraints: { [Symbol.iterator]: () => constraintsOf(town, seed) },
    quarters: { [Symbol.iterator]: () => planTown(town, seed) },
    heightM: (easting, northing) => groundHeightM(seed, easting - ORIGIN_M[0], northing - ORIGIN_M[1]),
  };
}

function* featuresOf(town: Town, seed: number): Generator<Feature> {
  const layers = new TownLayers(town, seed);
  for (const quarter of planTown(town, seed)) {
    const faults = faultsOf(quarter);
    for (const parcel of quarter.parcels) {
      yield parcelFeature(parcel, seed, faults.rings.get(parcel.id), faults.areaFactors.get(parcel.id));
    }
    const solids = quarter.parcels.flatMap((parcel) =>
      parcel.buildings.map((planned) => {
        const building = faults.buildings.get(planned.id) ?? planned;
        return { building, parcel, solid: buildSolid(building.design.parts) };
      }),
    );
    for (const { building, parcel, solid } of solids) yield buildingFeature(building, solid, parcel.id, seed);
    for (const { building, solid } of solids) {
      if (faults.without3d.has(building.id)) continue;
      yield solidFeature(building, solid, seed, faults.solids.get(building.id));
    }
    yield* layers.ofQuarter(quarter);
  }
  yield* layers.finish();
}

interface Survey {
  readonly counts: Readonly<Record<DemoLayer, number>>;
  readonly truth: DemoTruth;
}

function surveyTown(town: Town, seed: number): Survey {
  const precincts = new Map<string, { parcels: number; buildings: number; areaM2: number }>();
  const defects: (Defect | LayerDefect)[] = [];
  let without3d = 0;
  const layers = new TownLayers(town, seed);
  const further: Record<string, number> = Object.fromEntries(LAYERS_OF_TOWN.map((layer) => [layer, 0]));
  const count = (features: Iterable<Feature>) => {
    for (const { layer } of features) further[layer] = (further[layer] ?? 0) + 1;
  };
  for (const quarter of planTown(town, seed)) {
    const faults: QuarterFaults = faultsOf(quarter);
    defects.push(...faults.defects);
    without3d += faults.without3d.size;
    for (const parcel of quarter.parcels) {
      const key = `${MUNICIPALITY}.${parcel.precinct}`;
      const sums = precincts.get(key) ?? { parcels: 0, buildings: 0, areaM2: 0 };
      sums.parcels++;
      sums.buildings += parcel.buildings.length;
      sums.areaM2 += areaM2Of(parcel.ringCm);
      precincts.set(key, sums);
    }
    count(layers.ofQuarter(quarter));
  }
  count(layers.finish());
  defects.push(...layers.defects);
  const rows = [...precincts].map(([precinctId, sums]): PrecinctTruth => ({ precinctId, ...sums }));
  const total = (key: 'parcels' | 'buildings' | 'areaM2') => rows.reduce((sum, row) => sum + row[key], 0);
  return {
    counts: {
      ...(further as Record<(typeof LAYERS_OF_TOWN)[number], number>),
      parcels: total('parcels'),
      buildings: total('buildings'),
      buildings_3d: total('buildings') - without3d,
    },
    truth: {
      precincts: rows,
      parcelsAreaM2: total('areaM2'),
      outlineAreaM2: areaM2Of(townBoundaryCm(town)),
      defects,
    },
  };
}

function extentOf(town: Town): DemoCity['extent'] {
  const ring = townBoundaryCm(town);
  const [eastCm, northCm] = [ORIGIN_M[0] * 100, ORIGIN_M[1] * 100];
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const lowest = (list: readonly number[]) => list.reduce((low, x) => Math.min(low, x), Infinity);
  const highest = (list: readonly number[]) => list.reduce((high, x) => Math.max(high, x), -Infinity);
  return [
    (eastCm + lowest(xs)) / 100,
    (northCm + lowest(ys)) / 100,
    (eastCm + highest(xs)) / 100,
    (northCm + highest(ys)) / 100,
  ];
}
