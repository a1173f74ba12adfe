/** Traffic of an hour over the city's streets to a certified equilibrium, for the base and for a scenario. */
import type { CancelSignal } from '../../cancel.ts';
import { invalidParameter, TwinError } from '../../errors.ts';
import { type TrafficResult, trafficResultSchema } from '../../wire/traffic.ts';
import { type TrafficParameters, trafficParametersSchema } from '../../wire/traffic-parameters.ts';
import type { Model, RunWatch } from '../model.ts';
import { FAULTY_VECTORS, PASSED_CASES, PASSED_VECTORS } from '../noise/published-cases.ts';
import { answeredFrom } from './answered-questions.ts';
import type { AssignmentState } from './assignment-state.ts';
import { type CalibratedPurpose, calibratedPurposes } from './calibrated-gravity.ts';
import type { GeneratorFact, StoredDemand, TrafficCount, TrafficFacts } from './city-facts.ts';
import { type CityLink, cityLinks } from './city-links.ts';
import { type CityNetwork, cityNetwork } from './city-network.ts';
import { cityTotals } from './city-totals.ts';
import { type CityTrips, cityTrips, type TripFit } from './city-trips.ts';
import { type CityZone, cityZones } from './city-zones.ts';
import { type OdDemand, scaledDemand } from './demand.ts';
import { elasticCity } from './elastic-city.ts';
import { assignTraffic, type Equilibrium, type LostTrips } from './equilibrium.ts';
import { estimateMatrix, type MatrixEstimate } from './estimate-matrix.ts';
import { type FittedTrips, fitToCounts, type Lead } from './fit-to-counts.ts';
import { type KeptSolution, packSolution, SOLUTION_LAYOUT, unpackSolution } from './kept-solution.ts';
import { linkRows } from './link-rows.ts';
import { exposureOf, homeRows, noiseChange, toldMap } from './noise-exposure.ts';
import { TRAFFIC_NOISE_SHARE } from './reading-share.ts';
import { roadWarnings } from './road-warnings.ts';
import type { LedTrips } from './select-link.ts';
import { type SettledEquilibrium, settleEquilibrium } from './settle-equilibrium.ts';
import { skim } from './skim.ts';
import { heardAtHomes } from './street-noise.ts';
import type { TrafficClass } from './traffic-class.ts';
import {
  ASSUMPTIONS,
  EXHAUST_METHOD,
  GAP_DEFINITION,
  NOISE_METHOD,
  NOT_MODELLED,
  tripsAssumption,
} from './traffic-words.ts';
import { validationOf } from './validation.ts';
import { groupDemands, type VehicleGroup, vehicleGroups } from './vehicle-groups.ts';
import { districtMinutes, districtNames, reached } from './zone-times.ts';

const TRUCK_PCU = 2;
const SOLVED = 1 - TRAFFIC_NOISE_SHARE;
const MOST_LOST_TOLD = 100;
/** While trips are fitted to counts their ways need not be better than this. */
const FIT_GAP = 1e-3;
const S_PER_H = 3600;

export const TRAFFIC_ASSIGNMENT: Model<TrafficFacts, TrafficParameters, TrafficResult> = {
  name: 'traffic-assignment',
  version: '17',
  title: { pl: 'Ruch na ulicach', en: 'Traffic on streets' },
  summary: {
    pl: 'Ruch samochodów w jednej godzinie w równowadze użytkowników (nikt nie pojedzie szybciej inną drogą) metodą ścieżek, dla stanu odniesienia i scenariusza: potok, obciążenie, prędkość i strata czasu każdego kierunku każdej ulicy, czasy między dzielnicami, dostępność. Podaje lukę względną i szum; różnic mniejszych niż szum nie podaje jako prawdziwych.',
    en: 'Traffic of cars in one hour at user equilibrium (nobody can be faster by another way) by paths, for the base and the scenario: flow, load, speed and delay of each direction of each street, times between districts, accessibility. The relative gap and the noise are told; differences below the noise are not told as real.',
  },
  parameters: trafficParametersSchema,
  result: trafficResultSchema,
  run(facts, parameters, watch) {
    const changed = facts.after ?? facts.before;
    const links = cityLinks(facts.before.roads, changed.roads);
    const stored = storedTrips(facts, parameters);
    const zones = cityZones(facts.before, changed, parameters.mostZones, stored?.zones);
    const counts = parameters.counts.length > 0 ? parameters.counts : (facts.counts ?? []);
    const groups = vehicleGroups(limitsOf(links));
    const before = stateOf('before', {
      facts,
      links,
      zones,
      stored,
      counts,
      parameters,
      groups,
      watch: part(watch, 0, SOLVED / 2),
    });
    const after =
      facts.after &&
      stateOf('after', {
        ...{ facts, links, zones, stored, counts, parameters, groups },
        watch: part(watch, SOLVED / 2, SOLVED),
        earlier: before,
      });
    const noise = after ? before.settled.noise + after.settled.noise : 0;
    const [was, is] = [reached(zones, 'before', before.times), after && reached(zones, 'after', after.times)];
    const m2PerResident = floorOfResident(facts.before);
    const homes = heardAtHomes(
      links,
      { loaded: loaded(before), city: facts.before },
      after && { loaded: loaded(after), city: changed },
      {
        hour: parameters.hour,
        m2PerResident,
        lawDate: facts.lawDate,
        map: parameters.noiseMap,
        progress: whileHeard(watch),
      },
    );
    const rows = linkRows(links, loaded(before), after && loaded(after), noise);
    const solution: KeptSolution = {
      before: ledTrips(before),
      after: after ? ledTrips(after) : null,
      trips: (after ?? before).trips,
    };
    const answered = answeredFrom(solution, rows, zones, parameters);
    const packed = watch.keep && packSolution(solution);
    if (packed) watch.keep?.(packed);
    return {
      summary: {
        hour: parameters.hour,
        principle: parameters.principle,
        assumptions: [tripsAssumption(stored?.source), ...ASSUMPTIONS],
        noiseVehPerH: after ? noise : null,
        exhaustMethod: EXHAUST_METHOD,
        notModelled: [...NOT_MODELLED],
      },
      before: toldState(before),
      after: after ? toldState(after) : null,
      links: rows,
      zones: zones.map((zone, index) => toldZone(zone, index, (after ?? before).trips, after !== undefined)),
      lost: { before: lostOf(before, zones), after: after ? lostOf(after, zones) : [] },
      districts: {
        names: districtNames(zones),
        minutesBefore: districtMinutes(zones, before.times, before.trips.car),
        minutesAfter: after ? districtMinutes(zones, after.times, after.trips.car) : null,
      },
      accessibility: {
        jobsIn15MinBefore: was.jobs,
        jobsIn15MinAfter: is?.jobs ?? null,
        nurseryPlacesIn15MinBefore: was.nurseryPlaces,
        nurseryPlacesIn15MinAfter: is?.nurseryPlaces ?? null,
      },
      noise: {
        method: NOISE_METHOD,
        passList: [...PASSED_CASES],
        vectors: { met: [...PASSED_VECTORS], faulty: FAULTY_VECTORS.map((each) => ({ ...each })) },
        before: exposureOf(homes.before),
        after: homes.after ? exposureOf(homes.after) : null,
        change: homes.after ? noiseChange(homes.before, homes.after, noise) : null,
        map: toldMap(homes.map, noise),
        buildings: homeRows(homes.before, homes.after),
      },
      demand: {
        source: stored ? 'stored' : 'generated',
        from: stored?.source ?? null,
        fit: before.fitted
          ? {
              innerFactor: before.fitted.fit.inner,
              edgeFactor: before.fitted.fit.edge,
              rounds: before.fitted.rounds,
              matrix: before.fitted.change ?? null,
            }
          : null,
        purposes: stored ? [] : before.purposes.map(toldPurpose),
      },
      validation: validationOf(counts, rows, before.fitted),
      ...answered,
      warnings: roadWarnings(changed.roads),
    };
  },
  again: {
    layout: SOLUTION_LAYOUT,
    plain: (parameters) => ({ ...parameters, selectLinks: [], selectZones: [], withMatrix: false }),
    answer: (known, packed, parameters) => ({
      ...known,
      ...answeredFrom(unpackSolution(packed), known.links, known.zones, parameters),
    }),
  },
};

/** m² of flats for each resident of the base. */
function floorOfResident({ cells }: TrafficFacts['before']): number {
  const sum = (pick: (cell: GeneratorFact) => number) => cells.reduce((all, cell) => all + pick(cell), 0);
  const residents = sum((cell) => cell.residents);
  return residents > 0 ? sum(({ floorM2 }) => floorM2['m'] ?? 0) / residents : 0;
}

const ledTrips = ({ city: { firstStreet }, end }: SolvedState): LedTrips => ({ firstStreet, paths: end });

/** @throws TwinError invalid-parameter when stored trips are wanted and there are none of the hour */
function storedTrips({ stored }: TrafficFacts, { demand, hour }: TrafficParameters) {
  if (demand === 'generated') return undefined;
  if (demand === 'auto' || stored) return stored;
  throw invalidParameter(
    'demand',
    `The city keeps no trips of the hour from ${hour}:00; load them with "blizniak traffic demand", or ask for generated ones`,
  );
}

const limitsOf = (links: readonly CityLink[]) =>
  links.flatMap(({ before, after }) => [before, after].flatMap((passage) => passage?.rules?.limit ?? []));

interface Asked {
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

interface SolvedState {
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

function stateOf(
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

const toldPurpose = ({ personTripsPerDay, perMinute, meanMinutes, ...purpose }: CalibratedPurpose) => ({
  ...purpose,
  personTripsPerDay: Math.round(personTripsPerDay),
  perMinute: Math.round(perMinute * 1e4) / 1e4,
  meanMinutes: meanMinutes === null ? null : Math.round(meanMinutes * 100) / 100,
});

function classesOf(
  city: CityNetwork,
  trips: CityTrips,
  groups: readonly VehicleGroup[],
): readonly TrafficClass[] {
  return (['car', 'truck'] as const).flatMap((name) => {
    const own = groups.filter((group) => group.name === name);
    const demands = groupDemands(trips[name], own, city.cutOff);
    return own.map((group, n): TrafficClass => {
      const fixedCost = city.fixedCostOf(group);
      return { name, demand: demands[n] as OdDemand, fixedCost, pcu: name === 'car' ? 1 : TRUCK_PCU };
    });
  });
}

/** Flows of cars and of lorries, each of all their groups. */
function byVehicle(equilibrium: Equilibrium, groups: readonly VehicleGroup[]): Equilibrium {
  const sumOf = (name: VehicleGroup['name']) => {
    const own = equilibrium.classFlow.filter((_, k) => groups[k]?.name === name);
    return equilibrium.flow.map((_, at) => own.reduce((sum, flow) => sum + (flow[at] as number), 0));
  };
  return { ...equilibrium, classFlow: [sumOf('car'), sumOf('truck')] };
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

/** On the way from a gap of 1 to a hundredth of the target, by orders of magnitude. */
const nearness = (gap: number, targetGap: number): number =>
  Math.min(1, Math.max(0, Math.log(Math.min(1, Math.max(gap, 1e-16))) / Math.log(targetGap / 100)));

/** The later progress never falls back. */
function part(watch: RunWatch, from: number, to: number): RunWatch {
  let told = 0;
  return {
    progress: (share) => {
      told = Math.max(told, share);
      watch.progress(from + (to - from) * told);
    },
    isWanted: () => watch.isWanted(),
  };
}

/** @throws TwinError conflict when nobody waits any more */
function whileHeard(watch: RunWatch): (part: number) => void {
  const signal = whileWanted(watch);
  return (part) => {
    signal.throwIfAborted();
    watch.progress(SOLVED + (1 - SOLVED) * part);
  };
}

function whileWanted(watch: RunWatch): CancelSignal {
  const reason = new TwinError('conflict', 'Nobody waits for this run any more');
  return {
    get aborted() {
      return !watch.isWanted();
    },
    reason,
    throwIfAborted() {
      if (!watch.isWanted()) throw reason;
    },
    addEventListener: () => {},
    removeEventListener: () => {},
  };
}

const loaded = ({ city, settled }: SolvedState) => ({
  equilibrium: settled.equilibrium,
  firstStreet: city.firstStreet,
});

const toldState = ({ city, settled, made }: SolvedState) => ({
  convergence: {
    relativeGap: settled.equilibrium.relativeGap,
    definition: GAP_DEFINITION,
    isReached: settled.isReached,
    iterations: settled.iterations,
    noiseVehPerH: settled.noise,
    objectiveVehH: settled.equilibrium.objective / S_PER_H,
  },
  totals: cityTotals(city, settled.equilibrium, made),
});

function toldZone(
  { id, at, district, street, isGate, before, after }: CityZone,
  index: number,
  { car, truck }: CityTrips,
  isScenario: boolean,
): TrafficResult['zones'][number] {
  const { residents, jobs } = isScenario ? after : before;
  const starts = [car, truck].reduce(
    (sum, { start, trips }) =>
      sum + trips.subarray(start[index], start[index + 1]).reduce((all, each) => all + each, 0),
    0,
  );
  let ends = 0;
  for (const { destination, trips } of [car, truck]) {
    for (const [od, to] of destination.entries()) if (to === index) ends += trips[od] as number;
  }
  return {
    id,
    position: [Math.round(at[0]), Math.round(at[1])],
    district,
    street,
    residents: Math.round(residents),
    jobs: Math.round(jobs),
    isGate,
    startsPerH: tenth(starts),
    endsPerH: tenth(ends),
  };
}

function lostOf({ settled }: SolvedState, zones: readonly CityZone[]) {
  const idOf = (zone: number) => zones[zone]?.id ?? '';
  return settled.equilibrium.lost
    .toSorted((a: LostTrips, b: LostTrips) => b.trips - a.trips)
    .slice(0, MOST_LOST_TOLD)
    .map(({ origin, destination, trips }) => ({
      from: idOf(origin),
      to: idOf(destination),
      trips: tenth(trips),
    }));
}

const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
