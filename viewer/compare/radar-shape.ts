import { commonBefore } from '../../core/analysis/consequences/common-before.ts';
import type { Row } from './consequence-words.ts';

export interface RadarAxis {
  readonly row: Row;
  /** One for each scenario: 0 in the middle is nothing, 0.5 is as today, 1 is twice as much or more. */
  readonly values: readonly number[];
}

const MOST_AXES = 10;

/**
 * Indicators that some scenario changes and that are today the same for all, and more than nothing: the largest changes
 * first.
 */
export function radarAxes(rows: readonly Row[]): readonly RadarAxis[] {
  return rows
    .flatMap((row) => {
      const before = commonBefore(row)?.value;
      if (before === undefined || before <= 0) return [];
      const values = row.cells.map(({ delta = 0 }) =>
        Math.max(0, Math.min(1, (before + delta) / before / 2)),
      );
      const largest = Math.max(...values.map((value) => Math.abs(value - 0.5)));
      return largest > 0 ? [{ row, values, largest }] : [];
    })
    .toSorted((a, b) => b.largest - a.largest)
    .slice(0, MOST_AXES);
}

/** A point on an axis; the first axis points up, the others follow clockwise. */
export function radarPoint(
  index: number,
  count: number,
  value: number,
  radius: number,
  middle: number,
): readonly [x: number, y: number] {
  const angle = (2 * Math.PI * index) / count - Math.PI / 2;
  return [middle + Math.cos(angle) * radius * value, middle + Math.sin(angle) * radius * value];
}
