/** What is asked of traffic, the run that computes it, and its answer. */
import { batch, computed, effect, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { NewRun } from '../../core/wire/run.ts';
import type { TrafficResult } from '../../core/wire/traffic.ts';
import type { SelectedLink, SelectedZone, TrafficLink } from '../../core/wire/traffic-link.ts';
import { ask as askService, ServiceError } from '../api/ask.ts';
import { addressIn } from '../api/city-api.ts';
import { CALLED_OFF, followRun } from '../api/follow-run.ts';
import { announce } from '../state/announcer.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';
import { favouredLayer } from '../state/selected-item.ts';
import { session } from '../state/session.ts';
import { wantedCity } from '../state/shown-city.ts';
import { trafficLink } from '../state/traffic-link.ts';
import { t } from '../text/text.ts';
import { scenario } from '../whatif/open-scenario.ts';
import {
  FIRST_TRAFFIC,
  gapOfProgress,
  parametersOf,
  reachedGap,
  readTraffic,
  type TrafficAsk,
  type TrafficMap,
  writeTraffic,
} from './traffic-query.ts';

export const trafficAsk = computed<TrafficAsk>(() =>
  trafficLink.value === undefined ? FIRST_TRAFFIC : readTraffic(trafficLink.value),
);

/** The layer of streets. */
export const ROADS = 'roads';

/** Whether the work space is open: the map shows it then. */
export const trafficOpen = signal(false);
/** The question that was left last; the panel opens with it again. */
let left: string | undefined;

/** The gap as it fell: at this many milliseconds since the run was asked for. */
export interface GapPoint {
  readonly atMs: number;
  readonly state: 'before' | 'after';
  readonly gap: number;
}

export type TrafficRun =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy'; readonly sinceMs: number; readonly gaps: readonly GapPoint[] }
  | { readonly kind: 'failed'; readonly reason: string; readonly needsSignIn: boolean };
export const trafficRun = signal<TrafficRun>({ kind: 'none' });

export interface TrafficAnswer {
  readonly result: TrafficResult;
  readonly run: string;
  /** Of the computation; null of a run from elsewhere. */
  readonly durationMs: number | null;
  /** What it answers. */
  readonly basis: string;
}
/** The last answer; it stays on the screen while another one is computed. */
export const trafficAnswer = signal<TrafficAnswer | undefined>(undefined);

/** The same text = the same question of the same city. */
const basis = computed<string>(() => {
  const { scenario: id = '' } = wantedCity.value;
  const edits = scenario.value?.id === id ? scenario.value.edits.map((edit) => edit.id).join() : '';
  return JSON.stringify([parametersOf(trafficAsk.value), id, edits]);
});

/** Whether the question or the scenario is another one than that of the answer. */
export const isStale = computed(() => trafficAnswer.value?.basis !== basis.value);

/** Links by their ids. */
export const linksById = computed<ReadonlyMap<string, TrafficLink>>(
  () => new Map(trafficAnswer.value?.result.links.map((link) => [link.id, link])),
);

/** Trips of the link that is asked about. */
export const whyLink = signal<Load<SelectedLink>>(LOADING);

/** The map that is drawn: what the answer cannot show is shown as flow. */
export const shownMap = computed<TrafficMap>(() => {
  const usual = trafficAnswer.value?.result.after ? 'difference' : 'flow';
  const { map = usual } = trafficAsk.value;
  if (map === 'why') return whyLink.value.kind === 'ready' ? map : usual;
  const isCompared = trafficAnswer.value?.result.noise.change;
  if ((map === 'noiseChange' || map === 'noiseBefore') && !isCompared) return 'noise';
  return map === 'difference' ? usual : map;
});

let running: AbortController | undefined;
let explaining: AbortController | undefined;

export function changeTraffic(by: Partial<TrafficAsk>): void {
  trafficLink.value = writeTraffic({ ...trafficAsk.peek(), ...by });
}

/** Follows the city and the link while the panel is open. Returns how to stop. */
export function followTraffic(): () => void {
  trafficOpen.value = true;
  favouredLayer.value = ROADS;
  trafficLink.value ??= left ?? writeTraffic(FIRST_TRAFFIC);
  let city = '';
  const stop = effect(() => {
    const { scenario: id = '' } = wantedCity.value;
    // A link that wants an answer is answered once its reader may ask, and the scenario is known.
    const now = `${id} ${session.value?.who ?? ''}`;
    if (city === now || (id !== '' && scenario.value?.id !== id)) return;
    const isOther = city !== '' && !city.startsWith(`${id} `);
    city = now;
    if (isOther) dropAnswer();
    if (trafficAsk.peek().isRun && !trafficAnswer.peek() && trafficRun.peek().kind !== 'busy') {
      void runTraffic();
    }
  });
  return () => {
    stop();
    left = trafficLink.peek() ?? left;
    batch(() => {
      trafficLink.value = undefined;
      trafficOpen.value = false;
      favouredLayer.value = undefined;
    });
  };
}

function dropAnswer(): void {
  running?.abort(CALLED_OFF);
  explaining?.abort();
  batch(() => {
    trafficAnswer.value = undefined;
    trafficRun.value = { kind: 'none' };
    whyLink.value = LOADING;
  });
}

/** Stops the run; the answer before it stays. */
export function stopTraffic(): void {
  running?.abort(CALLED_OFF);
  trafficRun.value = { kind: 'none' };
  if (!trafficAnswer.peek()) changeTraffic({ isRun: false });
}

/** Whoever has seen enough gets an answer of the gap that was reached, certified like any other. */
export function enoughTraffic(): void {
  const state = trafficRun.peek();
  if (state.kind !== 'busy') return;
  // The later state has the larger gap to go; the first one has been through all of it.
  const last = state.gaps.at(-1);
  running?.abort(CALLED_OFF);
  changeTraffic({ gap: Math.max(reachedGap(last?.gap ?? 1), trafficAsk.peek().gap) });
  void runTraffic();
}

const asOf = (parameters: object): Pick<NewRun, 'model'> & Partial<NewRun> => {
  const { scenario: id } = wantedCity.peek();
  const wanted = { model: 'traffic-assignment', parameters: { ...parameters } };
  return id === undefined ? wanted : { ...wanted, scenario: id };
};

/** Computes the traffic that is asked for. */
export async function runTraffic(): Promise<void> {
  running?.abort(CALLED_OFF);
  const mine = new AbortController();
  running = mine;
  changeTraffic({ isRun: true });
  const [asked, ofBasis, sinceMs] = [trafficAsk.peek(), basis.peek(), Date.now()];
  trafficRun.value = { kind: 'busy', sinceMs, gaps: [] };
  const hear = (percent: number) => {
    const state = trafficRun.peek();
    const step = gapOfProgress(percent, asked.gap);
    if (mine.signal.aborted || state.kind !== 'busy' || !step) return;
    trafficRun.value = { ...state, gaps: [...state.gaps, { atMs: Date.now() - sinceMs, ...step }] };
  };
  try {
    const run = await followRun(asOf(parametersOf(asked)), mine.signal, hear);
    const result = await resultOf(run.id, mine.signal);
    if (mine.signal.aborted) return;
    batch(() => {
      trafficAnswer.value = { result, run: run.id, durationMs: run.durationMs, basis: ofBasis };
      trafficRun.value = { kind: 'none' };
    });
    announce(t('trafficDoneSpoken'));
    const { why } = trafficAsk.peek();
    if (why !== undefined) void explain(why);
  } catch (error) {
    if (mine.signal.aborted) return;
    const needsSignIn = error instanceof ServiceError && error.status === 401;
    trafficRun.value = { kind: 'failed', reason: reasonOf(error), needsSignIn };
  }
}

const resultOf = async (run: string, wanted: AbortSignal): Promise<TrafficResult> =>
  (
    await askService(addressIn('', `api/runs/${run}/result`), { signal: wanted })
  ).json() as Promise<TrafficResult>;

/** The run of the same question that also tells all trips from zone to zone, for files of other programs. */
export async function runWithTrips(): Promise<string> {
  const parameters = { ...parametersOf(trafficAsk.peek()), withMatrix: true };
  return (await followRun(asOf(parameters), new AbortController().signal, () => {})).id;
}

const ZONE = 'zone=';
/** As what a zone stands in the link, beside ids of links. */
export const subjectOfZone = (id: string): string => `${ZONE}${id}`;

/** Asks whose trips a link carries, or where the trips of a zone drive, and by which ways they come. */
export async function explain(subject: string): Promise<void> {
  explaining?.abort();
  const mine = new AbortController();
  explaining = mine;
  whyLink.value = LOADING;
  changeTraffic({ why: subject, map: 'why' });
  const zone = subject.startsWith(ZONE) ? subject.slice(ZONE.length) : undefined;
  const wanted = zone === undefined ? { selectLinks: [subject] } : { selectZones: [zone] };
  const parameters = { ...parametersOf(trafficAsk.peek()), ...wanted };
  await loadInto(
    whyLink,
    async () => {
      const run = await followRun(asOf(parameters), mine.signal, () => {});
      const { selected, selectedZones } = await resultOf(run.id, mine.signal);
      const told = selected[0] ?? (selectedZones[0] && asSelected(selectedZones[0]));
      if (!told) throw new Error('a run without the link or zone that it was asked for');
      return told;
    },
    () => !mine.signal.aborted,
  );
}

/** Both ways together, as the map draws them. */
const asSelected = ({ zone, startsPerH, endsPerH, links }: SelectedZone): SelectedLink => ({
  link: subjectOfZone(zone),
  vehPerH: startsPerH + endsPerH,
  pairs: [],
  links: links.map(({ id, fromVehPerH, toVehPerH }) => ({ id, vehPerH: fromVehPerH + toVehPerH })),
});

/** Back from one link to all of them. */
export function leaveWhy(): void {
  explaining?.abort();
  whyLink.value = LOADING;
  changeTraffic({ why: undefined, map: undefined });
}
