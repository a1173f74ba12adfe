/** The sister rows of a scenario: what its edits make of the city, and which tiles that touches. */
import type { Layer } from '../../core/feature/layer.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { objectKey, type ScenarioRow } from '../../core/scenario/scenario-row.ts';
import type { Connection } from './connection.ts';
import { COLUMN_TYPES, cellSize } from './load-sql.ts';
import { sisterOf } from './register-table.ts';
import { relationAsOf, rowsOf } from './relation.ts';
import { join, name, type Sql, sql, trusted } from './sql.ts';
import { STAGING_HEAD, stageRow } from './staged-row.ts';

/** A scenario while it is being changed, in the transaction that holds its lock. */
export interface ScenarioUnderChange {
  readonly id: string;
  readonly base: Date;
  /** The revision that the change makes. */
  readonly revision: number;
}

/**
 * Brings the sister rows of some objects to what the scenario makes of them, and marks the cells where they were and
 * are.
 * @param made by `objectKey`; an object that is not there is as in the base
 * @param layers those that scenarios can change
 * @returns names of the layers in which the scenario now differs from its base
 */
export async function writeScenarioRows(
  connection: Connection,
  scenario: ScenarioUnderChange,
  made: ReadonlyMap<string, ScenarioRow>,
  touched: readonly { readonly layer: string; readonly id: string }[],
  layers: readonly Layer[],
): Promise<readonly string[]> {
  for (const layer of layers) {
    const objects = touched.filter((object) => object.layer === layer.name);
    if (objects.length === 0) continue;
    const ids = objects.map(({ id }) => id);
    const rows = objects.flatMap((object) => made.get(objectKey(object)) ?? []);
    const touch = touchCellsSql(scenario, layer, ids);
    await connection.run(touch);
    await connection.run(
      sql`delete from ${sisterOf(layer)} where scenario_id = ${scenario.id}::text and id = any(${ids}::text[])`,
    );
    await connection.run(insertSql(scenario, layer, rows));
    await connection.run(touch);
  }
  const [marked] = await connection.run<{ layers: readonly string[] }>(markLayersSql(scenario, layers));
  return marked?.layers ?? [];
}

function insertSql({ id }: ScenarioUnderChange, layer: Layer, rows: readonly ScenarioRow[]): Sql {
  const values = rows.map((row) => ({
    id: row.id,
    is_deleted: row.feature === undefined,
    ...(row.feature && storedValues(row.feature, layer)),
  }));
  const columns = layer.properties.map(({ name: column }) => name(column));
  const texts = layer.properties.map((_, index) => sql`, ${name(`p${index}`)} text`);
  const typed = layer.properties.map(
    ({ type }, index) => sql`, ${name(`p${index}`)}::${trusted(COLUMN_TYPES[type])}`,
  );
  return sql`insert into ${sisterOf(layer)} (scenario_id, id, geom, is_deleted, ${join(columns, ', ')})
    select ${id}::text, id, geom::geometry, is_deleted${join(typed, '')}
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as made(id text, geom text, is_deleted boolean${join(texts, '')})`;
}

/** The same checks and forms as for what is loaded. */
function storedValues(feature: Parameters<typeof stageRow>[0], layer: Layer): Record<string, string | null> {
  const row = stageRow(feature, layer, { seq: 1, srid: layer.srid, ended: false }, new Date());
  if ('code' in row) throw new Error(`A scenario made an object that cannot be stored: ${row.message}`);
  const geom = row.values[STAGING_HEAD.indexOf('geom')] ?? null;
  const properties = row.values.slice(STAGING_HEAD.length);
  return { geom, ...Object.fromEntries(properties.map((value, index) => [`p${index}`, value])) };
}

/** Cells under the objects as the base and the scenario have them now. */
function touchCellsSql(scenario: ScenarioUnderChange, layer: Layer, ids: readonly string[]): Sql {
  const size = sql`${cellSize(crsOf(layer.srid).unit)}::float8`;
  return sql`insert into twin.scenario_cell (scenario_id, layer, cell_x, cell_y, version)
    select distinct ${scenario.id}::text, ${layer.name}::text, x, y, ${scenario.revision}::bigint
    from (
      select geom from ${sisterOf(layer)} where scenario_id = ${scenario.id}::text and id = any(${ids}::text[])
      union all
      select geom from (${rowsOf(relationAsOf(layer, scenario.base))}) as base where id = any(${ids}::text[])
    ) as touched,
    generate_series(floor(ST_XMin(geom) / ${size})::integer, floor(ST_XMax(geom) / ${size})::integer) as x,
    generate_series(floor(ST_YMin(geom) / ${size})::integer, floor(ST_YMax(geom) / ${size})::integer) as y
    on conflict (scenario_id, layer, cell_x, cell_y) do update set version = excluded.version`;
}

/** Remembers which layers differ from the base, so that all others are read as if there were no scenario. */
function markLayersSql({ id }: ScenarioUnderChange, layers: readonly Layer[]): Sql {
  const marks = layers.map(
    (layer) =>
      sql`select ${layer.name}::text as layer where exists (select from ${sisterOf(layer)} where scenario_id = ${id}::text)`,
  );
  return sql`update twin.scenario set layers = array(${join(marks, ' union all ')}) where id = ${id}::text
    returning layers`;
}
