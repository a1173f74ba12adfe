/** Puts several series on one axis of time. Pure. */
import type { Series } from './series.ts';

/** Null is a gap; undefined a time of another series, which interrupts no line. */
export type Cell = number | null | undefined;

export interface Aligned {
  /** Milliseconds since 1970, rising. */
  readonly times: readonly number[];
  /** One for each series, in their order. */
  readonly curves: readonly {
    readonly values: readonly Cell[];
    readonly lows: readonly Cell[];
    readonly highs: readonly Cell[];
  }[];
}

export function aligned(all: readonly Series[]): Aligned {
  const times = [...new Set(all.flatMap((series) => series.times))].sort((a, b) => a - b);
  return {
    times,
    curves: all.map((series) => {
      const rowOf = new Map(series.times.map((time, row) => [time, row]));
      const spread = (cells: readonly (number | null)[]): Cell[] =>
        times.map((time) => {
          const row = rowOf.get(time);
          return row === undefined ? undefined : cells[row];
        });
      return { values: spread(series.values), lows: spread(series.lows), highs: spread(series.highs) };
    }),
  };
}

/** Units in the order of their axes: left, then right. */
export function axesOf(units: readonly string[]): readonly string[] {
  return [...new Set(units)];
}

/** At most one axis on either side. */
export const MOST_AXES = 2;

/** The value of a series at a moment: that of the step which the moment lies in. */
export function valueAt(series: Series, atMs: number): number | null {
  let found: number | null = null;
  for (const [row, time] of series.times.entries()) {
    if (time > atMs) break;
    found = series.values[row] ?? null;
  }
  return found;
}

export const hasValues = (all: readonly Series[]): boolean =>
  all.some(({ values }) => values.some((value) => value !== null));
