/** The rules of quality let loose on simulated days, without a database. */
import { transformBetween } from '../geo/crs.ts';
import type { EpisodeChange, WatchedStream } from '../live/quality/quality-rule.ts';
import { watchCity } from '../live/quality/watch-city.ts';
import { sensorKindOf } from '../live/sensor-kinds.ts';
import type { FoundEpisode } from './detection-score.ts';
import type { DemoSensor } from './sensors.ts';
import { type SimulatedFault, simulatedDay } from './simulated-day.ts';

const DAY_MS = 86_400_000;
const TICK_MS = 60_000;
/** What every receiver allows clocks to be ahead. */
const CLOCK_LEEWAY_MS = 120_000;

const toPlane = transformBetween(4326, 2177);

/** A quiet day, and then one with faults: what was made, and what the rules found in both. */
export function detectSimulated(
  sensors: readonly DemoSensor[],
  { seed, startMs }: { readonly seed: number; readonly startMs: number },
): { readonly faults: readonly SimulatedFault[]; readonly episodes: readonly FoundEpisode[] } {
  const day = simulatedDay(sensors, { seed, startMs: startMs + DAY_MS });
  const streams = day.streams.map(({ sensor, stream }, id): WatchedStream => {
    const [place] = sensor.thing.locations;
    return {
      id,
      kind: sensorKindOf(stream.measure.observedProperty),
      range: undefined,
      intervalS: stream.intervalS,
      at: place && (toPlane(place.location.coordinates as [number, number]) as [number, number]),
      isForecast: false,
    };
  });
  const watch = watchCity(streams);
  const found = new Map<string, FoundEpisode>();
  const keep = (id: number, { rule, fromMs, toMs, retracted }: EpisodeChange, knownMs: number) => {
    const one = day.streams[id];
    const key = `${id} ${rule} ${fromMs}`;
    if (one === undefined) return;
    if (retracted) {
      found.delete(key);
      return;
    }
    found.set(key, {
      rule,
      thing: one.sensor.thing.externalId ?? '',
      datastream: one.stream.measure.observedProperty.name,
      fromMs,
      toMs: toMs ?? startMs + 2 * DAY_MS,
      knownMs: found.get(key)?.knownMs ?? knownMs,
    });
  };
  for (let nowMs = startMs; nowMs < startMs + 2 * DAY_MS; nowMs += TICK_MS) {
    for (const [id, { stream, sentAt }] of day.streams.entries()) {
      if (nowMs % (stream.intervalS * 1000) !== 0) continue;
      const sent = sentAt(nowMs);
      if (sent === undefined) continue;
      const value = { ...sent, receivedMs: nowMs, isAhead: sent.timeMs > nowMs + CLOCK_LEEWAY_MS };
      for (const change of watch.take(id, value).changes) keep(id, change, nowMs);
    }
    for (const { streamId, change } of watch.findSilent(nowMs)) keep(streamId, change, nowMs);
  }
  return { faults: day.faults, episodes: [...found.values()] };
}
