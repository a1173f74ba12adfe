/** What the sensors say now. Plan, globe, panel and card read these signals; `follow-live.ts` writes them. */
import { computed, signal } from '@preact/signals';
import { staleAfterS } from '../../core/live/freshness.ts';
import type { SensorsReply, WireDatastream, WireSensor } from '../../core/wire/live.ts';
import { kindsHidden } from '../state/live-view.ts';
import { SENSORS } from '../state/sensors-name.ts';
import { shownTime } from '../state/shown-time.ts';
import { selection } from '../state/twin-state.ts';
import { doubtAt, type Episode } from './episodes.ts';
import { latestIn, type Tracks } from './tracks.ts';

export type Connection =
  /** Never connected yet. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** Values are those from before; milliseconds of our own clock. */
  | { readonly kind: 'lost'; readonly sinceMs: number };

export type LiveObservation = Pick<
  NonNullable<WireDatastream['latest']>,
  'phenomenonTime' | 'result' | 'receivedAt'
> & {
  readonly datastream: number;
};

/** The sensors as they are now, also while another time is shown. */
export const sensors = signal<readonly WireSensor[]>([]);
export const connection = signal<Connection>({ kind: 'connecting' });
/** The present of the server, milliseconds; moves on every few seconds. */
export const nowMs = signal(Date.now());
/** The time that is shown: that of the present, or the one that somebody went to. */
export const atMs = computed(() => shownTime.value ?? nowMs.value);
/** What was measured in the window of another time, for playing it. */
export const tracks = signal<Tracks>(new Map());
/** What spoke against it there. */
export const trackDoubts = signal<readonly Episode[]>([]);
/** The state at one moment of another time, as the service told it. */
export const toldState = signal<
  { readonly atMs: number; readonly sensors: readonly WireSensor[] } | undefined
>(undefined);
/** Values as they came in, for whoever draws a curve; a new array each time. */
export const arrived = signal<readonly LiveObservation[]>([]);

/** The sensors at the time that is shown. */
export const shownSensors = computed<readonly WireSensor[]>(() => {
  const time = shownTime.value;
  if (time === undefined) return sensors.value;
  const told = toldState.value;
  if (told?.atMs === time) return told.sensors;
  const isAhead = time > nowMs.value;
  return sensors.value.map((sensor) => ({
    ...sensor,
    datastreams: sensor.datastreams.map((datastream) => {
      const source = (isAhead && forecastOf(sensor, datastream)) || datastream;
      return {
        ...datastream,
        method: source.method,
        latest: latestIn(tracks.value.get(source.id), time),
        doubt: isAhead ? null : doubtAt(trackDoubts.value, datastream.id, time),
      };
    }),
  }));
});

/** The datastream of a sensor that foretells what another one measures. */
export const forecastOf = (
  { datastreams }: WireSensor,
  { definition }: WireDatastream,
): WireDatastream | undefined =>
  datastreams.find((one) => one.method === 'forecast' && one.definition === definition);

const FORECAST_MS = 86_400_000;

/** How far beyond the present time can be shown: nothing is known there unless somebody foretells it. */
export const forecastMs = computed(() =>
  sensors.value.some(({ datastreams }) => datastreams.some(({ method }) => method === 'forecast'))
    ? FORECAST_MS
    : 0,
);

/** Those of them that the reader wants on the maps. */
export const sensorsOnMap = computed<readonly WireSensor[]>(() =>
  shownSensors.value.filter(({ kind }) => !kindsHidden.value.has(kind ?? '')),
);

export const selectedSensor = computed<WireSensor | undefined>(() => {
  const wanted = selection.value;
  return wanted?.layer === SENSORS
    ? shownSensors.value.find(({ id }) => String(id) === wanted.id)
    : undefined;
});

const isNewer = (one: { phenomenonTime: string }, than: WireDatastream['latest']): boolean =>
  than === null || Date.parse(one.phenomenonTime) > Date.parse(than.phenomenonTime);

/** A state read from the service; what came by event meanwhile and is newer stays. */
export function takeState({ sensors: read }: SensorsReply): void {
  const known = new Map(
    sensors.peek().flatMap(({ datastreams }) => datastreams.map((one) => [one.id, one.latest])),
  );
  sensors.value = read.map((sensor) => ({
    ...sensor,
    datastreams: sensor.datastreams.map((datastream) => {
      const before = known.get(datastream.id);
      return before && isNewer(before, datastream.latest) ? { ...datastream, latest: before } : datastream;
    }),
  }));
}

/** @returns whether a datastream is unknown, so that the state must be read anew */
export function takeObservations(observations: readonly LiveObservation[]): boolean {
  const foretelling = new Set(
    sensors
      .peek()
      .flatMap(({ datastreams }) =>
        datastreams.filter(({ method }) => method === 'forecast').map(({ id }) => id),
      ),
  );
  // What is foretold for later is not the present yet.
  const due = observations.filter(
    ({ datastream, phenomenonTime }) =>
      !(foretelling.has(datastream) && Date.parse(phenomenonTime) > nowMs.peek()),
  );
  const latest = new Map<number, LiveObservation>();
  for (const one of due) {
    const before = latest.get(one.datastream);
    if (before === undefined || isNewer(one, before)) latest.set(one.datastream, one);
  }
  let found = 0;
  sensors.value = sensors.peek().map((sensor) => {
    if (!sensor.datastreams.some(({ id }) => latest.has(id))) return sensor;
    return {
      ...sensor,
      datastreams: sensor.datastreams.map((datastream) => {
        const one = latest.get(datastream.id);
        if (one) found++;
        return one && isNewer(one, datastream.latest) ? { ...datastream, latest: one } : datastream;
      }),
    };
  });
  arrived.value = due;
  return found < latest.size;
}

/** How much of its time the main value has left before it is stale: 1 = just measured, 0 = stale or unknown. */
export function shareLeft({ datastreams: [main] }: WireSensor, atMs: number): number {
  if (!main?.latest || main.expectedIntervalS === null) return 0;
  const ageS = (atMs - Date.parse(main.latest.phenomenonTime)) / 1000;
  return Math.max(0, Math.min(1, 1 - ageS / staleAfterS(main.expectedIntervalS)));
}
