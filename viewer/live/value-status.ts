/** What may be thought of the values that are shown, at the time that is shown. */
import { type ValueStatus, valueStatus } from '../../core/live/value-status.ts';
import type { WireDatastream, WireSensor } from '../../core/wire/live.ts';

/** The least sure first: a sensor is as sure as the least sure of what it measures. */
const CAUTION: readonly ValueStatus[] = ['outage', 'suspect', 'stale', 'none', 'estimated', 'forecast', 'ok'];

/** As the service reckons it, for a page that is open grows older than the answer it has. */
export function statusOf(
  { latest, expectedIntervalS, method, doubt }: WireDatastream,
  atMs: number,
): ValueStatus {
  const ageS = latest ? (atMs - Date.parse(latest.phenomenonTime)) / 1000 : undefined;
  return valueStatus(method, ageS, expectedIntervalS ?? undefined, doubt?.rule);
}

export function sensorStatus({ datastreams }: WireSensor, atMs: number): ValueStatus {
  const all = datastreams.map((datastream) => statusOf(datastream, atMs));
  return CAUTION.find((status) => all.includes(status)) ?? 'none';
}
