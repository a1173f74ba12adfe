/** The use register: who took what, when and for which case. */
import type { UsePage, UseQuery, UseRow, UseStatistics } from '../../core/wire/data-use.ts';
import type { NewDataOrder } from '../../core/wire/order.ts';
import type { Pool } from './pool.ts';
import { join, type Sql, sql } from './sql.ts';

/** What stands in the register of one order, or of what was taken at once. */
export interface DataUse {
  readonly order: NewDataOrder;
  readonly who: string;
  readonly objects: number;
  /** Of the order; undefined = taken at once. */
  readonly id?: string;
}

export const useSql = ({ order, who, objects, id }: DataUse): Sql => sql`
  insert into twin.data_use (order_id, account, client, organisation, profile, case_number, layers, formats, objects)
    select ${id ?? null}::text, ${who}::text, ${order.client ?? null}::text,
      (select organisation from twin.account where name = ${order.client ?? who}::text),
      ${order.profile}::text, ${order.caseNumber ?? null}::text, ${[...new Set(order.layers)]}::text[],
      ${[...new Set(order.formats)]}::text[], ${objects}::bigint`;

const YEAR = sql`extract(year from taken_at at time zone 'Europe/Warsaw')::integer`;
/** An order that was called off took nothing. */
export const CANCELLED = sql`exists (select from twin.data_order
  where data_order.id = data_use.order_id and cancelled_at is not null)`;

/** By year, layer, format and profile: nothing of persons. */
export async function useStatistics(pool: Pool): Promise<UseStatistics> {
  const rows = await pool.read<UseStatistics['rows'][number]>(
    sql`select ${YEAR} as year, layer, format, profile, count(*) as orders
      from twin.data_use, unnest(layers) as layer, unnest(formats) as format
      where not ${CANCELLED} group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  );
  return { rows: [...rows] };
}

/** The newest first. */
export async function usePage(pool: Pool, query: UseQuery): Promise<UsePage> {
  const { year, profile, caseNumber, account, layer, after, limit } = query;
  const conditions = [
    sql`true`,
    ...(year === undefined ? [] : [sql`${YEAR} = ${year}::integer`]),
    ...(profile === undefined ? [] : [sql`profile = ${profile}::text`]),
    ...(caseNumber === undefined ? [] : [sql`case_number = ${caseNumber}::text`]),
    ...(account === undefined ? [] : [sql`${account}::text in (account, client)`]),
    ...(layer === undefined ? [] : [sql`${layer}::text = any(layers)`]),
    ...(after === undefined ? [] : [sql`id < ${after}::bigint`]),
  ];
  const rows = await pool.read<UseRow>(
    sql`select id, taken_at as "takenAt", account, client, organisation, profile, case_number as "caseNumber", layers,
        formats, objects, ${CANCELLED} as cancelled
      from twin.data_use where ${join(conditions, ' and ')} order by id desc limit ${limit + 1}::bigint`,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, ...(rows.length > limit && last && { next: last.id }) };
}
