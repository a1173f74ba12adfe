/**
 * The demo city: a synthetic town in Poznań's coordinates whose right answers are known by construction.
 * Pure and seeded: the same size and seed give the same bytes. Features come quarter by quarter, parcels first,
 * so that memory stays flat at any size.
 */

import { buildSolid } from '../building/solid.ts';
import { invalidParameter } from '../errors.ts';
import type { Feature } from '../feature/feature.ts';
import type { Position, Ring } from '../geo/geometry.ts';
import { citySkeleton } from './city-skeleton.ts';
import { type Defect, faultsOf, type QuarterFaults } from './defects.ts';
import { districtSkeleton } from './district-skeleton.ts';
import type { TellConstraint } from './layers/parcel-constraint.ts';
import { TownLayers } from './layers/town-layers.ts';
import { areaM2Of, buildingFeature, parcelFeature, solidFeature } from './registers.ts';
import type { Skeleton } from './skeleton.ts';
import { groundHeightM, ORIGIN_M } from './terrain.ts';
import { type PlannedQuarter, planTown, type Town, townBoundaryCm, townOf } from './town-plan.ts';
import { type DemoTruth, TruthTally } from './truth.ts';

export type DemoSize = 'district' | 'city' | 'metropolis';

export interface DemoCity {
  readonly size: DemoSize;
  readonly seed: number;
  /** EPSG:2177, as all geometry of the demo city. */
  readonly srid: 2177;
  /** [minimum easting, minimum northing, maximum easting, maximum northing], metres. */
  readonly extent: readonly [number, number, number, number];
  /** The border of the town, a closed ring: every layer of it speaks of all that is within. */
  readonly outline: Ring;
  /** Streets, river and railway between the quarters: centre lines and kinds, metres from `ORIGIN_M`. */
  readonly skeleton: Skeleton;
  /** The internal plan (plots, land use, inner streets, building designs), from which all registers are derived. */
  readonly quarters: Iterable<PlannedQuarter>;
  /** A new run through all features at each iteration. */
  readonly features: Iterable<Feature>;
  /** @param tell hears which areas limit each parcel, with square metres, while the features pass. */
  run(tell?: TellConstraint): DemoRun;
  /** Height of the ground in metres PL-EVRF2007-NH. */
  heightM(easting: number, northing: number): number;
}

/** One run through a demo city. */
export interface DemoRun {
  /** To be walked once. */
  readonly features: Iterable<Feature>;
  /** Quarters whose features have all passed, of `quarters`. */
  readonly quartersDone: number;
  readonly quarters: number;
  /** What is so in the part that has passed: the whole truth when the features have come to their end. */
  readonly truth: DemoTruth;
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
  return {
    size,
    seed,
    srid: 2177,
    skeleton: town.skeleton,
    extent: extentOf(town),
    outline: outlineOf(town),
    quarters: { [Symbol.iterator]: () => planTown(town, seed) },
    features: { [Symbol.iterator]: () => new TownRun(town, seed).features },
    run: (tell) => new TownRun(town, seed, tell),
    heightM: (easting, northing) => groundHeightM(seed, easting - ORIGIN_M[0], northing - ORIGIN_M[1]),
  };
}

class TownRun implements DemoRun {
  readonly features: Generator<Feature>;
  readonly quarters: number;
  quartersDone = 0;
  readonly #town: Town;
  readonly #seed: number;
  readonly #layers: TownLayers;
  readonly #tally = new TruthTally();
  readonly #defects: Defect[] = [];

  constructor(town: Town, seed: number, tell?: TellConstraint) {
    this.#town = town;
    this.#seed = seed;
    this.#layers = new TownLayers(town, seed, tell);
    this.quarters = town.skeleton.quarters.length;
    this.features = this.#counted();
  }

  get truth(): DemoTruth {
    const outlineAreaM2 = areaM2Of(townBoundaryCm(this.#town));
    return this.#tally.truth(outlineAreaM2, [...this.#defects, ...this.#layers.defects]);
  }

  *#counted(): Generator<Feature> {
    for (const feature of this.#all()) {
      this.#tally.feature(feature);
      yield feature;
    }
  }

  *#all(): Generator<Feature> {
    for (const quarter of planTown(this.#town, this.#seed)) {
      for (const parcel of quarter.parcels) this.#tally.parcel(parcel);
      const faults = faultsOf(quarter);
      this.#defects.push(...faults.defects);
      yield* registersOf(quarter, faults, this.#seed);
      yield* this.#layers.ofQuarter(quarter);
      this.quartersDone++;
    }
    yield* this.#layers.finish();
  }
}

/** Parcels, buildings and 3D buildings of a quarter, as they are written with their faults. */
function* registersOf(quarter: PlannedQuarter, faults: QuarterFaults, seed: number): Generator<Feature> {
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
}

function outlineOf(town: Town): Ring {
  const ring = townBoundaryCm(town).map(
    ([x, y]): Position => [(ORIGIN_M[0] * 100 + x) / 100, (ORIGIN_M[1] * 100 + y) / 100],
  );
  const [first] = ring;
  return first ? [...ring, first] : ring;
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
