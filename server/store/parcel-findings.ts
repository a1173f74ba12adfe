/**
 * Findings of every parcel of the city, kept. A refresh checks again only parcels that data have changed at, those for which
 * the day of the law makes a difference, and all of them when the rules have changed.
 */
import { checkParcel, RULES_VERSION } from '../../core/analysis/parcel-check/check-parcel.ts';
import type { ParcelFacts } from '../../core/analysis/parcel-check/facts.ts';
import { steadyDays } from '../../core/analysis/parcel-check/steady-days.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { Finding } from '../../core/wire/parcel-check.ts';
import { ANONYMOUS } from '../access/identity.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import { cellSize } from './load-sql.ts';
import { type BatchOptions, judgedSets } from './parcel-batch.ts';
import { CHECK_REACHES_M } from './parcel-check-facts.ts';
import { today } from './parcel-checks.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';
import { studiedRows } from './studied-city.ts';
import { inTransaction } from './transaction.ts';

/** Rules by how many parcels they apply to, touch, or say nothing of. */
export interface RuleCount {
  readonly rule: string;
  readonly applies: number;
  readonly touches: number;
  readonly notAssessed: number;
}

export const countFindings = (pool: Pool, signal?: AbortSignal): Promise<readonly RuleCount[]> =>
  pool.read<RuleCount>(
    sql`with told as (
        select unnest(applies) as rule, 'applies' as state from twin.parcel_finding
        union all select unnest(touches), 'touches' from twin.parcel_finding
        union all select unnest(not_assessed), 'not-assessed' from twin.parcel_finding
      )
      select rule, count(*) filter (where state = 'applies') as applies,
        count(*) filter (where state = 'touches') as touches,
        count(*) filter (where state = 'not-assessed') as "notAssessed"
      from told group by rule order by rule collate "C"`,
    signal,
  );

/** Two at a time would undo each other. */
const REFRESH_LOCK = 2177_0107;

export interface FindingsReport {
  /** Parcels of the city of which findings are kept now. */
  readonly parcels: number;
  /** Of them checked in this refresh. */
  readonly checked: number;
  readonly lawDate: string;
}

/** A finding as it is kept: law, title and source follow from the rule and the state of its layer. */
type KeptFinding = Pick<Finding, 'id' | 'rule' | 'state' | 'measured' | 'objects' | 'reason'>;

/**
 * Brings the findings of all parcels up to date. What was done stays done when it is broken off: the next one goes on.
 * @throws what the store throws; a layer that cannot be read ends it
 */
export async function refreshFindings(options: Omit<BatchOptions, 'at'>): Promise<FindingsReport> {
  const { pool, layers, signal } = options;
  const lawDate = options.lawDate ?? today();
  const lock = await pool.connect(signal);
  try {
    await lock.run(sql`set idle_session_timeout = 0; set statement_timeout = 0`);
    await lock.run(sql`select pg_advisory_lock(${REFRESH_LOCK}::bigint)`, signal);
    const known = (await layers()).filter(({ dataset }) => dataset === CITY);
    await inTransaction(pool, (connection) => markDue(connection, known, lawDate));
    let checked = 0;
    const sets = judgedSets(
      { ...options, lawDate },
      sql`id in (select parcel_id from twin.parcel_due)`,
      (facts) => rowOf(facts, lawDate),
    );
    for await (const set of sets) {
      await inTransaction(pool, (connection) => keep(connection, set));
      checked += set.length;
    }
    await pool.read(sql`update twin.parcel_check_state set refreshed_at = now()`, signal);
    const [row] = await pool.read<{ parcels: number }>(
      sql`select count(*) as parcels from twin.parcel_finding`,
      signal,
    );
    return { parcels: row?.parcels ?? 0, checked, lawDate };
  } finally {
    // Closing the connection gives the lock back.
    lock.release(true);
  }
}

/** Parcels that must be checked, into `twin.parcel_due`; and what that was decided by. */
async function markDue(connection: Connection, layers: readonly Layer[], lawDate: string): Promise<void> {
  await connection.run(sql`set local statement_timeout = '10min'`);
  const parcels = sql`${studiedRows({ layers, view: { who: ANONYMOUS } }, 'parcels')}`;
  const [before] = await connection.run<{ rules: string; version: number; refreshed_at: string | null }>(
    sql`select rules, version, refreshed_at from twin.parcel_check_state`,
  );
  const [now] = await connection.run<{ version: number }>(
    sql`select coalesce(max(version), 0) as version from twin.dataset_version where dataset = ${CITY}::text`,
  );
  await connection.run(
    sql`create temporary table current_layer (layer text collate "C", is_known boolean, is_stale boolean, area geometry)
      on commit drop`,
  );
  await connection.run(currentLayersSql(layers, lawDate));
  const [difference] = await connection.run<{ is_any: boolean }>(
    sql`select exists (
        select from twin.checked_layer as old full join current_layer as new using (layer)
        where (old.is_known, old.is_stale) is distinct from (new.is_known, new.is_stale)
      ) as is_any`,
  );
  const isAll = before?.rules !== RULES_VERSION || difference?.is_any !== false;
  for (const table of [sql`parcel_finding`, sql`parcel_due`]) {
    await connection.run(
      sql`delete from twin.${table} as kept where not exists (
        select from ${parcels} as state where state.id = kept.parcel_id and state.geom is not null)`,
    );
  }
  await connection.run(
    sql`insert into twin.parcel_due (parcel_id)
      select state.id from ${parcels} as state left join twin.parcel_finding as kept on kept.parcel_id = state.id
      where state.geom is not null
        and (${isAll}::boolean or kept.parcel_id is null or not kept.steady @> ${lawDate}::date)
      on conflict do nothing`,
  );
  if (!isAll) await connection.run(changedSql(parcels, before?.version ?? 0));
  await connection.run(
    sql`delete from twin.checked_layer; insert into twin.checked_layer select * from current_layer;
      delete from twin.parcel_check_state`,
  );
  await connection.run(
    sql`insert into twin.parcel_check_state (rules, law_day, version, refreshed_at)
      values (${RULES_VERSION}::text, ${lawDate}::date, ${now?.version ?? 0}::bigint,
        ${before?.refreshed_at ?? null}::timestamptz)`,
  );
}

/** What a check takes the layers to be today. */
function currentLayersSql(layers: readonly Layer[], lawDate: string): Sql {
  const checked = layers.filter(({ name }) => CHECK_REACHES_M.has(name));
  return sql`insert into current_layer
    select status.layer, status.version > 0 and status.object_count > 0,
      ${lawDate}::date::timestamp at time zone 'UTC' > status.loaded_at + fresh.days * interval '24 hours',
      coalesce(declared.geom, ST_MakeEnvelope(min_easting, min_northing, max_easting, max_northing, 2177))
    from twin.layer_status as status left join twin.layer_coverage as declared using (layer)
      join unnest(${checked.map(({ name }) => name)}::text[],
        ${checked.map(({ freshnessDays }) => freshnessDays)}::integer[]) as fresh (layer, days) using (layer)
    where status.dataset = ${CITY}::text`;
}

/** Parcels that changed objects may reach, and those on ground of which a layer speaks now or spoke before. */
function changedSql(parcels: Sql, since: number): Sql {
  const cellM = sql`${cellSize('m')}::float8`;
  const [names, reaches] = [[...CHECK_REACHES_M.keys()], [...CHECK_REACHES_M.values()]];
  return sql`with changed as materialized (
      select distinct ST_Expand(ST_MakeEnvelope(cell_x * ${cellM}, cell_y * ${cellM}, (cell_x + 1) * ${cellM},
        (cell_y + 1) * ${cellM}, 2177), reach_m) as geom
      from twin.tile_cell join unnest(${names}::text[], ${reaches}::float8[]) as checked (layer, reach_m) using (layer)
      where dataset = ${CITY}::text and version > ${since}::bigint
      union all
      select ST_SymDifference(old.area, new.area) from twin.checked_layer as old join current_layer as new using (layer)
      where old.area is distinct from new.area and old.area is not null and new.area is not null
    )
    insert into twin.parcel_due (parcel_id)
      select state.id from changed join ${parcels} as state on state.geom && changed.geom
        and ST_Intersects(state.geom, changed.geom)
      union
      -- Uses of land have no outline of their own.
      select use.parcel_id from city.parcel_land_use as use join ${parcels} as state on state.id = use.parcel_id
      where use.dataset_version > ${since}::bigint or use.valid_to > (
        select recorded_at from twin.dataset_version where version = ${since}::bigint)
      on conflict do nothing`;
}

interface KeptRow {
  readonly id: string;
  /** Text at once: hundreds of findings a parcel would otherwise live until the whole set is written. */
  readonly json: string;
}

function rowOf(facts: ParcelFacts, lawDate: string): KeptRow {
  const { findings } = checkParcel(facts, lawDate);
  const { from, until } = steadyDays(facts, lawDate);
  const { id } = facts.parcel;
  const rulesOf = (wanted: Finding['state']) => [
    ...new Set(findings.filter(({ state }) => state === wanted).map(({ rule }) => rule)),
  ];
  const row = {
    ...{ id, steady: `[${from ?? ''},${until ?? ''})` },
    ...{ applies: rulesOf('applies'), touches: rulesOf('touches'), unknown: rulesOf('not-assessed') },
    kept: findings.filter(({ state }) => state === 'applies' || state === 'touches').map(keptOf),
  };
  return { id, json: JSON.stringify(row) };
}

async function keep(connection: Connection, rows: readonly KeptRow[]): Promise<void> {
  await connection.run(
    sql`insert into twin.parcel_finding (parcel_id, steady, applies, touches, not_assessed, findings)
      select id, steady::daterange, applies, touches, "unknown", kept
      from jsonb_to_recordset(${`[${rows.map(({ json }) => json).join()}]`}::jsonb)
        as judged (id text, steady text, applies text[], touches text[], "unknown" text[], kept jsonb)
      on conflict (parcel_id) do update set steady = excluded.steady, applies = excluded.applies,
        touches = excluded.touches, not_assessed = excluded.not_assessed, findings = excluded.findings`,
  );
  await connection.run(
    sql`delete from twin.parcel_due where parcel_id = any(${rows.map(({ id }) => id)}::text[])`,
  );
}

const keptOf = ({ id, rule, state, reason, measured, objects }: Finding): KeptFinding => ({
  ...{ id, rule, state, reason, objects },
  ...(measured && { measured }),
});
