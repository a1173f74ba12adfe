/** Versions of what tiles of 3D objects hold. */
import type { CancelSignal } from '../../core/cancel.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { buildingGrid, cellBounds, type TileCell } from '../../tiles/tileset/building-grid.ts';
import type { AreaVersions } from './area-versions.ts';
import { type Relation, rowsOf } from './relation.ts';
import { join, type Sql, sql, trusted } from './sql.ts';
import type { State } from './tile-version.ts';

/**
 * A select of one row, `version` (text), of the rows in a tile themselves: an edit changes its own tile, and none of
 * those around it.
 * @param tile expression of the tile of a row, as the index has it
 * @param shown which rows tiles hold
 */
export function rowsVersionSql(
  relation: Relation,
  tile: Sql,
  { z, x, y }: TileCell,
  shown: Sql = trusted('true'),
): Sql {
  const { stamped } = relation;
  // What a scenario has changed has no stamps: there it is told by all that it says.
  const [rows, stamp] = stamped
    ? [join(stamped.branches, ' union all '), sql`int8send(row_id) || xidsend(row_stamp)`]
    : [rowsOf(relation), sql`convert_to(relation::text, 'UTF8')`];
  return sql`select coalesce(encode(sha256(string_agg(${stamp}, ''::bytea order by id)), 'hex'), '0') as version
    from (${rows}) as relation where ${shown} and ${tile} = ${`${z}/${x}/${y}`}::text`;
}

/** Of all that lies in a cell of the first level or below it, asked for together with what others ask for. */
export async function versionUnder(
  versions: AreaVersions,
  layer: Layer,
  root: TileCell,
  state: State,
  signal: CancelSignal,
): Promise<string> {
  const area = cellBounds(buildingGrid(layer.srid), root);
  const [version = '0'] = await versions.of([{ layer, area }], state, signal);
  return version;
}
