import type { Layer } from '../../core/feature/layer.ts';
import { type Bbox, bboxOf } from '../../core/geo/bbox.ts';
import { boxGeometry } from '../../core/geo/box-geometry.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { cellSize } from './load-sql.ts';
import { type Sql, sql } from './sql.ts';

/** PostgreSQL's integer; a box of a wild CRS must not leave it. */
const LARGEST_CELL = 2 ** 31 - 1;

/**
 * A select of one row, `version`: the highest dataset version that changed anything of a layer within a box, 0
 * when nothing ever did. Any edit inside the box raises it, none outside (up to a cell of 256 m) does.
 */
export function tileVersionSql(layer: Layer, bbox: Bbox): Sql {
  const size = cellSize(crsOf(layer.srid).unit);
  const covered = boxGeometry(bbox, layer.srid);
  const stored = covered && bboxOf(covered, layer.srid);
  if (!stored) return sql`select 0::bigint as version`;
  const { minX, minY, maxX, maxY } = stored;
  const cell = (ordinate: number): Sql => sql`${cellOf(ordinate, size)}::integer`;
  return sql`select coalesce(max(version), 0) as version from twin.tile_cell
    where dataset = ${layer.dataset}::text and layer = ${layer.name}::text
      and cell_x between ${cell(minX)} and ${cell(maxX)} and cell_y between ${cell(minY)} and ${cell(maxY)}`;
}

function cellOf(ordinate: number, size: number): number {
  return Math.max(-LARGEST_CELL, Math.min(LARGEST_CELL, Math.floor(ordinate / size)));
}
