/** Rows of the table of consequences from the run of `traffic-assignment` of the same edits. */

import { TRAFFIC_ASSIGNMENT } from '../../core/analysis/traffic/traffic-assignment.ts';
import type { Text } from '../../core/feature/layer.ts';
import { KINDS_ON_ROADS } from '../../core/scenario/kinds-on-roads.ts';
import type { ConsequenceRow } from '../../core/wire/consequences.ts';
import type { Run } from '../../core/wire/run.ts';
import type { Edit } from '../../core/wire/scenario.ts';
import { type TrafficResult, trafficResultSchema } from '../../core/wire/traffic.ts';
import type { Runs } from '../services/runs.ts';
import type { Scenarios } from '../services/scenarios.ts';
import type { RowsOf } from './more-rows.ts';

/** Edits that move traffic; others have no rows, for nobody asks for traffic to plant a tree. */
const MOVING: readonly Edit['kind'][] = [...KINDS_ON_ROADS, 'add-road', 'scale-demand'];
/** Longer the table does not wait; whoever asks again later has the rows. */
const LONGEST_WAIT_MS = 5_000;

interface TrafficRow {
  readonly name: string;
  readonly title: Text;
  readonly unit: string;
  /** In units of the row: what the solver and rounding leave open. */
  readonly bound: (result: TrafficResult) => number;
  readonly of: (state: State) => number | null;
}

interface State {
  readonly totals: TrafficResult['before']['totals'];
  readonly noise: TrafficResult['noise']['before'];
  readonly jobs: number | null;
}

const BOUND_RULE: Text = {
  pl: 'Tylko to, co zostawia rozwiązanie (luka względna) i zaokrąglenie; założenia modelu są w obu stanach te same i nie są tu liczone.',
  en: 'Only what the solution leaves open (relative gap) and rounding; the assumptions of the model are the same in both states and do not count here.',
};
const EXHAUST_NOTE = 'EMEP/EEA air pollutant emission inventory guidebook, 1.A.3.b.i–iv';

const gapHours = ({ before, after }: TrafficResult): number =>
  [before, after].reduce(
    (sum, state) => sum + (state ? state.convergence.relativeGap * state.totals.vehicleHours : 0),
    0,
  );

const SPEED_BOUND_KM_H = 0.01;

/** Kilometres are speed by hours, and open as far as both are. */
const openKilometres = (result: TrafficResult): number => {
  const { totals } = result.after ?? result.before;
  return 0.1 + SPEED_BOUND_KM_H * totals.vehicleHours + totals.meanSpeedKmH * gapHours(result);
};

const ROWS: readonly TrafficRow[] = [
  {
    name: 'vehicle-hours',
    title: { pl: 'Czas jazdy wszystkich', en: 'Time that all drive' },
    unit: 'h',
    bound: (result) => 0.01 + gapHours(result),
    of: ({ totals }) => totals.vehicleHours,
  },
  {
    name: 'delay-hours',
    title: { pl: 'Strata czasu na ulicach', en: 'Delay on the streets' },
    unit: 'h',
    bound: (result) => 0.01 + gapHours(result),
    of: ({ totals }) => totals.delayHours,
  },
  {
    name: 'vehicle-km',
    title: { pl: 'Przejechane kilometry', en: 'Kilometres driven' },
    unit: 'km',
    bound: openKilometres,
    of: ({ totals }) => totals.vehicleKm,
  },
  {
    name: 'mean-speed',
    title: { pl: 'Średnia prędkość jazdy', en: 'Mean speed of driving' },
    unit: 'km/h',
    bound: () => SPEED_BOUND_KM_H,
    of: ({ totals }) => totals.meanSpeedKmH,
  },
  {
    name: 'over-capacity',
    title: { pl: 'Ulice ponad przepustowość', en: 'Streets above capacity' },
    unit: 'km',
    bound: () => 0.01,
    of: ({ totals }) => totals.overCapacityKm,
  },
  {
    name: 'lost-trips',
    title: { pl: 'Podróże bez żadnej drogi', en: 'Trips without any way' },
    unit: '1/h',
    bound: () => 0.1,
    of: ({ totals }) => totals.lostTrips,
  },
  {
    name: 'jobs-in-15-min',
    title: { pl: 'Miejsca pracy w 15 min samochodem', en: 'Jobs within 15 min by car' },
    unit: '1',
    bound: () => 1,
    of: ({ jobs }) => jobs,
  },
  {
    name: 'nox',
    title: { pl: 'Tlenki azotu ze spalin (gorące)', en: 'Nitrogen oxides of hot exhaust' },
    unit: 'g/h',
    bound: () => 0.1,
    of: ({ totals }) => totals.exhaustG.NOx,
  },
  {
    name: 'exhaust-dust',
    title: { pl: 'Pył ze spalin (gorące)', en: 'Dust of hot exhaust' },
    unit: 'g/h',
    bound: () => 0.01,
    of: ({ totals }) => totals.exhaustG.PM,
  },
  {
    name: 'co2',
    title: { pl: 'Dwutlenek węgla ze spalin (gorące)', en: 'Carbon dioxide of hot exhaust' },
    unit: 'kg/h',
    bound: () => 0.01,
    of: ({ totals }) => totals.exhaustG.CO2 / 1000,
  },
  {
    name: 'residents-over-noise-limit',
    title: {
      pl: 'Mieszkańcy z LDWN z dróg ponad poziomem dopuszczalnym',
      en: 'Residents with LDEN of roads above the limit of their ground',
    },
    unit: '1',
    bound: () => 10,
    of: ({ noise }) => noise.residentsOverLdwn,
  },
  {
    name: 'residents-over-night-limit',
    title: {
      pl: 'Mieszkańcy z LN z dróg ponad poziomem dopuszczalnym w nocy',
      en: 'Residents with LN of roads above the limit at night',
    },
    unit: '1',
    bound: () => 10,
    of: ({ noise }) => noise.residentsOverNight,
  },
];

/** Asks for the run of the scenario as it stands in an hour, and waits a little for it. */
export function trafficRows(
  runs: Pick<Runs, 'ask' | 'ended' | 'result'>,
  scenarios: Pick<Scenarios, 'read'>,
): RowsOf {
  return async (scenario, { trafficHour: hour }, who, signal) => {
    const { edits } = await scenarios.read(scenario, who);
    if (!edits.some(({ edit }) => MOVING.includes(edit.kind))) return [];
    const run = await runs.ask({ model: TRAFFIC_ASSIGNMENT.name, parameters: { hour }, scenario }, who);
    const patience = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MS)]);
    const ended = await runs.ended(run.id, who, patience);
    signal.throwIfAborted();
    if (ended.state !== 'successful') return rowsWithout(ended, hour);
    return rowsOfResult(trafficResultSchema.parse(JSON.parse(await runs.result(run.id, who))));
  };
}

/** Of a run that goes on, which to ask for again; or of one that ended without a result, and why. */
function rowsWithout({ id, state, progress, problem }: Run, hour: number): readonly ConsequenceRow[] {
  const goesOn = state === 'accepted' || state === 'running';
  const words = problem?.message ?? `/api/runs/${id}`;
  const reason: Text = goesOn
    ? { pl: `Ruch właśnie się liczy: /api/runs/${id}`, en: `Traffic is being computed: /api/runs/${id}` }
    : { pl: `Ruchu nie udało się policzyć: ${words}`, en: `Traffic could not be computed: ${words}` };
  return ROWS.map((row) => ({
    ...headOf(row, hour),
    state: 'not-assessed',
    reason,
    ...(goesOn && { pending: { run: id, percent: progress } }),
    notes: [],
  }));
}

/** @returns nothing of a result without a scenario */
function rowsOfResult(result: TrafficResult): readonly ConsequenceRow[] {
  const { before, after, noise, accessibility } = result;
  if (!after || !noise.after) return [];
  const was: State = { totals: before.totals, noise: noise.before, jobs: accessibility.jobsIn15MinBefore };
  const is: State = { totals: after.totals, noise: noise.after, jobs: accessibility.jobsIn15MinAfter };
  return ROWS.map((row): ConsequenceRow => {
    const [first, second] = [row.of(was) ?? 0, row.of(is) ?? 0];
    const delta = Math.round((second - first) * 1000) / 1000 + 0;
    const deltaBound = Math.ceil(row.bound(result) * 1000) / 1000;
    return {
      ...headOf(row, result.summary.hour),
      state: 'computed',
      before: first,
      after: second,
      delta,
      deltaBound,
      significance: delta === 0 ? 'none' : Math.abs(delta) > deltaBound ? 'beyond-error' : 'within-error',
      notes: isOfExhaust(row)
        ? [result.summary.exhaustMethod, ...result.summary.assumptions]
        : [...result.summary.assumptions],
    };
  });
}

const isOfExhaust = ({ name }: Pick<TrafficRow, 'name'>): boolean =>
  ['nox', 'exhaust-dust', 'co2'].includes(name);

const headOf = ({ name, title, unit }: TrafficRow, hour: number) => ({
  name: `traffic.${name}`,
  title: { pl: `${title.pl} (${hourWords(hour)})`, en: `${title.en} (${hourWords(hour)})` },
  unit,
  scope: 'edits' as const,
  layers: ['roads'],
  method: TRAFFIC_ASSIGNMENT.summary,
  ...(isOfExhaust({ name }) && { source: EXHAUST_NOTE }),
  boundRule: BOUND_RULE,
});

const hourWords = (hour: number): string => `${hour}:00–${(hour + 1) % 24}:00`;
