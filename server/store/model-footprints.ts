/** Whether the outlines of changed buildings go with each other, with what stands beside them, and with what they were. */
import type { ChangedBuildings } from '../../core/building/upkeep/change-buildings.ts';
import { TwinError } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { ModelChangeSet } from '../../core/wire/model-change.ts';
import { OUTLINE } from './building-outline.ts';
import type { Connection } from './connection.ts';
import { tableOf } from './register-table.ts';
import { type Sql, sql, trusted } from './sql.ts';

interface Written {
  readonly set: ModelChangeSet;
  readonly changed: ChangedBuildings;
  /** The version in which the buildings were written; its transaction is open. */
  readonly version: number;
}

/** What stands or is being built must have its place to itself. */
const STANDS = trusted(`coalesce(state, 'built') in ('built', 'under_construction')`);

/**
 * An overlap that was there before is nothing new.
 * @throws TwinError conflict naming the change at fault
 */
export async function checkFootprints(connection: Connection, layer: Layer, written: Written): Promise<void> {
  await refuseOverlaps(connection, layer, written);
  await refuseUncovered(connection, layer, written);
}

async function refuseOverlaps(
  connection: Connection,
  layer: Layer,
  { set: { toleranceM2 }, changed: { left }, version }: Written,
): Promise<void> {
  const [fault] = await connection.run<{ id: string; other: string; m2: number }>(
    sql`with now as materialized (
        select id, ${OUTLINE} as outline from ${tableOf(layer)}
        where valid_to is null and dataset_version = ${version}::bigint and ${STANDS}),
      was as materialized (
        select ST_Union(${OUTLINE}) as outline from ${endedBy(layer, version, [...left.keys()])} and ${STANDS}),
      beside as materialized (
        select now.id, now.outline, other.id as other, 
          (select ${OUTLINE} from (select other.geom, other.surface_kinds) as it) as other_outline
        from now join ${tableOf(layer)} as other on other.geom && now.outline and other.id <> now.id
          and other.valid_to is null and coalesce(other.state, 'built') in ('built', 'under_construction'))
      select id, other, round(m2::numeric, 2)::float8 as m2 from (
        select id, other, ST_Area(ST_Intersection(outline, other_outline))
          - case when other = any(${[...left.keys()]}::text[]) then 0
            else coalesce(ST_Area(ST_Intersection((select outline from was), other_outline)), 0) end as m2
        from beside) as overlap
      where m2 > ${toleranceM2}::float8 order by m2 desc, id, other limit 1`,
  );
  if (!fault) return;
  const { id, other, m2 } = fault;
  throw refused(
    left.get(id)?.change ?? 0,
    `"${id}" would stand on ${m2} m² of "${other}" (tolerance ${toleranceM2} m²); change its body, or that building in the same set`,
    { m2, other },
  );
}

async function refuseUncovered(
  connection: Connection,
  layer: Layer,
  { set: { changes, toleranceM2 }, version }: Written,
): Promise<void> {
  const splits = changes.flatMap((change, index) =>
    change.op === 'split' ? [{ index, whole: change.building, parts: change.parts.map(({ id }) => id) }] : [],
  );
  for (const { index, whole, parts } of splits) {
    const [found] = await connection.run<{ missing: number | null; beyond: number | null }>(
      sql`with whole as (select ${OUTLINE} as outline from ${endedBy(layer, version, [whole])}),
        part as (select ST_Union(${OUTLINE}) as outline from ${tableOf(layer)}
          where valid_to is null and dataset_version = ${version}::bigint and id = any(${parts}::text[]))
        select round(ST_Area(ST_Difference(whole.outline, part.outline))::numeric, 2)::float8 as missing,
          round(ST_Area(ST_Difference(part.outline, whole.outline))::numeric, 2)::float8 as beyond from whole, part`,
    );
    const { missing, beyond } = found ?? { missing: null, beyond: null };
    if ((missing ?? 0) <= toleranceM2 && (beyond ?? 0) <= toleranceM2) continue;
    throw refused(
      index,
      `the parts leave ${missing} m² of "${whole}" out and cover ${beyond} m² beside it (tolerance ${toleranceM2} m²); together they must cover it`,
      { missingM2: missing, beyondM2: beyond },
      '.parts',
    );
  }
}

/** Rows that this version ended. */
const endedBy = (layer: Layer, version: number, ids: readonly string[]): Sql =>
  sql`${tableOf(layer)} where id = any(${ids}::text[])
    and valid_to = (select recorded_at from twin.dataset_version where version = ${version}::bigint)`;

function refused(
  change: number,
  message: string,
  members: Readonly<Record<string, unknown>>,
  member = '',
): TwinError {
  const parameter = `changes.${change}${member}`;
  return new TwinError('conflict', `${parameter}: ${message}`, { parameter, members });
}
