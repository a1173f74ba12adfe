import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { type Difference, differenceOf } from '../../core/scenario/difference.ts';
import type { View } from '../access/view.ts';
import type { Differences } from '../services/differences.ts';
import { type LayersProvider, postgisSource } from './features.ts';
import type { Pool } from './pool.ts';
import { sisterOf } from './register-table.ts';
import { guarded, isEdited, relationAsOf, relationFor } from './relation.ts';
import { sql } from './sql.ts';

/** @param poolFor the pool of a person's rights */
export function storeDifferences(poolFor: (view: View) => Pool, layersOfStore: LayersProvider): Differences {
  return {
    async of(scenario, who, { srid, limit }, signal) {
      const view: View = { who, scenario };
      const pool = poolFor(view);
      const after = postgisSource(pool, layersOfStore, (layer) => relationFor(layer, view));
      const before = postgisSource(pool, layersOfStore, (layer) =>
        guarded(relationAsOf(layer, scenario.base), who),
      );
      const found: Difference[] = [];
      let left = limit + 1;
      for (const layer of await after.layers()) {
        if (left <= 0 || !isEdited(layer, scenario)) continue;
        const ids = await touchedIds(pool, layer, scenario.id, left, signal);
        if (ids.length === 0) continue;
        left -= ids.length;
        const read = async (source: typeof after): Promise<ReadonlyMap<string, Feature>> => {
          const features = new Map<string, Feature>();
          const query = { layer: layer.name, filter: { op: 'ids', ids }, srid, limit: ids.length } as const;
          for await (const feature of source.query(query, signal)) features.set(feature.id, feature);
          return features;
        };
        const [was, is] = [await read(before), await read(after)];
        found.push(...ids.flatMap((id) => differenceOf(was.get(id), is.get(id)) ?? []));
      }
      return { differences: found.slice(0, limit), more: left <= 0 };
    },
  };
}

async function touchedIds(
  pool: Pool,
  layer: Layer,
  scenario: string,
  limit: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await pool.read<{ id: string }>(
    sql`select id from ${sisterOf(layer)} where scenario_id = ${scenario}::text
      order by id limit ${limit}::bigint`,
    signal,
  );
  return rows.map(({ id }) => id);
}
