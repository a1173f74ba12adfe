/** Every model that the service offers, with what it asks the city for. A new model is a new entry. */
import { BUILT_UP_AREA } from '../../core/analysis/built-up-area.ts';
import { PARCEL_CAPACITY } from '../../core/analysis/capacity/parcel-capacity.ts';
import { CONSEQUENCES } from '../../core/analysis/consequences/consequences.ts';
import type { Model } from '../../core/analysis/model.ts';
import { PARCEL_CHECK } from '../../core/analysis/parcel-check/parcel-check-model.ts';
import { ACCESS_STANDARDS } from '../../core/analysis/plan/access-standards.ts';
import { GENERAL_PLAN_INFILL } from '../../core/analysis/plan/infill.ts';
import { ZONE_BALANCE } from '../../core/analysis/plan/zone-balance.ts';
import { FACILITY_SITING } from '../../core/analysis/siting/facility-siting.ts';
import { WALKING_ACCESS } from '../../core/analysis/siting/walking-access.ts';
import { SUN_HOURS } from '../../core/analysis/sun/sun-hours.ts';
import { SUN_ON_WINDOWS } from '../../core/analysis/sun/sun-on-windows.ts';
import { TRAFFIC_READING_SHARE } from '../../core/analysis/traffic/reading-share.ts';
import { TRAFFIC_ASSIGNMENT } from '../../core/analysis/traffic/traffic-assignment.ts';
import { VIEWS } from '../../core/analysis/view/views.ts';
import { ACCESS_STANDARD_LAYERS, gatherAccessStandards } from '../store/access-standards-facts.ts';
import { gatherBuiltUp } from '../store/built-up-facts.ts';
import { CAPACITY_LAYERS, gatherCapacity } from '../store/capacity-facts.ts';
import { CONSEQUENCE_LAYERS, gatherConsequences } from '../store/consequence-facts.ts';
import { gatherInfill } from '../store/infill-facts.ts';
import { CHECKED_LAYERS, gatherParcelCheck } from '../store/parcel-check-facts.ts';
import { gatherSiting, SITING_LAYERS } from '../store/siting-facts.ts';
import type { StudiedCity } from '../store/studied-city.ts';
import { gatherSun, gatherSunHours } from '../store/sun-facts.ts';
import { gatherTraffic, TRAFFIC_LAYERS } from '../store/traffic-facts.ts';
import { gatherViews } from '../store/view-facts.ts';
import { gatherZoneBalance } from '../store/zone-balance-facts.ts';

export interface RegisteredModel<Facts = unknown, Parameters = unknown, Result = unknown> {
  readonly model: Model<Facts, Parameters, Result>;
  /** Layers that it reads: an edit of any other layer leaves its result as it is. */
  readonly layers: readonly string[];
  /**
   * Whoever may read a scenario may have it computed, not only staff: its cost is bounded. Of such runs a few of each
   * person and scenario are kept.
   */
  readonly isForReaders?: true;
  /** Part of the work that reading the facts is, 0 to 1; without it progress begins with the model. */
  readonly readingShare?: number;
  /**
   * Reads the facts. It sees what the public sees, so that whoever may see the scenario may see the result.
   * @param progress of the reading, 0 to 1
   * @throws TwinError invalid-parameter, too-large
   */
  gather(city: StudiedCity, parameters: Parameters, progress: (part: number) => void): Promise<Facts>;
}

export const REGISTRY: readonly RegisteredModel[] = [
  offered({ model: BUILT_UP_AREA, layers: ['buildings'], gather: gatherBuiltUp }),
  offered({
    model: CONSEQUENCES,
    layers: CONSEQUENCE_LAYERS,
    isForReaders: true,
    readingShare: 0.5,
    gather: gatherConsequences,
  }),
  offered({ model: PARCEL_CAPACITY, layers: CAPACITY_LAYERS, gather: gatherCapacity }),
  offered({ model: PARCEL_CHECK, layers: CHECKED_LAYERS, gather: gatherParcelCheck }),
  offered({
    model: SUN_ON_WINDOWS,
    layers: ['buildings_3d', 'buildings', 'facilities', 'trees'],
    isForReaders: true,
    gather: gatherSun,
  }),
  offered({
    model: SUN_HOURS,
    layers: ['buildings_3d', 'trees'],
    isForReaders: true,
    gather: gatherSunHours,
  }),
  offered({ model: FACILITY_SITING, layers: SITING_LAYERS, gather: gatherSiting }),
  offered({
    model: WALKING_ACCESS,
    layers: SITING_LAYERS.filter((layer) => layer !== 'parcels'),
    isForReaders: true,
    gather: (city, asked) => gatherSiting(city, { ...asked, candidates: [], mostCandidates: 0 }),
  }),
  offered({
    model: VIEWS,
    layers: ['buildings_3d', 'plan_zones', 'trees'],
    isForReaders: true,
    gather: gatherViews,
  }),
  offered({ model: GENERAL_PLAN_INFILL, layers: ['buildings', 'plan_acts'], gather: gatherInfill }),
  offered({
    model: ZONE_BALANCE,
    layers: ['plan_zones', 'plan_acts', 'buildings'],
    gather: gatherZoneBalance,
  }),
  offered({ model: ACCESS_STANDARDS, layers: ACCESS_STANDARD_LAYERS, gather: gatherAccessStandards }),
  offered({
    model: TRAFFIC_ASSIGNMENT,
    layers: TRAFFIC_LAYERS,
    isForReaders: true,
    readingShare: TRAFFIC_READING_SHARE,
    gather: gatherTraffic,
  }),
];

/** Holds an entry to its own types before they are forgotten. */
function offered<Facts, Parameters, Result>(
  entry: RegisteredModel<Facts, Parameters, Result>,
): RegisteredModel {
  return entry;
}
