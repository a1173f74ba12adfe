/** What the sensors say now. Plan, globe, panel and card read these signals; `follow-live.ts` writes them. */
import { computed, signal } from '@preact/signals';
import { type Freshness, freshnessOf, staleAfterS } from '../../core/live/freshness.ts';
import type { SensorsReply, WireDatastream, WireSensor } from '../../core/wire/live.ts';
import { SENSORS } from '../state/sensors-name.ts';
import { selection } from '../state/twin-state.ts';

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

export const sensors = signal<readonly WireSensor[]>([]);
export const connection = signal<Connection>({ kind: 'connecting' });
/** Whether sensors are drawn on the maps. */
export const sensorsShown = signal(true);
/** The present of the server, milliseconds; moves on every few seconds. */
export const nowMs = signal(Date.now());
/** Values as they came in, for whoever draws a curve; a new array each time. */
export const arrived = signal<readonly LiveObservation[]>([]);

export const selectedSensor = computed<WireSensor | undefined>(() => {
  const wanted = selection.value;
  return wanted?.layer === SENSORS ? sensors.value.find(({ id }) => String(id) === wanted.id) : undefined;
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
  const latest = new Map<number, LiveObservation>();
  for (const one of observations) {
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
  arrived.value = observations;
  return found < latest.size;
}

export function freshness({ latest, expectedIntervalS }: WireDatastream, atMs: number): Freshness {
  return freshnessOf(
    latest ? Date.parse(latest.phenomenonTime) : undefined,
    expectedIntervalS ?? undefined,
    atMs,
  );
}

const CAUTION: readonly Freshness[] = ['stale', 'none', 'unknown', 'fresh'];

/** A sensor is as fresh as the least fresh of what it measures. */
export function sensorFreshness(sensor: WireSensor, atMs: number): Freshness {
  const all = sensor.datastreams.map((datastream) => freshness(datastream, atMs));
  return CAUTION.find((one) => all.includes(one)) ?? 'none';
}

/** How much of its time the main value has left before it is stale: 1 = just measured, 0 = stale or unknown. */
export function shareLeft({ datastreams: [main] }: WireSensor, atMs: number): number {
  if (!main?.latest || main.expectedIntervalS === null) return 0;
  const ageS = (atMs - Date.parse(main.latest.phenomenonTime)) / 1000;
  return Math.max(0, Math.min(1, 1 - ageS / staleAfterS(main.expectedIntervalS)));
}
