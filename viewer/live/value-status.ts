/** What may be thought of a value: from its age, and from the doubts that rules have of it. */
import { freshnessOf } from '../../core/live/freshness.ts';
import type { WireDatastream, WireSensor } from '../../core/wire/live.ts';

export type ValueStatus = 'ok' | 'stale' | 'none' | 'unknown';

/** The least sure first: a sensor is as sure as the least sure of what it measures. */
const CAUTION: readonly ValueStatus[] = ['stale', 'none', 'unknown', 'ok'];

export function statusOf({ latest, expectedIntervalS }: WireDatastream, atMs: number): ValueStatus {
  const fresh = freshnessOf(
    latest ? Date.parse(latest.phenomenonTime) : undefined,
    expectedIntervalS ?? undefined,
    atMs,
  );
  return fresh === 'fresh' ? 'ok' : fresh;
}

export function sensorStatus({ datastreams }: WireSensor, atMs: number): ValueStatus {
  const all = datastreams.map((datastream) => statusOf(datastream, atMs));
  return CAUTION.find((status) => all.includes(status)) ?? 'none';
}
