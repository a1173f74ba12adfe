import type { SitedKind, SiteKind, SitingAvoided } from '../../wire/siting-question.ts';

/** What is usual of a kind of facility; whoever asks may say otherwise. */
export interface KindDeclaration {
  /** Bands of the population registers whose people it serves. */
  readonly ages: readonly string[];
  readonly walkMinutes: number;
  /** Places of a new site; undefined where places do not count. */
  readonly capacity: number | undefined;
  /** A round assumption, for want of the city's own figures. */
  readonly costPerSitePln: number;
  readonly costPerPlacePln: number;
  /** People served for each new dwelling: what new estates have, above the mean of the city. */
  readonly growthPerDwelling: number;
  readonly parcelM2: readonly [least: number, most: number];
  /** Where it is not put: people sleep, play or learn there. */
  readonly avoid: readonly SitingAvoided[];
  readonly siteKinds: readonly SiteKind[];
  /** Floor for each place in a standing building or premises, m²: a round assumption. */
  readonly floorM2PerPlace: number;
}

const ANYWHERE = { siteKinds: ['parcel', 'building', 'premises'], floorM2PerPlace: 6 } as const;
const NOT_IN_PREMISES = { siteKinds: ['parcel', 'building'], floorM2PerPlace: 10 } as const;
const ON_GROUND = { siteKinds: ['parcel'], floorM2PerPlace: 1 } as const;

const FOR_STAYING = ['flood', 'noise'] as const;

const EVERYBODY = ['0_2', '3_6', '7_14', '15_18', '19_64', '65_plus'] as const;

export const KIND_DECLARATIONS: Readonly<Record<SitedKind, KindDeclaration>> = {
  nursery: {
    ...ANYWHERE,
    ...{ ages: ['0_2'], walkMinutes: 15, capacity: 80, growthPerDwelling: 0.12 },
    ...{ costPerSitePln: 2_000_000, costPerPlacePln: 90_000, parcelM2: [1_500, 20_000], avoid: FOR_STAYING },
  },
  kindergarten: {
    ...ANYWHERE,
    ...{ ages: ['3_6'], walkMinutes: 15, capacity: 125, growthPerDwelling: 0.16 },
    ...{ costPerSitePln: 2_500_000, costPerPlacePln: 80_000, parcelM2: [2_000, 20_000], avoid: FOR_STAYING },
  },
  primary_school: {
    ...NOT_IN_PREMISES,
    ...{ ages: ['7_14'], walkMinutes: 20, capacity: 450, growthPerDwelling: 0.25 },
    ...{ costPerSitePln: 8_000_000, costPerPlacePln: 80_000, parcelM2: [5_000, 60_000], avoid: FOR_STAYING },
  },
  secondary_school: {
    ...NOT_IN_PREMISES,
    ...{ ages: ['15_18'], walkMinutes: 30, capacity: 480, growthPerDwelling: 0.1 },
    ...{ costPerSitePln: 8_000_000, costPerPlacePln: 80_000, parcelM2: [5_000, 60_000], avoid: FOR_STAYING },
  },
  care_home: {
    ...{ ...NOT_IN_PREMISES, floorM2PerPlace: 25 },
    ...{ ages: ['65_plus'], walkMinutes: 20, capacity: 100, growthPerDwelling: 0.15 },
    ...{ costPerSitePln: 5_000_000, costPerPlacePln: 250_000, parcelM2: [2_500, 30_000], avoid: FOR_STAYING },
  },
  playground: {
    ...ON_GROUND,
    ...{ ages: ['0_2', '3_6', '7_14'], walkMinutes: 8, capacity: undefined, growthPerDwelling: 0.5 },
    ...{ costPerSitePln: 350_000, costPerPlacePln: 0, parcelM2: [400, 50_000], avoid: FOR_STAYING },
  },
  parcel_locker: {
    ...ON_GROUND,
    ...{ ages: EVERYBODY, walkMinutes: 6, capacity: undefined, growthPerDwelling: 2.2 },
    ...{ costPerSitePln: 60_000, costPerPlacePln: 0, parcelM2: [50, 100_000], avoid: [] },
  },
  defibrillator: {
    ...ON_GROUND,
    ...{ ages: EVERYBODY, walkMinutes: 3, capacity: undefined, growthPerDwelling: 2.2 },
    ...{ costPerSitePln: 9_000, costPerPlacePln: 0, parcelM2: [50, 100_000], avoid: [] },
  },
};
