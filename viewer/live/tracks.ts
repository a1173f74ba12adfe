/** What datastreams measured over a stretch of time, for showing any moment of it without asking again. */
import type { WireDatastream } from '../../core/wire/live.ts';

export interface Track {
  /** Milliseconds since 1970, rising. */
  readonly times: readonly number[];
  /** One for each time; null where a value was expected and none came. */
  readonly values: readonly (number | null)[];
}

/** By id of the datastream. */
export type Tracks = ReadonlyMap<number, Track>;

/** A silence longer than this is none that a value speaks for. */
const LONGEST_MS = 6 * 3_600_000;

/** The newest value up to a moment; null where none came lately. */
export function latestIn(track: Track | undefined, atMs: number): WireDatastream['latest'] {
  if (track === undefined) return null;
  const { times, values } = track;
  for (let index = lastUpTo(times, atMs); index >= 0; index--) {
    const [time, value] = [times[index], values[index]];
    if (time === undefined || atMs - time > LONGEST_MS) return null;
    if (value === null || value === undefined) continue;
    const phenomenonTime = new Date(time).toISOString();
    return { phenomenonTime, result: value, receivedAt: phenomenonTime };
  }
  return null;
}

/** Index of the last time up to a moment; −1 before the first. */
function lastUpTo(times: readonly number[], atMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
