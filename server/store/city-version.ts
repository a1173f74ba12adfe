import type { View } from '../access/view.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { join, sql } from './sql.ts';
import { layerVersionSql } from './tile-version.ts';

/** Each of these layers with a word that changes whenever the layer does in that state of the city. */
export async function layerVersions(
  pool: Pool,
  layers: LayersProvider,
  names: readonly string[],
  view: View,
): Promise<Readonly<Record<string, string>>> {
  const known = (await layers()).filter(({ name, dataset }) => dataset === CITY && names.includes(name));
  const versions = known.map(
    (layer) => sql`select ${layer.name}::text as layer, (${layerVersionSql(layer, view)}) as version`,
  );
  if (versions.length === 0) return {};
  const rows = await pool.read<{ layer: string; version: string }>(join(versions, ' union all '));
  return Object.fromEntries(rows.map(({ layer, version }) => [layer, version]));
}

/** Changes whenever any of these layers does in that state of the city. */
export async function cityVersion(
  pool: Pool,
  layers: LayersProvider,
  names: readonly string[],
  view: View,
): Promise<string> {
  const versions = await layerVersions(pool, layers, names, view);
  return names.flatMap((name) => versions[name] ?? []).join('-');
}
