/** A scenario that turns some other city into the one that is wanted. */
import type { Feature } from '../../core/feature/feature.ts';
import { mapPositions } from '../../core/geo/geometry.ts';
import { objectKey, type ScenarioRow } from '../../core/scenario/scenario-row.ts';
import type { ScenarioState } from '../../server/access/view.ts';
import { layersOf } from '../../server/store/layers.ts';
import type { Pool } from '../../server/store/pool.ts';
import { writeScenarioRows } from '../../server/store/scenario-rows.ts';
import { sql, trusted } from '../../server/store/sql.ts';
import { inTransaction } from '../../server/store/transaction.ts';
import { fill } from './filled-database.ts';

const ID = 'a'.repeat(20);

/**
 * Fills a database with a city that lacks a third of the features, has another third elsewhere with nothing known of
 * them, and holds strangers beside; the rows of a scenario bring it to the wanted one. Every layer gets a sister table.
 */
export async function editedInto(pool: Pool, wanted: readonly Feature[]): Promise<ScenarioState> {
  const isChanged = (index: number) => index % 3 === 1;
  const isAdded = (index: number) => index % 3 === 2;
  const strangers = wanted
    .filter((_, i) => i % 4 === 0)
    .map((feature) => ({ ...feature, id: `${feature.id}-x` }));
  const base = wanted.flatMap((feature, i) =>
    isAdded(i) ? [] : isChanged(i) ? [moved(feature)] : [feature],
  );
  await fill(pool, [...base, ...strangers]);
  const rows: readonly ScenarioRow[] = [
    ...wanted
      .filter((_, i) => isChanged(i) || isAdded(i))
      .map((feature) => ({ layer: feature.layer, id: feature.id, feature })),
    ...strangers.map(({ layer, id }) => ({ layer, id, feature: undefined })),
  ];
  const names = new Set(wanted.map(({ layer }) => layer));
  const layers = (await layersOf(pool)()).filter(({ name }) => names.has(name));
  const base_at = new Date(Date.now() + 60_000);
  await inTransaction(pool, async (connection) => {
    for (const { table } of layers) {
      const [known] = await connection.run(
        sql`select 1 where to_regclass(${`scenario.${table}`}::text) is not null`,
      );
      if (!known) await connection.run(trusted(`call twin.add_scenario_table('${table}')`));
    }
    await connection.run(sql`insert into twin.scenario (id, title, reason, author, updated_by, access, base_version, base_at)
      values (${ID}::text, 'test', '', 'test', 'test', 'link', 1, ${base_at.toISOString()}::timestamptz)`);
    const made = new Map(rows.map((row) => [objectKey(row), row]));
    await writeScenarioRows(connection, { id: ID, base: base_at, revision: 2 }, made, rows, layers);
  });
  return { id: ID, title: 'test', base: base_at, revision: 2, layers: layers.map(({ name }) => name) };
}

/** The same object ten kilometres away, with no properties. */
function moved(feature: Feature): Feature {
  const geometry =
    feature.geometry &&
    mapPositions(feature.geometry, ([x, y, z]) => (z === undefined ? [x, y + 10_000] : [x, y + 10_000, z]));
  return { ...feature, geometry, properties: {} };
}
