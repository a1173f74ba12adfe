import { bboxOf } from '../../core/geo/bbox.ts';
import type { PlanBox } from '../state/twin-state.ts';
import type { Mark } from './compared-city.ts';

/** Least and greatest easting and northing; undefined without marks. */
export function boxOfMarks(marks: readonly Mark[]): PlanBox | undefined {
  const boxes = marks.flatMap(({ geometry }) => bboxOf(geometry, 2177) ?? []);
  if (boxes.length === 0) return undefined;
  return [
    Math.min(...boxes.map(({ minX }) => minX)),
    Math.min(...boxes.map(({ minY }) => minY)),
    Math.max(...boxes.map(({ maxX }) => maxX)),
    Math.max(...boxes.map(({ maxY }) => maxY)),
  ];
}
