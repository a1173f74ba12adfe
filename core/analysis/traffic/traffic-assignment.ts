/** Traffic of an hour over the city's streets to a certified equilibrium, for the base and for a scenario. */
import { invalidParameter } from '../../errors.ts';
import { type TrafficResult, trafficResultSchema } from '../../wire/traffic.ts';
import { type TrafficParameters, trafficParametersSchema } from '../../wire/traffic-parameters.ts';
import type { Model } from '../model.ts';
import { FAULTY_VECTORS, PASSED_CASES, PASSED_VECTORS } from '../noise/published-cases.ts';
import { answeredFrom } from './answered-questions.ts';
import type { GeneratorFact, TrafficFacts } from './city-facts.ts';
import { type CityLink, cityLinks } from './city-links.ts';
import { cityZones } from './city-zones.ts';
import { type KeptSolution, packSolution, SOLUTION_LAYOUT, unpackSolution } from './kept-solution.ts';
import { linkRows } from './link-rows.ts';
import { exposureOf, homeRows, noiseChange, toldMap } from './noise-exposure.ts';
import { TRAFFIC_NOISE_SHARE } from './reading-share.ts';
import { roadWarnings } from './road-warnings.ts';
import { part, whileHeard } from './run-watching.ts';
import type { LedTrips } from './select-link.ts';
import { type SolvedState, solveState } from './solved-state.ts';
import { heardAtHomes } from './street-noise.ts';
import { lostOf, toldPurpose, toldState, toldZone } from './told-state.ts';
import { ASSUMPTIONS, EXHAUST_METHOD, NOISE_METHOD, NOT_MODELLED, tripsAssumption } from './traffic-words.ts';
import { validationOf } from './validation.ts';
import { vehicleGroups } from './vehicle-groups.ts';
import { districtMinutes, districtNames, reached } from './zone-times.ts';

const SOLVED = 1 - TRAFFIC_NOISE_SHARE;

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
    const before = solveState('before', {
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
      solveState('after', {
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
        progress: whileHeard(part(watch, SOLVED, 1)),
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

const loaded = ({ city, settled }: SolvedState) => ({
  equilibrium: settled.equilibrium,
  firstStreet: city.firstStreet,
});
