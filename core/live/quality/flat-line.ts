import {
  type EpisodeChange,
  note,
  type StreamState,
  type TimedValue,
  type WatchedStream,
} from './quality-rule.ts';
import { amount, span } from './say.ts';

/** Fewer equal values than this are chance, however far apart they are. */
const FEWEST = 4;

/** Rule `flat-line`: the very same value for longer than a living sensor of the kind rests. */
export function judgeFlatLine(
  { kind }: WatchedStream,
  state: StreamState,
  { timeMs, value }: TimedValue,
): readonly EpisodeChange[] {
  const limit = kind?.flatLine;
  if (limit === undefined) return [];
  const { flat } = state;
  if (flat === undefined || flat.value !== value) {
    state.flat = { value, fromMs: timeMs, count: 1 };
    return note(state, 'flat-line', timeMs, undefined);
  }
  flat.count++;
  const lastedMs = timeMs - flat.fromMs;
  const mayRest = limit.restsAtOrBelow !== undefined && value <= limit.restsAtOrBelow;
  if (mayRest || flat.count < FEWEST || lastedMs < limit.afterS * 1000) return [];
  const said = amount(value, kind?.unit.symbol);
  return note(state, 'flat-line', timeMs, {
    fromMs: flat.fromMs,
    detail: { value, lastedS: lastedMs / 1000, limitS: limit.afterS },
    reason: {
      pl: `ta sama wartość ${said.pl} od ${span(lastedMs)}; dopuszczalne ${span(limit.afterS * 1000)}`,
      en: `the same value ${said.en} for ${span(lastedMs)}; ${span(limit.afterS * 1000)} is allowed`,
    },
  });
}
