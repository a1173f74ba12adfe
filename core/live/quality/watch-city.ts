/** The rules over all streams of a city at once, value by value. Knows no database: what it remembers is plain data. */
import { judgeClock } from './clock.ts';
import { judgeFlatLine } from './flat-line.ts';
import { judgeNeighbours } from './neighbours.ts';
import { judgeGap, judgeSilence } from './outage.ts';
import {
  type EpisodeChange,
  newState,
  note,
  type StreamState,
  type TimedValue,
  type WatchedStream,
} from './quality-rule.ts';
import { judgeRange } from './range.ts';
import { judgeSpike } from './spike.ts';

/** What a value brought about. */
export interface Judged {
  readonly changes: readonly EpisodeChange[];
  /** Whether the value is believed as it stands now. */
  readonly isBelieved: boolean;
}

export interface CityWatch {
  /** Judges the next value of a stream; of one city in the order of time, as far as they come so. */
  take(streamId: number, value: TimedValue): Judged;
  /** Finds streams that fell silent. @returns what began, by id of the stream */
  findSilent(nowMs: number): readonly { readonly streamId: number; readonly change: EpisodeChange }[];
  /** What is remembered of a stream; changed by `take` and `findSilent`. */
  stateOf(streamId: number): StreamState | undefined;
}

interface Watched {
  readonly stream: WatchedStream;
  readonly state: StreamState;
  readonly neighbours: readonly Watched[];
}

/** The nearest say enough. */
const MOST_NEIGHBOURS = 8;
/** Neighbours' values count while they are not older than so many of their intervals. */
const NEIGHBOUR_INTERVALS = 2;
const DEFAULT_INTERVAL_S = 3_600;

const NOTHING: Judged = { changes: [], isBelieved: true };

/** @param states what was remembered of streams before, by id; taken over and changed */
export function watchCity(
  streams: readonly WatchedStream[],
  states: ReadonlyMap<number, StreamState> = new Map(),
): CityWatch {
  const watched = new Map<number, Watched & { neighbours: Watched[] }>(
    streams.map((stream) => [
      stream.id,
      { stream, state: states.get(stream.id) ?? newState(), neighbours: [] },
    ]),
  );
  connectNeighbours([...watched.values()]);
  return {
    take(streamId, value) {
      const one = watched.get(streamId);
      return one === undefined || one.stream.isForecast ? NOTHING : judge(one, value);
    },
    findSilent: (nowMs) =>
      [...watched.values()].flatMap(({ stream, state }) =>
        stream.isForecast
          ? []
          : judgeSilence(stream, state, nowMs).map((change) => ({ streamId: stream.id, change })),
      ),
    stateOf: (streamId) => watched.get(streamId)?.state,
  };
}

function judge({ stream, state, neighbours }: Watched, value: TimedValue): Judged {
  const { timeMs, receivedMs } = value;
  state.heardMs = Math.max(receivedMs, state.heardMs ?? receivedMs);
  const isLate = state.lastMs !== undefined && timeMs <= state.lastMs;
  const odd = judgeRange(stream, value);
  // What came late is not part of the row any more; out of range it is for itself.
  if (isLate) return isLateChange(state, value, odd);
  const changes = [...judgeGap(stream, state, value.isAhead ? receivedMs : timeMs)];
  if (value.isAhead) {
    state.aheadMs = receivedMs;
    changes.push(...note(state, 'clock', receivedMs, judgeClock(value)));
    return { changes, isBelieved: false };
  }
  state.lastMs = timeMs;
  changes.push(...note(state, 'clock', receivedMs, undefined), ...note(state, 'range', timeMs, odd));
  if (odd === undefined) {
    changes.push(...judgeFlatLine(stream, state, value), ...judgeSpike(stream, state, value));
    if (state.doubtful.length === 0) {
      changes.push(...judgeNeighbours(stream, state, value, believedAround(neighbours, timeMs)));
    }
  }
  return { changes, isBelieved: isTrusted(state) };
}

/** An outage is over with the next value; every other doubt that holds is about the values themselves. */
const isTrusted = ({ open }: StreamState): boolean =>
  open.range === undefined &&
  open.spike === undefined &&
  open['flat-line'] === undefined &&
  open.neighbours === undefined &&
  open.clock === undefined;

function isLateChange(
  state: StreamState,
  { timeMs, isAhead }: TimedValue,
  odd: ReturnType<typeof judgeRange>,
): Judged {
  if (odd === undefined || state.open.range !== undefined) return { changes: [], isBelieved: !isAhead };
  const { fromMs, reason, detail } = odd;
  const change = { rule: 'range' as const, fromMs, toMs: timeMs, count: 1, retracted: false, reason, detail };
  return { changes: [change], isBelieved: false };
}

function believedAround(neighbours: readonly Watched[], timeMs: number): readonly number[] {
  return neighbours.flatMap(({ stream, state }) => {
    const newest = state.recent.at(-1);
    const limitMs = NEIGHBOUR_INTERVALS * 1000 * (stream.intervalS ?? DEFAULT_INTERVAL_S);
    return newest !== undefined && isTrusted(state) && Math.abs(timeMs - newest[0]) <= limitMs
      ? [newest[1]]
      : [];
  });
}

/** Streams of one kind within its distance, by cells of that size, so that a thousand stations are no million pairs. */
function connectNeighbours(all: readonly (Watched & { neighbours: Watched[] })[]): void {
  const cells = new Map<string, (Watched & { neighbours: Watched[] })[]>();
  const cellOf = (code: string, column: number, row: number) => `${code} ${column} ${row}`;
  const placed = all.flatMap((one) => {
    const { kind, at, isForecast } = one.stream;
    const withinM = kind?.neighbours?.withinM;
    if (kind === undefined || withinM === undefined || at === undefined || isForecast) return [];
    return [{ one, code: kind.code, withinM, at }];
  });
  for (const { one, code, withinM, at } of placed) {
    const key = cellOf(code, Math.floor(at[0] / withinM), Math.floor(at[1] / withinM));
    cells.set(key, [...(cells.get(key) ?? []), one]);
  }
  for (const { one, code, withinM, at } of placed) {
    const [column, row] = [Math.floor(at[0] / withinM), Math.floor(at[1] / withinM)];
    const around: { readonly other: Watched; readonly awayM: number }[] = [];
    for (let step = 0; step < 9; step++) {
      const near = cells.get(cellOf(code, column + (step % 3) - 1, row + Math.floor(step / 3) - 1)) ?? [];
      for (const other of near) {
        const place = other.stream.at;
        if (other === one || place === undefined) continue;
        const awayM = Math.hypot(place[0] - at[0], place[1] - at[1]);
        if (awayM <= withinM) around.push({ other, awayM });
      }
    }
    around.sort((a, b) => a.awayM - b.awayM);
    one.neighbours.push(...around.slice(0, MOST_NEIGHBOURS).map(({ other }) => other));
  }
}
