/**
 * Watches the quality of what is measured: reads what was written since it last did, lets the rules judge it, and writes
 * doubts, excesses and how far it got, all in one transaction. One server at a time does it; the next one goes on from
 * there. A value judged twice changes nothing, and none is passed over.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  EpisodeChange,
  StreamState,
  TimedValue,
  WatchedStream,
} from '../../core/live/quality/quality-rule.ts';
import { judgeThreshold, type ThresholdState } from '../../core/live/quality/threshold.ts';
import { type CityWatch, watchCity } from '../../core/live/quality/watch-city.ts';
import type { ThresholdDeclaration } from '../../core/live/sensor-kind.ts';

/** What is kept of a datastream between two values. */
export interface Remembered {
  readonly quality: StreamState;
  /** By id of the threshold. */
  readonly thresholds: Record<string, ThresholdState>;
}

export interface WatchedThreshold
  extends Pick<ThresholdDeclaration, 'direction' | 'enter' | 'leave' | 'afterS'> {
  readonly id: number;
  /** Code of a kind, for all its datastreams; else of one. */
  readonly kind: string | null;
  readonly datastreamId: number | null;
}

export interface Excess {
  readonly event: 'raised' | 'over';
  readonly thresholdId: number;
  readonly datastreamId: number;
  /** Since when, or when it was over. */
  readonly atMs: number;
  readonly value: number;
}

export interface NewValue extends TimedValue {
  readonly datastreamId: number;
}

/** What came of some values. */
export interface Findings {
  readonly episodes: readonly { readonly datastreamId: number; readonly change: EpisodeChange }[];
  readonly excesses: readonly Excess[];
  readonly remembered: ReadonlyMap<number, Remembered>;
}

/** What the store does for the watch (`server/store/quality.ts`). */
export interface QualityBook {
  streams(): Promise<readonly WatchedStream[]>;
  thresholds(): Promise<readonly WatchedThreshold[]>;
  remembered(): Promise<ReadonlyMap<number, Remembered>>;
  /**
   * In one transaction: reads what was written since the last time, the oldest first and not more than `limit`, and
   * writes what `judge` makes of it; nothing, and the values come again, when it makes nothing of them.
   * @returns how many were read
   */
  step(limit: number, judge: (values: readonly NewValue[]) => Findings | undefined): Promise<number>;
}

const PAUSE_MS = 1_000;
const AT_ONCE = 5_000;
/** New streams and changed thresholds are noticed after this time, and silence is looked for as often. */
const LOOK_AROUND_MS = 10_000;
/** Nobody needs an alert about what was over hours before it was heard of. */
const ALERT_WITHIN_MS = 6 * 3_600_000;

export async function watchQuality(book: QualityBook, signal: AbortSignal): Promise<void> {
  const remembered = new Map(await book.remembered());
  let watch: CityWatch = watchCity([]);
  let streams: readonly WatchedStream[] = [];
  let thresholds: readonly WatchedThreshold[] = [];
  let lookAroundAtMs = 0;

  const lookAround = async () => {
    streams = await book.streams();
    thresholds = await book.thresholds();
    watch = watchCity(streams, new Map([...remembered].map(([id, { quality }]) => [id, quality])));
    for (const { id } of streams) {
      const quality = watch.stateOf(id);
      if (quality !== undefined) remembered.set(id, { thresholds: {}, ...remembered.get(id), quality });
    }
  };

  const judge = (values: readonly NewValue[], hasLooked: boolean, mustLookForSilence: boolean): Findings => {
    const episodes: { datastreamId: number; change: EpisodeChange }[] = [];
    const excesses: Excess[] = [];
    const touched = new Map<number, Remembered>();
    const touch = (id: number) => {
      const memory = remembered.get(id);
      if (memory !== undefined) touched.set(id, memory);
      return memory;
    };
    const near = Date.now() - ALERT_WITHIN_MS;
    const judgeBy = (
      limits: readonly WatchedThreshold[],
      memory: Remembered,
      datastreamId: number,
      timeMs: number,
      value: number,
    ) => {
      for (const threshold of limits) {
        const state = memory.thresholds[threshold.id] ?? { sinceMs: undefined, stage: 'watching' };
        memory.thresholds[threshold.id] = state;
        const { sinceMs = timeMs } = state;
        const event = judgeThreshold(threshold, state, timeMs, value, timeMs >= near);
        if (event === undefined) continue;
        const atMs = event === 'raised' ? (state.sinceMs ?? sinceMs) : timeMs;
        excesses.push({ event, thresholdId: threshold.id, datastreamId, atMs, value });
      }
    };
    /** A threshold that nobody has judged by yet is judged by the last believed value, and waits for no other. */
    const judgeByNew = (limits: ReadonlyMap<number, readonly WatchedThreshold[]>) => {
      for (const [datastreamId, ofStream] of limits) {
        const memory = remembered.get(datastreamId);
        const last = memory?.quality.recent.at(-1);
        if (memory === undefined || last === undefined || Object.keys(memory.quality.open).length > 0)
          continue;
        const fresh = ofStream.filter(({ id }) => memory.thresholds[id] === undefined);
        if (fresh.length === 0) continue;
        touch(datastreamId);
        judgeBy(fresh, memory, datastreamId, ...last);
      }
    };
    const of = thresholdsByStream(streams, thresholds);
    for (const value of values) {
      const { datastreamId, timeMs } = value;
      const lastMs = watch.stateOf(datastreamId)?.lastMs;
      const { changes, isBelieved } = watch.take(datastreamId, value);
      episodes.push(...changes.map((change) => ({ datastreamId, change })));
      const memory = touch(datastreamId);
      if (!isBelieved || memory === undefined || (lastMs !== undefined && timeMs <= lastMs)) continue;
      judgeBy(of.get(datastreamId) ?? [], memory, datastreamId, timeMs, value.value);
    }
    if (hasLooked) judgeByNew(of);
    if (mustLookForSilence) {
      for (const { streamId, change } of watch.findSilent(Date.now())) {
        touch(streamId);
        episodes.push({ datastreamId: streamId, change });
      }
    }
    return { episodes, excesses, remembered: touched };
  };

  while (!signal.aborted) {
    const hasLooked = Date.now() >= lookAroundAtMs;
    if (hasLooked) {
      await lookAround();
      lookAroundAtMs = Date.now() + LOOK_AROUND_MS;
    }
    let isStrange = false;
    const count = await book.step(AT_ONCE, (values) => {
      isStrange = !hasLooked && values.some(({ datastreamId }) => watch.stateOf(datastreamId) === undefined);
      return isStrange ? undefined : judge(values, hasLooked, hasLooked && values.length < AT_ONCE);
    });
    if (isStrange) lookAroundAtMs = 0;
    else if (count < AT_ONCE) await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
  }
}

function thresholdsByStream(
  streams: readonly WatchedStream[],
  thresholds: readonly WatchedThreshold[],
): ReadonlyMap<number, readonly WatchedThreshold[]> {
  return new Map(
    streams.map(({ id, kind }) => [
      id,
      thresholds.filter((one) => one.datastreamId === id || (one.kind !== null && one.kind === kind?.code)),
    ]),
  );
}
