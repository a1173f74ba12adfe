/** What can be counted of how complete a layer is. */
import type { Layer, LayerStatus } from '../../core/feature/layer.ts';
import { attributeCompleteness, type DataQuality } from '../../core/metadata/metadata-record.ts';
import type { Pool } from './pool.ts';
import { tableOf } from './register-table.ts';
import { join, name, sql } from './sql.ts';

/**
 * Values that may not be empty, and as many objects as the version before held. Each version of a layer is counted once in
 * each server, when somebody first asks.
 * @param pool of the owner: layers for staff are counted too, and told to nobody who may not know of them
 */
export function layerQuality(
  pool: Pool,
): (layer: Layer, status: Pick<LayerStatus, 'version'>) => Promise<DataQuality> {
  const kept = new Map<string, { readonly version: number; readonly quality: Promise<DataQuality> }>();
  return (layer, { version }) => {
    const key = `${layer.dataset}/${layer.name}`;
    const known = kept.get(key);
    if (known?.version === version) return known.quality;
    const quality = countQuality(pool, layer, version);
    kept.set(key, { version, quality });
    quality.catch(() => kept.delete(key)); // whoever asked hears of it, and the next one counts again
    return quality;
  };
}

async function countQuality(pool: Pool, layer: Layer, version: number): Promise<DataQuality> {
  const { required = [] } = layer;
  const [before] = await pool.read<{ objects: number; loaded_at: string }>(
    sql`select object_count as objects, loaded_at from twin.layer_status_past
      where dataset = ${layer.dataset}::text and layer = ${layer.name}::text and version < ${version}::bigint
      order by version desc limit 1`,
  );
  const previous = before && { previous: { objects: before.objects, loadedAt: before.loaded_at } };
  if (required.length === 0 || version === 0) return { ...previous };
  const columns = required.map((column) => sql`count(nullif(${name(column)}::text, '')) as ${name(column)}`);
  const [row] = await pool.read<Record<string, number>>(
    sql`select count(*) as objects, ${join(columns, ', ')} from ${tableOf(layer)} where valid_to is null`,
  );
  const { objects = 0, ...filled } = row ?? {};
  const attributes = attributeCompleteness(objects, filled);
  return { ...previous, ...(attributes && { attributes }) };
}
