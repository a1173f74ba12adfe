/** What rules of quality speak in: values as they come, what is kept of a stream between them, and what they find. */
import type { Text } from '../../feature/layer.ts';
import type { SensorKind } from '../sensor-kind.ts';

/**
 * `range`: no instrument of the kind says that. `spike`: a jump that does not stay. `flat-line`: the very same value for
 * too long. `neighbours`: the sensors around say something else. `outage`: values stopped coming. `clock`: times that
 * had not come yet.
 */
export const QUALITY_RULES = ['range', 'spike', 'flat-line', 'neighbours', 'outage', 'clock'] as const;
export type QualityRule = (typeof QUALITY_RULES)[number];

/** A datastream as far as the rules need it. */
export interface WatchedStream {
  readonly id: number;
  /** Undefined where nobody declared the kind: then only range, outage and clock can be judged. */
  readonly kind: SensorKind | undefined;
  /** What the datastream itself declares counts before what its kind does. */
  readonly range: readonly [min: number, max: number] | undefined;
  /** Undefined where a silence says nothing. */
  readonly intervalS: number | undefined;
  /** Easting and northing, metres; undefined = it has no place and so no neighbours. */
  readonly at: readonly [number, number] | undefined;
  /** Its values are of the future by their nature. */
  readonly isForecast: boolean;
}

/** Milliseconds since 1970. */
export interface TimedValue {
  readonly timeMs: number;
  readonly value: number;
  readonly receivedMs: number;
  /** Its time had not come when it was received. */
  readonly isAhead: boolean;
}

type Point = [timeMs: number, value: number];

/** What is remembered of a stream, as plain data: kept in the database, and taken up where another server left it. */
export interface StreamState {
  /** Time of the newest value that was judged. */
  lastMs: number | undefined;
  /** When a value was received last, whatever its time. */
  heardMs: number | undefined;
  /** When a value was received last whose time had not come. */
  aheadMs: number | undefined;
  /** Values that are believed, the newest last; a few. */
  recent: Point[];
  /** Values in a row that jumped away, the newest last. */
  doubtful: Point[];
  flat: { value: number; fromMs: number; count: number } | undefined;
  /** What the place has more or less than its neighbours (log of a ratio, or a difference), and what that rests on. */
  usual: { level: number; weight: number; count: number; lastMs: number } | undefined;
  /** A disagreement with the neighbours that has not lasted long enough yet, or has just ended. */
  apart: { fromMs: number; count: number; calm: number } | undefined;
  /** Doubts that hold. */
  open: { [Rule in QualityRule]?: OpenEpisode };
}

interface OpenEpisode {
  fromMs: number;
  lastMs: number;
  count: number;
}

export const newState = (): StreamState => ({
  lastMs: undefined,
  heardMs: undefined,
  aheadMs: undefined,
  recent: [],
  doubtful: [],
  flat: undefined,
  usual: undefined,
  apart: undefined,
  open: {},
});

/** What a rule says against a value. */
export interface Oddity {
  /** Since when: of a flat line that is long before it is noticed. */
  readonly fromMs: number;
  readonly reason: Text;
  /** The numbers of the reason, by name. */
  readonly detail: Readonly<Record<string, number>>;
}

/** A doubt that begins (`toMs` null), ends, or turns out to have been none (`retracted`). Known by stream, rule, `fromMs`. */
export interface EpisodeChange {
  readonly rule: QualityRule;
  readonly fromMs: number;
  /** Time of the last value in doubt; null while it goes on. */
  readonly toMs: number | null;
  /** Values in doubt so far. */
  readonly count: number;
  readonly retracted: boolean;
  /** Absent where it stays as it was. */
  readonly reason?: Text;
  readonly detail?: Oddity['detail'];
}

/** Begins, continues or ends the doubt of a rule. */
export function note(
  state: StreamState,
  rule: QualityRule,
  timeMs: number,
  odd: Oddity | undefined,
): readonly EpisodeChange[] {
  const open = state.open[rule];
  if (odd === undefined) return open === undefined ? [] : [close(state, rule, open)];
  if (open !== undefined) {
    open.lastMs = timeMs;
    open.count++;
    return [];
  }
  state.open[rule] = { fromMs: odd.fromMs, lastMs: timeMs, count: 1 };
  const { fromMs, reason, detail } = odd;
  return [{ rule, fromMs, toMs: null, count: 1, retracted: false, reason, detail }];
}

/** Ends a doubt at the last value that it was about, or takes it back. */
export function close(
  state: StreamState,
  rule: QualityRule,
  { fromMs, lastMs, count }: OpenEpisode,
  retracted = false,
): EpisodeChange {
  delete state.open[rule];
  return { rule, fromMs, toMs: lastMs, count, retracted };
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
