import type { View } from '../access/view.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { join, sql } from './sql.ts';
import { layerVersionSql } from './tile-version.ts';

/** Changes whenever any of these layers does in that state of the city. */
export async function cityVersion(
  pool: Pool,
  layers: LayersProvider,
  names: readonly string[],
  view: View,
): Promise<string> {
  const known = (await layers()).filter(({ name, dataset }) => dataset === CITY && names.includes(name));
  const versions = known.map((layer) => sql`(${layerVersionSql(layer, view)})`);
  const [row] = await pool.read<{ version: string }>(
    sql`select concat_ws('-', ${join(versions, ', ')}) as version`,
  );
  return row?.version ?? '';
}
