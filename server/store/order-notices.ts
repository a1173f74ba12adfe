/** Who is to be told of an order, until they were. */
import type { OrderNotify } from '../../core/wire/order.ts';
import type { Connection } from './connection.ts';
import { KEPT } from './package-life.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

/** Notes whom to tell, in the transaction that puts the order down. */
export async function noteNotices(connection: Connection, order: string, notify: OrderNotify): Promise<void> {
  const { email, webhook, secret } = notify;
  for (const [channel, target, key] of [
    ['email', email, null],
    ['webhook', webhook, secret ?? null],
  ] as const) {
    if (target === undefined) continue;
    await connection.run(
      sql`insert into twin.order_notice (order_id, channel, target, secret)
        values (${order}::text, ${channel}::text, ${target}::text, ${key}::text)`,
    );
  }
}

interface DueRow {
  readonly id: number;
  readonly channel: 'email' | 'webhook';
  readonly target: string;
  readonly secret: string | null;
  readonly attempts: number;
  readonly order_id: string;
  readonly state: 'ready' | 'failed';
  readonly file_name: string;
  readonly bytes: number | null;
  readonly kept_until: string | null;
  readonly problem: { readonly kind: string; readonly message: string } | null;
}

export const orderNoticeBook = (pool: Pool) => ({
  async due(limit: number) {
    const rows = await pool.read<DueRow>(
      sql`select notice.id, channel, target, secret, attempts, order_id, state, file_name, order_package.bytes, problem,
            case when state = 'ready' then ended_at + ${KEPT} end as kept_until
          from twin.order_notice as notice join twin.data_order on data_order.id = order_id
            join twin.order_package using (digest)
          where state in ('ready', 'failed') and next_at <= clock_timestamp()
          order by next_at, notice.id limit ${limit}::bigint`,
    );
    return rows.map(({ order_id, state, file_name, bytes, kept_until, problem, ...notice }) => ({
      ...notice,
      order: { id: order_id, state, fileName: file_name, bytes, keptUntil: kept_until, problem },
    }));
  },
  async retry(id: number, afterS: number): Promise<void> {
    await pool.read(
      sql`update twin.order_notice set attempts = attempts + 1,
          next_at = clock_timestamp() + make_interval(secs => ${afterS}::integer) where id = ${id}::bigint`,
    );
  },
  async forget(id: number): Promise<void> {
    await pool.read(sql`delete from twin.order_notice where id = ${id}::bigint`);
  },
});
