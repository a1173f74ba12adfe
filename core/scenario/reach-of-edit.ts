import { type Bbox, bboxOf } from '../geo/bbox.ts';
import type { Geometry } from '../geo/geometry.ts';
import type { StoredEdit } from '../wire/scenario.ts';
import { rowsOfEdit } from './rows-of-edit.ts';

/** What is this near to an edit may bear on it, metres. */
export const REACH_M = 64;

/** Boxes of what an edit touches, before it and after it, and as far around as something may bear on it. City's CRS. */
export function reachOfEdit(edit: StoredEdit): readonly Bbox[] {
  const before = edit.objects.flatMap((object) => object.before?.geometry ?? []);
  const after = rowsOfEdit(edit).flatMap(({ feature }) => feature?.geometry ?? []);
  return [...before, ...after].flatMap((geometry) => around(geometry) ?? []);
}

function around(geometry: Geometry): Bbox | undefined {
  const box = bboxOf(geometry, 0);
  return (
    box && {
      minX: box.minX - REACH_M,
      minY: box.minY - REACH_M,
      maxX: box.maxX + REACH_M,
      maxY: box.maxY + REACH_M,
      srid: 0,
    }
  );
}
