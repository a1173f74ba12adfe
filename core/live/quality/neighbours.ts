import type { NeighbourLimit } from '../sensor-kind.ts';
import {
  type EpisodeChange,
  medianOf,
  note,
  type StreamState,
  type TimedValue,
  type WatchedStream,
} from './quality-rule.ts';
import { amount, span } from './say.ts';

/** With fewer around nobody can tell who of them is wrong. */
export const FEWEST_NEIGHBOURS = 3;
/** What a place usually has is not known before so many values. */
const FEWEST_LEARNED = 24;
/** What is usual changes with the seasons, not within a day. */
const LEARN_WITHIN_MS = 2 * 86_400_000;
/** So many values in a row that agree again end a disagreement. */
const CALM = 2;

/**
 * Rule `neighbours`: the value is far from what the median of the sensors around leads to expect at this place, for so
 * long. The median bears one liar among the neighbours; what makes a place different from the others is learned while
 * nothing is wrong.
 * @param around believed values of the neighbours at about this time
 */
export function judgeNeighbours(
  { kind }: WatchedStream,
  state: StreamState,
  { timeMs, value }: TimedValue,
  around: readonly number[],
): readonly EpisodeChange[] {
  const limit = kind?.neighbours;
  if (limit === undefined || around.length < FEWEST_NEIGHBOURS) return [];
  const middle = medianOf(around);
  const { usual } = state;
  const isKnown = usual !== undefined && usual.count >= FEWEST_LEARNED;
  const expected = expectedFrom(limit, middle, usual?.level ?? 0);
  const tolerated = limit.away + limit.share * Math.abs(expected);
  if (!isKnown || Math.abs(value - expected) <= tolerated) {
    learn(state, timeMs, offsetOf(limit, middle, value), weightOf(limit, middle));
    return agree(state, timeMs);
  }
  const apart = state.apart ?? { fromMs: timeMs, count: 0, calm: 0 };
  state.apart = { fromMs: apart.fromMs, count: apart.count + 1, calm: 0 };
  const lastedMs = timeMs - apart.fromMs;
  if (lastedMs < limit.afterS * 1000) return [];
  const symbol = kind?.unit.symbol;
  const [said, others] = [amount(value, symbol), amount(expected, symbol)];
  const most = amount(tolerated, symbol);
  return note(state, 'neighbours', timeMs, {
    fromMs: apart.fromMs,
    detail: { value, expected, tolerated, neighbours: around.length, lastedS: lastedMs / 1000 },
    reason: {
      pl: `${said.pl}, a z ${around.length} czujników wokół wynika ${others.pl} ± ${most.pl}; od ${span(lastedMs)}`,
      en: `${said.en}, while ${around.length} sensors around lead to expect ${others.en} ± ${most.en}; for ${span(lastedMs)}`,
    },
  });
}

const expectedFrom = ({ by }: NeighbourLimit, middle: number, level: number): number =>
  by === 'ratio' ? Math.exp(level) * middle : middle + level;

/** Keeps the ratio of nothing to nothing in bounds. */
const LEAST = 1e-3;

const offsetOf = ({ by, away }: NeighbourLimit, middle: number, value: number): number => {
  const least = LEAST * away;
  return by === 'ratio' ? Math.log(Math.max(least, value) / Math.max(least, middle)) : value - middle;
};

/** Ratios of small values are chance: they teach less. */
const weightOf = ({ by, away }: NeighbourLimit, middle: number): number =>
  by === 'ratio' ? Math.max(LEAST, middle / (middle + away)) : 1;

/** A mean by weight that forgets with time. */
function learn(state: StreamState, timeMs: number, offset: number, weight: number): void {
  const before = state.usual ?? { level: offset, weight: 0, count: 0, lastMs: timeMs };
  const kept = before.weight * Math.exp(-(timeMs - before.lastMs) / LEARN_WITHIN_MS);
  const level = before.level + (weight / (kept + weight)) * (offset - before.level);
  state.usual = { level, weight: kept + weight, count: before.count + 1, lastMs: timeMs };
}

function agree(state: StreamState, timeMs: number): readonly EpisodeChange[] {
  const { apart } = state;
  if (apart === undefined) return [];
  if (apart.calm + 1 < CALM) {
    state.apart = { ...apart, calm: apart.calm + 1 };
    return [];
  }
  state.apart = undefined;
  return note(state, 'neighbours', timeMs, undefined);
}
