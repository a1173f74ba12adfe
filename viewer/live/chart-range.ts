/** What stretch of time a chart shows, and how it is moved and stretched. Pure. */
import type { ChartRange, ChartSpan } from '../state/live-view.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const SPAN_MS: Readonly<Record<ChartSpan, number>> = {
  hour: HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  year: 365 * DAY_MS,
};

const SHORTEST_MS = 10 * 60_000;
const LONGEST_MS = 20 * SPAN_MS.year;
/** Share of the width that may lie beyond the last moment of which anything can be known. */
const BEYOND = 0.1;

export type Stretch = readonly [fromMs: number, toMs: number];

/** The stretch of a range when that time is shown. */
export const stretchOf = (range: ChartRange, shownMs: number): Stretch =>
  'span' in range ? [shownMs - SPAN_MS[range.span], shownMs] : [range.fromMs, range.toMs];

/**
 * Stretches time about a moment.
 * @param factor below 1 shows less time
 * @param lastMs the last moment of which anything can be known
 */
export function zoomed([fromMs, toMs]: Stretch, factor: number, aboutMs: number, lastMs: number): ChartRange {
  const width = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, (toMs - fromMs) * factor));
  const share = (aboutMs - fromMs) / (toMs - fromMs);
  return kept(aboutMs - share * width, width, lastMs);
}

/** Moves to later times, or to earlier ones by a negative number. */
export const moved = ([fromMs, toMs]: Stretch, byMs: number, lastMs: number): ChartRange =>
  kept(fromMs + byMs, toMs - fromMs, lastMs);

function kept(fromMs: number, width: number, lastMs: number): ChartRange {
  const from = Math.round(Math.min(fromMs, lastMs + BEYOND * width - width));
  return { fromMs: from, toMs: Math.round(from + width) };
}
