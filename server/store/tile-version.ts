import type { Layer } from '../../core/feature/layer.ts';
import { type Bbox, bboxOf } from '../../core/geo/bbox.ts';
import { boxGeometry } from '../../core/geo/box-geometry.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { View } from '../access/view.ts';
import { cellSize } from './load-sql.ts';
import { NOTHING, type Sql, sql } from './sql.ts';

/** PostgreSQL's integer; a box of a wild CRS must not leave it. */
const LARGEST_CELL = 2 ** 31 - 1;

/** The state of the city that a version speaks of. */
export type State = Pick<View, 'at' | 'scenario'>;

/**
 * A select of one row, `version` (text): the highest dataset version that changed anything of a layer within a box,
 * `0` when nothing ever did. Any edit inside the box changes it, none outside (up to a cell of 256 m) does. At a
 * moment it is the present version as long as nothing has changed since; in a scenario that of its base where it
 * has changed nothing.
 */
export function tileVersionSql(layer: Layer, bbox: Bbox, state: State): Sql {
  const cells = cellsOf(layer, bbox);
  if (!cells) return sql`select '0'::text as version`;
  const within = sql`cell_x between ${cells.minX}::integer and ${cells.maxX}::integer
    and cell_y between ${cells.minY}::integer and ${cells.maxY}::integer`;
  return versionSql(
    sql`select max(version) as latest from twin.tile_cell
      where dataset = ${layer.dataset}::text and layer = ${layer.name}::text and ${within}`,
    (id) => sql`select max(version) from twin.scenario_cell
      where scenario_id = ${id}::text and layer = ${layer.name}::text and ${within}`,
    state,
  );
}

/** Cells of `tile_cell`, the first and the last. */
export type CellBox = Omit<Bbox, 'srid'>;

/** The cells of a layer that a box of any CRS touches; undefined where it lies out of the layer's CRS. */
export function cellsOf(layer: Layer, bbox: Bbox): CellBox | undefined {
  const size = cellSize(crsOf(layer.srid).unit);
  const covered = boxGeometry(bbox, layer.srid);
  const stored = covered && bboxOf(covered, layer.srid);
  if (!stored) return undefined;
  const { minX, minY, maxX, maxY } = stored;
  return {
    ...{ minX: cellOf(minX, size), minY: cellOf(minY, size) },
    ...{ maxX: cellOf(maxX, size), maxY: cellOf(maxY, size) },
  };
}

/** The same for a whole layer. */
export function layerVersionSql(layer: Layer, state: State): Sql {
  return versionSql(
    sql`select max(version) as latest from twin.layer_status
      where dataset = ${layer.dataset}::text and layer = ${layer.name}::text`,
    (id) => sql`select max(version) from twin.scenario_cell
      where scenario_id = ${id}::text and layer = ${layer.name}::text`,
    state,
  );
}

/**
 * Versions of a dataset grow in the order of their moments, so the highest tells whether anything came later. Where a
 * scenario has changed nothing it has the versions of its base.
 */
function versionSql(latest: Sql, ofScenario: (id: string) => Sql, { at, scenario }: State): Sql {
  const moment = scenario?.base ?? at;
  if (!moment) return sql`select coalesce(latest, 0)::text as version from (${latest}) as present`;
  const edited = scenario
    ? sql` || coalesce(${`.${scenario.id}.`}::text || (${ofScenario(scenario.id)})::text, '')`
    : NOTHING;
  return sql`select coalesce(latest, 0)::text || case when made.recorded_at > ${moment.toISOString()}::timestamptz
      then ${`@${moment.getTime()}`}::text else '' end${edited} as version
    from (${latest}) as present left join twin.dataset_version as made on made.version = latest`;
}

function cellOf(ordinate: number, size: number): number {
  return Math.max(-LARGEST_CELL, Math.min(LARGEST_CELL, Math.floor(ordinate / size)));
}
