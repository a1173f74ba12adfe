import type { SpikeLimit } from '../sensor-kind.ts';
import {
  close,
  type EpisodeChange,
  medianOf,
  note,
  type StreamState,
  type TimedValue,
  type WatchedStream,
} from './quality-rule.ts';
import { amount } from './say.ts';

/** Values that the next one is compared with: their median bears two bad ones among them. */
const COMPARED = 5;
const FEWEST = 3;
/** So many values in a row that agree are no spike but a new level. */
const MAKE_A_LEVEL = 3;
/** Values older than so many intervals say nothing of the next one. */
const LONGEST_MEMORY_INTERVALS = 8;
const SHORTEST_MEMORY_MS = 3_600_000;

/**
 * Rule `spike`: the value jumps away from the median of the last ones by more than its kind does. The doubt holds until
 * a value comes back; when a third one in a row stays with the others instead, what jumped was the city, and the doubt
 * is taken back. Keeps the values that are believed.
 */
export function judgeSpike(
  stream: WatchedStream,
  state: StreamState,
  now: TimedValue,
): readonly EpisodeChange[] {
  const { timeMs, value } = now;
  const limit = stream.kind?.spike;
  const memoryMs = Math.max(SHORTEST_MEMORY_MS, LONGEST_MEMORY_INTERVALS * 1000 * (stream.intervalS ?? 0));
  state.recent = state.recent.filter(([atMs]) => timeMs - atMs <= memoryMs);
  const before = state.recent.map(([, one]) => one);
  const middle = medianOf(before);
  if (limit === undefined || before.length < FEWEST || !isJump(limit, middle, value)) {
    return believe(state, [[timeMs, value]], false);
  }
  state.doubtful.push([timeMs, value]);
  const row = state.doubtful.slice(-MAKE_A_LEVEL);
  const level = medianOf(row.map(([, one]) => one));
  if (row.length === MAKE_A_LEVEL && row.every(([, one]) => !isJump(halved(limit), level, one))) {
    return believe(state, row, true);
  }
  const symbol = stream.kind?.unit.symbol;
  const [from, to] = [amount(middle, symbol), amount(value, symbol)];
  const most = amount(limit.jump + limit.share * Math.abs(middle), symbol);
  return note(state, 'spike', timeMs, {
    fromMs: timeMs,
    detail: { value, before: middle, limit: limit.jump + limit.share * Math.abs(middle) },
    reason: {
      pl: `skok z ${from.pl} na ${to.pl}; zwykłe zmiany są mniejsze niż ${most.pl}`,
      en: `a jump from ${from.en} to ${to.en}; usual changes are smaller than ${most.en}`,
    },
  });
}

const isJump = ({ jump, share }: SpikeLimit, from: number, to: number): boolean =>
  Math.abs(to - from) > jump + share * Math.abs(from);

const halved = ({ jump, share }: SpikeLimit): SpikeLimit => ({ jump: jump / 2, share: share / 2 });

function believe(
  state: StreamState,
  values: readonly (readonly [number, number])[],
  isNewLevel: boolean,
): readonly EpisodeChange[] {
  const kept = isNewLevel ? [] : state.recent;
  state.recent = [...kept, ...values.map(([atMs, one]): [number, number] => [atMs, one])].slice(-COMPARED);
  state.doubtful = [];
  const { spike } = state.open;
  return spike === undefined ? [] : [close(state, 'spike', spike, isNewLevel)];
}
