import type { SitedKind, SiteKind, SitingPreview } from '../../wire/siting-question.ts';
import { KIND_DECLARATIONS } from './sited-kinds.ts';
import type { Reach } from './siting-effect.ts';
import { METRES_PER_MIN_AT_1_KMH } from './siting-world.ts';

/** A question with what is usual of its kind filled in. */
export interface SitingTerms extends Reach {
  readonly kind: SitedKind;
  readonly walkMinutes: number;
  readonly walkKmH: number;
  /** Undefined where places do not count. */
  readonly capacity: number | undefined;
  readonly growthPerDwelling: number;
  readonly demandFactor: number;
  readonly costPerSitePln: number;
  readonly costPerPlacePln: number;
  /** Of the cost of a new building. */
  readonly costShare: Readonly<Record<SiteKind, number>>;
  readonly forecastYear: number | undefined;
}

type Priced = 'buildingCostShare' | 'premisesCostShare';
type Circumstances = Omit<SitingPreview, 'sites' | 'closed' | 'points' | 'slopes' | 'stepFree' | Priced> &
  Partial<Pick<SitingPreview, Priced>>;

export function termsOf(asked: Circumstances): SitingTerms {
  const usual = KIND_DECLARATIONS[asked.kind];
  const walkMinutes = asked.walkMinutes ?? usual.walkMinutes;
  const metresPerMin = asked.walkKmH * METRES_PER_MIN_AT_1_KMH;
  return {
    kind: asked.kind,
    walkMinutes,
    walkKmH: asked.walkKmH,
    metresPerMin,
    reachM: walkMinutes * metresPerMin,
    capacity: usual.capacity === undefined ? undefined : (asked.capacityPerSite ?? usual.capacity),
    growthPerDwelling: asked.growthPerDwelling ?? usual.growthPerDwelling,
    demandFactor: asked.demandFactor,
    costPerSitePln: asked.costPerSitePln ?? usual.costPerSitePln,
    costPerPlacePln: asked.costPerPlacePln ?? usual.costPerPlacePln,
    costShare: { parcel: 1, building: asked.buildingCostShare ?? 1, premises: asked.premisesCostShare ?? 1 },
    forecastYear: asked.forecastYear,
  };
}

/** Of a new site with so many places. */
export const siteCostPln = (
  { costPerSitePln, costPerPlacePln, costShare }: SitingTerms,
  places: number | undefined,
  siteKind: SiteKind,
): number => Math.round(costShare[siteKind] * (costPerSitePln + costPerPlacePln * (places ?? 0)));
