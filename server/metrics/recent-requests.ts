import type { DoorLoad } from '../../core/wire/operations.ts';
import type { AnsweredRequest } from '../http/answered-request.ts';

/** Upper bounds by which durations are told apart, seconds. */
export const DURATION_BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

interface Sums {
  requests: number;
  refused: number;
  failed: number;
  bytes: number;
  /** How many of each bound; the last are longer. */
  readonly durations: number[];
}

const MINUTE_MS = 60_000;

/** What was answered in the last minutes, by door: a row of sums for each minute. */
export class RecentRequests {
  readonly #minutes: number;
  readonly #now: () => number;
  readonly #kept = new Map<number, Map<string, Sums>>();

  constructor(minutes: number, now: () => number = () => performance.now()) {
    this.#minutes = minutes;
    this.#now = now;
  }

  add({ door, status, isComplete, bytes, seconds }: AnsweredRequest): void {
    const minute = Math.floor(this.#now() / MINUTE_MS);
    let doors = this.#kept.get(minute);
    if (!doors) {
      doors = new Map();
      this.#kept.set(minute, doors);
      this.#forget(minute);
    }
    const sums = doors.get(door) ?? noSums();
    doors.set(door, sums);
    sums.requests++;
    sums.bytes += bytes;
    // Whoever leaves, breaks off what was going well.
    if (status >= 500 || (!isComplete && status !== 499 && seconds !== undefined)) sums.failed++;
    else if (status >= 400 && status !== 499) sums.refused++;
    if (seconds !== undefined) {
      const found = DURATION_BOUNDS_S.findIndex((bound) => seconds <= bound);
      const index = found < 0 ? DURATION_BOUNDS_S.length : found;
      sums.durations[index] = (sums.durations[index] ?? 0) + 1;
    }
  }

  /** The busiest door first. */
  doors(): readonly DoorLoad[] {
    this.#forget(Math.floor(this.#now() / MINUTE_MS));
    const all = new Map<string, Sums>();
    for (const doors of this.#kept.values()) {
      for (const [door, sums] of doors) {
        const sum = all.get(door) ?? noSums();
        all.set(door, sum);
        sum.requests += sums.requests;
        sum.refused += sums.refused;
        sum.failed += sums.failed;
        sum.bytes += sums.bytes;
        for (const [index, count] of sums.durations.entries()) {
          sum.durations[index] = (sum.durations[index] ?? 0) + count;
        }
      }
    }
    return [...all]
      .map(([door, { durations, ...sums }]) => ({ door, ...sums, p95S: p95(durations) }))
      .toSorted((a, b) => b.requests - a.requests || (a.door < b.door ? -1 : 1));
  }

  #forget(now: number): void {
    for (const minute of this.#kept.keys()) if (minute <= now - this.#minutes) this.#kept.delete(minute);
  }
}

const noSums = (): Sums => ({
  ...{ requests: 0, refused: 0, failed: 0, bytes: 0 },
  durations: Array<number>(DURATION_BOUNDS_S.length + 1).fill(0),
});

function p95(durations: readonly number[]): number | null {
  const all = durations.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [index, count] of durations.entries()) {
    seen += count;
    if (all > 0 && seen >= 0.95 * all) return DURATION_BOUNDS_S[index] ?? null;
  }
  return null;
}
