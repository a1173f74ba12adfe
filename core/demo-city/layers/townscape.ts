/** The landscape resolution of the demo city, quarter by quarter, and carriers of adverts that hold to it or do not. */
import type { Feature } from '../../feature/feature.ts';
import { add, around, between, isInside, leftOf, subtract, unit, type Xy } from '../../geo/plane.ts';
import { randomOf } from '../random.ts';
import { areaM2Of } from '../registers.ts';
import type { QuarterKind } from '../skeleton.ts';
import type { PlannedParcel, PlannedQuarter } from '../town-plan.ts';
import type { TellConstraint } from './parcel-constraint.ts';
import { areaOf, feature, pointOf, toM, unionOf } from './shapes.ts';

type Area = 'old_town' | 'historic' | 'urban' | 'open';

const AREA_OF: Readonly<Partial<Record<QuarterKind, Area>>> = {
  'market-square': 'old_town',
  'old-town': 'old_town',
  tenements: 'historic',
  'inner-blocks': 'historic',
  villas: 'historic',
  allotments: 'open',
  park: 'open',
  riverside: 'open',
  fields: 'open',
  forest: 'open',
};

/** The largest advert of each area, m²; none in the old town and on open ground. */
const RULES_OF: Readonly<Record<Area, { readonly adM2: number | null; readonly fenceM: number }>> = {
  old_town: { adM2: null, fenceM: 1.6 },
  historic: { adM2: 3, fenceM: 1.8 },
  urban: { adM2: 9, fenceM: 2.2 },
  open: { adM2: null, fenceM: 1.6 },
};

const ACT = {
  act_title: 'Uchwała krajobrazowa miasta pokazowego',
  act_number: 'LXXXVIII/1684/VIII/2023',
  act_publication: 'Dz. Urz. Woj. Wielkopolskiego z 2023 r. poz. 7112',
  in_force_since: '2023-08-05',
  in_force_until: null,
  adapt_until: '2024-08-05',
} as const;

/** What it shows, and how high it stands. */
type Carrier = readonly [kind: string, areaM2: number, heightM: number];

const CARRIERS: readonly [Carrier, ...Carrier[]] = [
  ['billboard', 18, 6],
  ['billboard', 12, 4.5],
  ['banner', 6, 3],
  ['pylon', 4, 7],
  ['citylight', 2.1, 2.6],
  ['sign', 1.2, 2.2],
];
/** From the side of the plot, metres. */
const INSIDE_M = 1.5;

export class Townscape {
  readonly #seed: number;
  readonly #tell: TellConstraint | undefined;
  #areas = 0;
  #carriers = 0;

  constructor(seed: number, tell: TellConstraint | undefined) {
    this.#seed = seed;
    this.#tell = tell;
  }

  *ofQuarter({ plan: { brief }, parcels }: PlannedQuarter): Generator<Feature> {
    const kind = AREA_OF[brief.kind] ?? 'urban';
    const { adM2, fenceM } = RULES_OF[kind];
    const id = `UK-${++this.#areas}`;
    for (const { id: parcelId, ringCm } of parcels)
      this.#tell?.({ layer: 'landscape_areas', parcelId, zoneId: id, areaM2: areaM2Of(ringCm) });
    yield feature('landscape_areas', id, areaOf(unionOf(parcels.map(({ ringCm }) => ringCm))), {
      kind,
      ads: adM2 === null ? 'none' : 'limited',
      max_ad_area_m2: adM2,
      max_fence_height_m: fenceM,
      ...ACT,
    });
    for (const parcel of parcels) yield* this.#carrierOn(parcel, adM2);
  }

  *#carrierOn({ id: parcelId, ringCm, role }: PlannedParcel, mostM2: number | null): Generator<Feature> {
    const random = randomOf(this.#seed, 'advert', parcelId);
    if (role !== 'lot' || !random.chance(0.05)) return;
    const at = insideOf(ringCm.map(toM));
    if (!at) return;
    const [kind, areaM2, heightM] = random.pick(CARRIERS);
    yield feature('ad_carriers', `NR-${++this.#carriers}`, pointOf(at), {
      kind,
      area_m2: areaM2,
      height_m: heightM,
      status: mostM2 !== null && areaM2 <= mostM2 ? 'compliant' : 'to_adapt',
      parcel_id: parcelId,
      surveyed_on: `2025-0${random.integer(4, 9)}-${random.integer(10, 28)}`,
    });
  }
}

/** A little inside the middle of a side, metres; undefined when there is no such place. */
function insideOf(ring: readonly Xy[]): Xy | undefined {
  for (const [i, a] of ring.entries()) {
    const b = around(ring, i + 1);
    const at = add(between(a, b, 0.5), leftOf(unit(subtract(b, a))), INSIDE_M);
    if (isInside(ring, at)) return at;
  }
  return undefined;
}
