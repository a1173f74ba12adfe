/** Orders and their packages as rows. */
import { randomBytes } from 'node:crypto';
import { TwinError } from '../../core/errors.ts';
import type { DataOrder, NewDataOrder, OrderNotify } from '../../core/wire/order.ts';
import { newOrderSchema } from '../../core/wire/order.ts';
import { noteNotices } from './order-notices.ts';
import { KEPT } from './package-life.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';
import { useSql } from './use-register.ts';

/** The task of the job queue that makes a package; its payload is `{digest}`. */
export const ORDER_TASK = 'order';
export const PIECE_BYTES = 1024 * 1024;

/** What a package is made from, kept until somebody makes it. */
export interface AskedPackage {
  readonly order: NewDataOrder;
  readonly who: string;
  readonly roles: readonly string[];
  readonly at: string | null;
  readonly scenario: string | null;
}

export interface ClaimedPackage extends AskedPackage {
  readonly digest: string;
  /** Of all that were ever begun; pieces are kept by it. */
  readonly attempt: number;
  /** Begun since it was ordered, or ordered anew after it failed. */
  readonly tries: number;
  /** What the one before broke off for, where it could be told. */
  readonly problem: PackageProblem | null;
}

export interface PackageProblem {
  readonly kind: string;
  readonly message: string;
}

export type StoredOrder = Omit<DataOrder, 'urls'>;

/** A stretch of a package, as rows. */
export interface StoredPackage {
  readonly digest: string;
  readonly attempt: number;
  readonly bytes: number;
  readonly fileName: string;
}

interface OrderRow {
  readonly id: string;
  readonly request: unknown;
  readonly city_at: string | null;
  readonly scenario: string | null;
  readonly objects: number;
  readonly created_at: string;
  readonly cancelled_at: string | null;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly state: 'waiting' | 'running' | 'ready' | 'failed' | null;
  readonly progress: number | null;
  readonly bytes: number | null;
  readonly file_name: string | null;
  readonly kept_until: string | null;
  readonly problem: PackageProblem | null;
}

/** How an order goes into the queue. */
export interface PutOrder {
  readonly digest: string;
  readonly fileName: string;
  readonly objects: number;
  /** Account, or digest of the place that a visitor came from. */
  readonly turn: string;
  /** Orders of one turn that may wait or be made at a time. */
  readonly mostWaiting: number;
  readonly notify?: OrderNotify | undefined;
}

/**
 * Puts an order down; two alike at once share the package, and one of them begins it.
 * @returns its id
 * @throws TwinError too-many-requests when as many of this turn wait as may
 */
export function putOrder(
  pool: Pool,
  asked: AskedPackage,
  { digest, fileName, objects, turn, mostWaiting, notify }: PutOrder,
): Promise<string> {
  const id = randomBytes(16).toString('hex');
  const { order, who, at, scenario } = asked;
  return inTransaction(pool, async (connection) => {
    // One after another, so that two at once do not both take the last place.
    await connection.run(sql`select pg_advisory_xact_lock(hashtextextended(${turn}::text, 0))`);
    const made = await connection.run(
      sql`insert into twin.order_package (digest, asked, file_name)
        values (${digest}::text, ${JSON.stringify(asked)}::jsonb, ${fileName}::text)
        on conflict (digest) do update set state = 'waiting', progress = 0, problem = null, tries = 0, started_at = null, ended_at = null
          where order_package.state = 'failed'
        returning digest`,
    );
    const [queue] = await connection.run<{ state: string; was: number; waiting: number; round: number }>(
      sql`select state, round as was,
          (select count(*) from twin.data_order where turn = ${turn}::text and cancelled_at is null) as waiting,
          greatest(0,
            (select min(round) from twin.order_package where state = 'waiting' and digest <> ${digest}::text),
            (select max(round) + 1 from twin.order_package join twin.data_order using (digest)
              where turn = ${turn}::text and digest <> ${digest}::text and state in ('waiting', 'running'))) as round
        from twin.order_package where digest = ${digest}::text`,
    );
    if (!queue) throw new Error('a package went while it was ordered');
    const isThere = queue.state === 'ready';
    if (!isThere && queue.waiting >= mostWaiting) {
      throw new TwinError(
        'too-many-requests',
        `${queue.waiting} orders of yours wait or are being packed, and ${mostWaiting} are the most at a time; wait for one, or cancel one. Accounts may have more than visitors`,
        { members: { limit: mostWaiting, waiting: queue.waiting } },
      );
    }
    await connection.run(
      sql`insert into twin.data_order
          (id, digest, asked_by, client, profile, case_number, request, layers, objects, turn,
          city_at, scenario)
        values (${id}::text, ${digest}::text, ${who}::text, ${order.client ?? null}::text, ${order.profile}::text,
          ${order.caseNumber ?? null}::text, ${JSON.stringify(order)}::jsonb, ${order.layers}::text[], ${objects}::bigint,
          ${isThere ? null : turn}::text, ${at}::timestamptz, ${scenario}::text)`,
    );
    await connection.run(useSql({ order, who, objects, id }));
    if (notify) await noteNotices(connection, id, notify);
    // What others wait for already comes earlier when it is wanted earlier.
    if (made.length > 0 || (queue.state === 'waiting' && queue.round < queue.was)) {
      await connection.run(
        sql`with placed as (update twin.order_package set round = ${queue.round}::integer
            where digest = ${digest}::text)
          select graphile_worker.add_job(${ORDER_TASK}::text, ${JSON.stringify({ digest })}::json,
            job_key := ${`order ${digest}`}::text, priority := ${queue.round + 1}::integer)`,
      );
    }
    return id;
  });
}

/** What makes digests of visitors' places, the same on every server of a database. */
export async function orderSalt(pool: Pool): Promise<string> {
  const [row] = await pool.read<{ salt: string }>(
    sql`select encode(salt, 'hex') as salt from twin.order_salt limit 1`,
  );
  if (!row) throw new Error('the salt of orders is gone');
  return row.salt;
}

/** Removes packages whose time is over. Their orders stay, as expired. @returns how many */
export async function forgetOldPackages(pool: Pool): Promise<number> {
  const gone = await pool.read(
    sql`delete from twin.order_package where ended_at < clock_timestamp() - ${KEPT} returning digest`,
  );
  // Of orders whose package was never made.
  await pool.read(sql`delete from twin.order_notice where next_at < clock_timestamp() - ${KEPT}`);
  return gone.length;
}

const COLUMNS: Sql = sql`select data_order.id, request, city_at, scenario, objects, data_order.created_at, cancelled_at,
  state, progress, started_at, coalesce(cancelled_at, ended_at) as ended_at, order_package.bytes, file_name, problem, order_package.ended_at + ${KEPT} as kept_until
  from twin.data_order left join twin.order_package using (digest)`;

/** For whoever knows the id, which nobody can guess. */
export async function readOrder(pool: Pool, id: string): Promise<StoredOrder | undefined> {
  const [row] = await pool.read<OrderRow>(sql`${COLUMNS} where data_order.id = ${id}::text`);
  return row && storedOrder(row);
}

export async function ordersOf(
  pool: Pool,
  who: string,
  limit: number,
  scenario?: string,
): Promise<readonly StoredOrder[]> {
  const rows = await pool.read<OrderRow>(
    sql`${COLUMNS} where ${who}::text in (asked_by, client)
        and coalesce(asked->>'scenario' = ${scenario ?? null}::text, ${scenario === undefined}::boolean)
      order by data_order.created_at desc, data_order.id limit ${limit}::bigint`,
  );
  return rows.map(storedOrder);
}

function storedOrder(row: OrderRow): StoredOrder {
  const state = row.cancelled_at !== null ? 'cancelled' : (row.state ?? 'expired');
  return {
    ...{ id: row.id, state, progress: row.progress ?? 0, objects: row.objects },
    order: newOrderSchema.parse(row.request),
    ...{ at: row.city_at, scenario: row.scenario },
    ...{ createdAt: row.created_at, startedAt: row.started_at, endedAt: row.ended_at },
    bytes: state === 'ready' ? row.bytes : null,
    fileName: row.file_name ?? '',
    keptUntil: state === 'ready' ? row.kept_until : null,
    problem: row.cancelled_at === null ? row.problem : null,
  };
}

/** The order is not wanted any more; its package is not made when nobody else wants it. */
export async function cancelOrder(pool: Pool, id: string): Promise<void> {
  await inTransaction(pool, async (connection) => {
    await connection.run(
      sql`update twin.data_order set cancelled_at = clock_timestamp(), turn = null
        where id = ${id}::text and cancelled_at is null`,
    );
    await connection.run(sql`delete from twin.order_notice where order_id = ${id}::text`);
    await connection.run(
      sql`delete from twin.order_package using twin.data_order as mine
        where mine.id = ${id}::text and order_package.digest = mine.digest and state in ('waiting', 'running')
          and not exists (select from twin.data_order as other
            where other.digest = mine.digest and other.cancelled_at is null)`,
    );
  });
}

/** Begins an attempt; undefined when nobody wants the package any more, or it is there. */
export async function claimPackage(pool: Pool, digest: string): Promise<ClaimedPackage | undefined> {
  const [row] = await pool.read<{ asked: AskedPackage } & Omit<ClaimedPackage, 'digest'>>(
    sql`update twin.order_package set state = 'running', attempt = attempt + 1, tries = tries + 1, progress = 0,
          started_at = coalesce(started_at, date_trunc('milliseconds', clock_timestamp()))
      where digest = ${digest}::text and state in ('waiting', 'running') returning attempt, tries, problem, asked`,
  );
  if (!row) return undefined;
  await pool.read(
    sql`delete from twin.order_piece where digest = ${digest}::text and attempt < ${row.attempt}::integer`,
  );
  const { asked, ...begun } = row;
  return { ...asked, ...begun, digest };
}

/** Keeps a piece. @returns whether it is still wanted of this attempt */
export async function keepPiece(
  pool: Pool,
  { digest, attempt }: ClaimedPackage,
  ordinal: number,
  bytes: Uint8Array,
  percent: number,
): Promise<boolean> {
  const rows = await pool.read(
    sql`with told as (update twin.order_package set progress = ${percent}::smallint
        where digest = ${digest}::text and attempt = ${attempt}::integer and state = 'running' returning digest)
      insert into twin.order_piece (digest, attempt, ordinal, bytes)
        select digest, ${attempt}::integer, ${ordinal}::integer, ${Buffer.from(bytes)}::bytea from told returning ordinal`,
  );
  return rows.length > 0;
}

export async function endPackage(pool: Pool, claimed: ClaimedPackage, bytes: number): Promise<void> {
  await ended(pool, claimed, sql`state = 'ready', progress = 100, bytes = ${bytes}::bigint, problem = null`);
}

/** Leaves it for the next attempt, with what this one broke off for; nothing that it wrote stays. */
export async function postponePackage(
  pool: Pool,
  { digest, attempt }: ClaimedPackage,
  problem: PackageProblem,
): Promise<void> {
  // First, because it makes room where there is none.
  await pool.read(
    sql`delete from twin.order_piece where digest = ${digest}::text and attempt = ${attempt}::integer`,
  );
  await pool.read(
    sql`update twin.order_package set state = 'waiting', progress = 0, problem = ${JSON.stringify(problem)}::jsonb
      where digest = ${digest}::text and attempt = ${attempt}::integer and state = 'running'`,
  );
}

export async function failPackage(
  pool: Pool,
  claimed: ClaimedPackage,
  problem: PackageProblem,
): Promise<void> {
  await ended(pool, claimed, sql`state = 'failed', problem = ${JSON.stringify(problem)}::jsonb`);
  const { digest } = claimed;
  await pool.read(sql`delete from twin.order_piece where digest = ${digest}::text`);
}

const ended = (pool: Pool, { digest, attempt }: ClaimedPackage, changes: Sql) =>
  pool.read(sql`with ended as (update twin.order_package set ${changes}, ended_at = date_trunc('milliseconds', clock_timestamp())
      where digest = ${digest}::text and attempt = ${attempt}::integer and state = 'running' returning digest)
    update twin.data_order set turn = null from ended where data_order.digest = ended.digest and turn is not null`);

export async function readyPackage(pool: Pool, id: string): Promise<StoredPackage | undefined> {
  const [row] = await pool.read<{ digest: string; attempt: number; bytes: number; file_name: string }>(
    sql`select digest, attempt, bytes, file_name from twin.order_package join twin.data_order using (digest)
      where data_order.id = ${id}::text and state = 'ready' and cancelled_at is null`,
  );
  return row && { digest: row.digest, attempt: row.attempt, bytes: row.bytes, fileName: row.file_name };
}

/** Bytes `from` to `to` (not with it) of a package, a piece at a time. */
export async function* readPieces(
  pool: Pool,
  { digest, attempt }: StoredPackage,
  from: number,
  to: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; ) {
    const ordinal = Math.floor(at / PIECE_BYTES);
    const [row] = await pool.read<{ bytes: Buffer }>(
      sql`select bytes from twin.order_piece where digest = ${digest}::text and attempt = ${attempt}::integer
        and ordinal = ${ordinal}::integer`,
      signal,
    );
    if (!row) throw new Error(`piece ${ordinal} of package ${digest} is gone`);
    const begin = ordinal * PIECE_BYTES;
    const piece = row.bytes.subarray(at - begin, to - begin);
    at += piece.length;
    yield piece;
  }
}
