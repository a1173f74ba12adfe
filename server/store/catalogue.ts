import { notFound } from '../../core/errors.ts';
import type { Layer, LayerStatus } from '../../core/feature/layer.ts';
import type { ScenarioState } from '../access/view.ts';
import { visibleLayers } from '../access/visible-layer.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { sisterOf } from './register-table.ts';
import { isEdited, relationAsOf, rowsOf } from './relation.ts';
import { countSql } from './rows-sql.ts';
import { type Sql, sql, trusted } from './sql.ts';

interface StatusRow {
  readonly object_count: number;
  readonly min_easting: number | null;
  readonly min_northing: number | null;
  readonly max_easting: number | null;
  readonly max_northing: number | null;
  readonly loaded_at: string;
  readonly known_since: string | null;
  readonly source: string;
  readonly synthetic: boolean;
  readonly version: number;
}

const NEVER_LOADED: LayerStatus = {
  count: 0,
  extent: undefined,
  loadedAt: undefined,
  knownSince: undefined,
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

    async status(name, { at: asked, scenario }) {
      const layer = (await layers()).find((each) => each.name === name);
      if (!layer) throw notFound(`There is no layer "${name.slice(0, 100)}"`, 'layer');
      const at = scenario?.base ?? asked;
      const [row] = await pool.read<StatusRow>(at ? statusAsOfSql(layer, at) : statusSql(layer));
      const status = row ? statusOf(row) : NEVER_LOADED;
      if (!at) return status;
      // A city that was loaded before past states were kept: counting is slow, but true.
      const base = row ? status : { ...status, count: await countAsOf(pool, layer, at) };
      return scenario ? afterEdits(pool, layer, base, scenario) : base;
    },
  };
}

const STATUS = trusted(`object_count, min_easting, min_northing, max_easting, max_northing, loaded_at, source,
  synthetic, version, (select min(past.loaded_at) from twin.layer_status_past as past
    where past.dataset = status.dataset and past.layer = status.layer) as known_since`);

const statusSql = ({ dataset, name }: Layer): Sql =>
  sql`select ${STATUS} from twin.layer_status as status
    where dataset = ${dataset}::text and layer = ${name}::text`;

const statusAsOfSql = ({ dataset, name }: Layer, at: Date): Sql =>
  sql`select ${STATUS} from twin.layer_status_past as status
    where dataset = ${dataset}::text and layer = ${name}::text and loaded_at <= ${at.toISOString()}::timestamptz
    order by version desc limit 1`;

/** The state of a layer of the base with what a scenario adds and takes away. */
async function afterEdits(
  pool: Pool,
  layer: Layer,
  base: LayerStatus,
  scenario: ScenarioState,
): Promise<LayerStatus> {
  if (!isEdited(layer, scenario)) return base;
  const known = sql`exists (select from (${rowsOf(relationAsOf(layer, scenario.base))}) as base where base.id = edited.id)`;
  const [row] = await pool.read<{ change: number; box: readonly number[] | null }>(
    sql`select coalesce(sum(case when is_deleted then -1 else 1 end)
          filter (where is_deleted = ${known}), 0)::bigint as change,
        case when count(geom) > 0 then array[ST_XMin(ST_Extent(geom)), ST_YMin(ST_Extent(geom)),
          ST_XMax(ST_Extent(geom)), ST_YMax(ST_Extent(geom))] end as box
      from ${sisterOf(layer)} as edited where scenario_id = ${scenario.id}::text`,
  );
  return {
    ...base,
    count: base.count + (row?.change ?? 0),
    extent: union(base.extent, row?.box ?? undefined),
  };
}

function union(extent: LayerStatus['extent'], box: readonly number[] | undefined): LayerStatus['extent'] {
  const [minE, minN, maxE, maxN] = box ?? [];
  if (minE === undefined || minN === undefined || maxE === undefined || maxN === undefined) return extent;
  if (!extent) return [minE, minN, maxE, maxN];
  return [
    Math.min(extent[0], minE),
    Math.min(extent[1], minN),
    Math.max(extent[2], maxE),
    Math.max(extent[3], maxN),
  ];
}

async function countAsOf(pool: Pool, layer: Layer, at: Date): Promise<number> {
  const [row] = await pool.read<{ count: number }>(countSql(relationAsOf(layer, at), { layer: layer.name }));
  return row?.count ?? 0;
}

function statusOf(row: StatusRow): LayerStatus {
  const { min_easting: minE, min_northing: minN, max_easting: maxE, max_northing: maxN } = row;
  const isEmpty = minE === null || minN === null || maxE === null || maxN === null;
  return {
    count: row.object_count,
    extent: isEmpty ? undefined : [minE, minN, maxE, maxN],
    loadedAt: row.loaded_at,
    knownSince: row.known_since ?? undefined,
    source: row.source,
    synthetic: row.synthetic,
    version: row.version,
  };
}
