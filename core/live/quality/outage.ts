import { type EpisodeChange, note, type StreamState, type WatchedStream } from './quality-rule.ts';
import { span } from './say.ts';

/** So many values may be missing before it is an outage; one or two are a bad connection. */
const MISSED_VALUES = 4;
const LEEWAY_S = 120;

/** From this age of the last value on, seconds, a stream has an outage. */
export const outageAfterS = (intervalS: number): number => MISSED_VALUES * intervalS + LEEWAY_S;

/**
 * Rule `outage`: nothing came of the stream for longer than a few of its intervals. Asked when a value comes, of the
 * time between it and the one before: that also finds outages of the past.
 */
export function judgeGap(
  stream: WatchedStream,
  state: StreamState,
  timeMs: number,
): readonly EpisodeChange[] {
  const lastMs = latest(state.lastMs, state.aheadMs);
  if (lastMs === undefined) return [];
  return [...silence(stream, state, lastMs, timeMs), ...note(state, 'outage', timeMs, undefined)];
}

/** The same while nothing comes. What comes with old times (a sender makes up for lost ones) is heard all the same. */
export function judgeSilence(
  stream: WatchedStream,
  state: StreamState,
  nowMs: number,
): readonly EpisodeChange[] {
  const lastMs = latest(state.lastMs, state.heardMs);
  return lastMs === undefined ? [] : silence(stream, state, lastMs, nowMs);
}

const latest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

function silence(
  { intervalS }: WatchedStream,
  state: StreamState,
  lastMs: number,
  nowMs: number,
): readonly EpisodeChange[] {
  const silentMs = nowMs - lastMs;
  if (intervalS === undefined || silentMs <= outageAfterS(intervalS) * 1000) return [];
  return note(state, 'outage', nowMs, {
    fromMs: lastMs + intervalS * 1000,
    detail: { silentS: silentMs / 1000, intervalS },
    reason: {
      pl: `brak danych od ${span(silentMs)}; oczekiwane co ${span(intervalS * 1000)}`,
      en: `no data for ${span(silentMs)}; expected every ${span(intervalS * 1000)}`,
    },
  });
}
