/** One state of the city, from streets and zones to trips at equilibrium. */
import type { TrafficParameters } from '../../wire/traffic-parameters.ts';
import type { RunWatch } from '../model.ts';
import type { AssignmentState } from './assignment-state.ts';
import { type CalibratedPurpose, calibratedPurposes } from './calibrated-gravity.ts';
import type { StoredDemand, TrafficCount, TrafficFacts } from './city-facts.ts';
import type { CityLink } from './city-links.ts';
import { type CityNetwork, cityNetwork } from './city-network.ts';
import { type CityTrips, cityTrips, type TripFit } from './city-trips.ts';
import type { CityZone } from './city-zones.ts';
import { scaledDemand } from './demand.ts';
import { elasticCity } from './elastic-city.ts';
import { assignTraffic } from './equilibrium.ts';
import { estimateMatrix, type MatrixEstimate } from './estimate-matrix.ts';
import { type FittedTrips, fitToCounts, type Lead } from './fit-to-counts.ts';
import { nearness, whileWanted } from './run-watching.ts';
import { type SettledEquilibrium, settleEquilibrium } from './settle-equilibrium.ts';
import { skim } from './skim.ts';
import { byVehicle, classesOf } from './vehicle-classes.ts';
import type { VehicleGroup } from './vehicle-groups.ts';

/** While trips are fitted to counts their ways need not be better than this. */
const FIT_GAP = 1e-3;

export interface Asked {
  readonly facts: TrafficFacts;
  readonly links: readonly CityLink[];
  readonly zones: readonly CityZone[];
  readonly stored: StoredDemand | undefined;
  readonly counts: readonly TrafficCount[];
  readonly parameters: TrafficParameters;
  readonly groups: readonly VehicleGroup[];
  readonly watch: RunWatch;
  /** The base, of a scenario. */
  readonly earlier?: SolvedState;
}

export interface SolvedState {
  readonly city: CityNetwork;
  readonly trips: CityTrips;
  readonly made: number;
  readonly settled: SettledEquilibrium;
  /** Seconds from zone to zone on the empty network of the base. */
  readonly freeS: Float64Array;
  /** Seconds from zone to zone at equilibrium. */
  readonly times: Float64Array;
  readonly end: AssignmentState;
  /** Undefined where trips were not to be fitted, or no count lies on a street. */
  readonly fitted: (FittedTrips & Partial<MatrixEstimate>) | undefined;
  readonly purposes: readonly CalibratedPurpose[];
}

/** Leads the trips of one state of the city to equilibrium; a scenario from where the base ended. */
export function solveState(
  state: 'before' | 'after',
  { facts, links, zones, stored, counts, parameters, groups, watch, earlier }: Asked,
): SolvedState {
  const city = cityNetwork(links, zones, state, parameters);
  // People choose where to go by the base, so that only what stands there changes their trips.
  const freeS = earlier?.freeS ?? skim(city.network, timesOf(city, city.network.freeFlowTime));
  const edits = state === 'after' ? facts.demandEdits : [];
  const purposes = earlier?.purposes ?? calibratedPurposes(zones, freeS, parameters.tripMinutes);
  const tripsOf = (fit: TripFit): CityTrips => {
    const { car, truck } = cityTrips(zones, state, edits, {
      hour: parameters.hour,
      externalVehPerHPerLane: parameters.externalVehPerHPerLane,
      freeS,
      factor: parameters.tripFactor,
      ...{ stored, fit, purposes },
    });
    const { demandFactor } = parameters;
    return { car: scaledDemand(car, demandFactor), truck: scaledDemand(truck, demandFactor) };
  };
  const signal = whileWanted(watch);
  const lead = (fit: TripFit) => {
    const rough = { targetGap: FIT_GAP, signal };
    const { state: end } = assignTraffic(city.network, classesOf(city, tripsOf(fit), groups), rough);
    return { firstStreet: city.firstStreet, paths: end() };
  };
  const fitted = earlier ? earlier.fitted : fittedTrips(parameters, counts, links, zones, lead);
  const trips = tripsOf(fitted?.fit ?? { inner: 1, edge: 1 });
  const classes = classesOf(city, trips, groups);
  const elastic =
    earlier && parameters.elasticity > 0
      ? elasticCity(city, classes, costsOf(earlier), parameters.elasticity)
      : undefined;
  const limited = settleEquilibrium((elastic?.city ?? city).network, elastic?.classes ?? classes, {
    targetGap: parameters.targetGap,
    principle: parameters.principle,
    // Trips that yield begin anew: the paths of the base would carry those that are not made.
    start: elastic ? undefined : earlier?.end,
    signal,
    onGap: (gap) => watch.progress(nearness(gap, parameters.targetGap)),
  });
  const settled = { ...limited, equilibrium: byVehicle(limited.equilibrium, groups) };
  watch.progress(1);
  const wanted = classes.reduce(
    (sum, { demand }) => sum + demand.trips.reduce((all, each) => all + each, 0),
    0,
  );
  return {
    city,
    trips,
    made: elastic ? elastic.made(settled.equilibrium.flow) : wanted,
    settled,
    freeS,
    times: skim(city.network, timesOf(city, settled.equilibrium.time)),
    end: settled.equilibrium.state(),
    fitted,
    purposes,
  };
}

function fittedTrips(
  { fit, priorWeight }: TrafficParameters,
  counts: readonly TrafficCount[],
  links: readonly CityLink[],
  zones: readonly CityZone[],
  lead: Lead,
): SolvedState['fitted'] {
  const factors = fit === 'none' ? undefined : fitToCounts(counts, links, zones, lead);
  if (!factors || fit === 'counts') return factors;
  return estimateMatrix(counts, links, zones, lead, factors, priorWeight);
}

/** Least cost from zone to zone at equilibrium, as drivers weigh it. */
const costsOf = ({ city, settled }: SolvedState): Float64Array =>
  skim(
    city.network,
    settled.equilibrium.time.map((seconds, at) => seconds + (city.fixedCost[at] as number)),
  );

/** Time where it is open, infinite where not. */
const timesOf = ({ network, fixedCost }: CityNetwork, time: Float64Array): Float64Array =>
  time
    .subarray(0, network.linkCount)
    .map((seconds, at) => (fixedCost[at] === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : seconds));
