import { type Bbox, bboxOf } from '../geo/bbox.ts';
import type { Geometry } from '../geo/geometry.ts';
import type { StoredEdit } from '../wire/scenario.ts';
import { rowsOfEdit } from './rows-of-edit.ts';

/** What is this near to an edit may bear on it, metres. */
export const REACH_M = 64;

/**
 * Boxes of what an edit touches, before it and after it. City's CRS.
 * @param reachM and so far around: `REACH_M` for what may bear on it
 */
export function boxesOfEdit(edit: StoredEdit, reachM: number): readonly Bbox[] {
  const before = edit.objects.flatMap((object) => object.before?.geometry ?? []);
  const after = rowsOfEdit(edit).flatMap(({ feature }) => feature?.geometry ?? []);
  return [...before, ...after, ...zoneOf(edit)].flatMap((geometry) => around(geometry, reachM) ?? []);
}

/** What comes to stand in a zone belongs to it, far from all that is touched. */
function zoneOf({ edit }: StoredEdit): readonly Geometry[] {
  const isZone = edit.kind === 'slow-zone' || edit.kind === 'low-emission-zone';
  return isZone ? [{ type: 'Polygon', coordinates: [edit.area] }] : [];
}

function around(geometry: Geometry, reachM: number): Bbox | undefined {
  const box = bboxOf(geometry, 0);
  return (
    box && {
      minX: box.minX - reachM,
      minY: box.minY - reachM,
      maxX: box.maxX + reachM,
      maxY: box.maxY + reachM,
      srid: 0,
    }
  );
}
