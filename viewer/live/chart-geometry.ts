import type { Reading } from './history.ts';

export interface ChartBox {
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Curve {
  /** SVG paths of stretches without a gap; a lone value is a stretch of no length. */
  readonly stretches: readonly string[];
  readonly low: number;
  readonly high: number;
}

/** More than this many intervals without a value is a gap, and stays one. */
const GAP_INTERVALS = 2.5;

/** The line of the readings in a box, y downwards; undefined without any. */
export function curveOf(
  readings: readonly Reading[],
  expectedIntervalS: number | null,
  { width, height, fromMs, toMs }: ChartBox,
): Curve | undefined {
  const shown = readings.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  if (shown.length === 0) return undefined;
  const values = shown.map(({ value }) => value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const gapMs =
    expectedIntervalS === null ? Number.POSITIVE_INFINITY : GAP_INTERVALS * expectedIntervalS * 1000;
  const place = ({ atMs, value }: Reading) => {
    const x = ((atMs - fromMs) / (toMs - fromMs)) * width;
    const y = high === low ? height / 2 : height * (1 - (value - low) / (high - low));
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  const stretches: Reading[][] = [];
  for (const reading of shown) {
    const current = stretches.at(-1);
    const last = current?.at(-1);
    if (current && last && reading.atMs - last.atMs <= gapMs) current.push(reading);
    else stretches.push([reading]);
  }
  return {
    low,
    high,
    stretches: stretches.map((part) => `M${part.map(place).join('L')}${part.length === 1 ? 'h0.01' : ''}`),
  };
}
