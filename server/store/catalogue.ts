import { notFound } from '../../core/errors.ts';
import type { LayerStatus } from '../../core/feature/layer.ts';
import { visibleLayers } from '../access/visible-layer.ts';
import type { Catalogue } from '../services.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

interface StatusRow {
  readonly object_count: number;
  readonly min_easting: number | null;
  readonly min_northing: number | null;
  readonly max_easting: number | null;
  readonly max_northing: number | null;
  readonly loaded_at: string;
  readonly source: string;
  readonly synthetic: boolean;
  readonly version: number;
}

const NEVER_LOADED: LayerStatus = {
  count: 0,
  extent: undefined,
  loadedAt: undefined,
  source: undefined,
  synthetic: false,
  version: 0,
};

/** The catalogue over what stands in the store; a status is one row that each load keeps up to date. */
export function storeCatalogue(pool: Pool, layers: LayersProvider): Catalogue {
  return {
    async layers({ who }) {
      return visibleLayers(await layers(), who);
    },

    async status(name) {
      const layer = (await layers()).find((each) => each.name === name);
      if (!layer) throw notFound(`There is no layer "${name.slice(0, 100)}"`, 'layer');
      const [row] = await pool.read<StatusRow>(
        sql`select object_count, min_easting, min_northing, max_easting, max_northing, loaded_at, source,
            synthetic, version
          from twin.layer_status where dataset = ${layer.dataset}::text and layer = ${layer.name}::text`,
      );
      return row ? statusOf(row) : NEVER_LOADED;
    },
  };
}

function statusOf(row: StatusRow): LayerStatus {
  const { min_easting: minE, min_northing: minN, max_easting: maxE, max_northing: maxN } = row;
  const isEmpty = minE === null || minN === null || maxE === null || maxN === null;
  return {
    count: row.object_count,
    extent: isEmpty ? undefined : [minE, minN, maxE, maxN],
    loadedAt: row.loaded_at,
    source: row.source,
    synthetic: row.synthetic,
    version: row.version,
  };
}
