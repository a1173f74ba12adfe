/** A stretch of what a datastream measured, at the resolution of a screen. */
import { staleAfterS } from './freshness.ts';

/** Values as they are, or their sums by stretches that begin at `t`. Days are those of the city. */
export const SERIES_STEPS = ['raw', '5min', 'hour', 'day'] as const;
export type SeriesStep = (typeof SERIES_STEPS)[number];

export const STEP_S = { '5min': 300, hour: 3_600, day: 86_400 } as const satisfies Record<
  Exclude<SeriesStep, 'raw'>,
  number
>;

export interface SeriesScope {
  readonly spanS: number;
  /** Points that the screen has room for. */
  readonly points: number;
  /** Seconds between values, where they are known. */
  readonly expectedIntervalS: number | undefined;
  /** Whether single values of the stretch are still kept, and sums of five minutes. */
  readonly keeps: { readonly raw: boolean; readonly fiveMinutes: boolean };
}

/**
 * Steps to show a stretch by, the finest first: each gives no more than the wanted points, except days, and none is
 * finer than the values themselves. Whether single values are few enough is seen when they are read.
 */
export function stepsFor({ spanS, points, expectedIntervalS, keeps }: SeriesScope): readonly SeriesStep[] {
  return SERIES_STEPS.filter((step) => {
    if (step === 'day') return true;
    if (step === 'raw') return keeps.raw && spanS <= points * (expectedIntervalS ?? spanS);
    if (step === '5min' && !keeps.fiveMinutes) return false;
    return STEP_S[step] >= (expectedIntervalS ?? 0) && spanS / STEP_S[step] <= points;
  });
}

/** One stretch of the time axis; `value` is the mean, or the value itself. Null = a value is missing here. */
export interface SeriesPoint {
  /** Milliseconds since 1970, UTC. */
  readonly atMs: number;
  readonly value: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly count: number;
  /** Values that were left out: of the future, or out of range. */
  readonly odd: number;
}

/**
 * Puts empty points where values were expected and none came, one for each stretch that is missing, so that a curve
 * breaks there. A pause that the freshness of a value allows for is none.
 * @param points in order
 */
export function withGaps(
  points: readonly SeriesPoint[],
  step: SeriesStep,
  expectedIntervalS: number | undefined,
): readonly SeriesPoint[] {
  const strideS = step === 'raw' ? expectedIntervalS : STEP_S[step];
  if (strideS === undefined) return points;
  const allowedS = Math.max(step === 'raw' ? 0 : 1.5 * strideS, staleAfterS(expectedIntervalS ?? 0));
  return points.flatMap((point, n) => {
    const next = points[n + 1];
    if (next === undefined || (next.atMs - point.atMs) / 1000 <= allowedS) return [point];
    const missing: SeriesPoint[] = [];
    // Days are not all as long: half a step before the next one there is nothing more to be missing.
    for (let atMs = point.atMs + strideS * 1000; atMs < next.atMs - strideS * 500; atMs += strideS * 1000) {
      missing.push({ atMs, value: null, min: null, max: null, count: 0, odd: 0 });
      // Single values have no stretches: one empty point breaks the curve.
      if (step === 'raw') break;
    }
    return [point, ...missing];
  });
}
