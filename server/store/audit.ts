/** The audit: rows of a chain that the database digests (migration 0067), and what requests note in it. */
import { asTwinError } from '../../core/errors.ts';
import type { AuditQuery, AuditRow } from '../../core/wire/audit.ts';
import { ChainCheck, type ChainHead, type ChainReport } from '../access/audit-chain.ts';
import { requireRight } from '../access/require-right.ts';
import type { Audit, AuditNote } from '../services/audit.ts';
import type { Pool } from './pool.ts';
import { join, type Sql, sql } from './sql.ts';

const MINUTE_MS = 60_000;
/** Notes of different things in a minute; more are counted and told by the next one. */
const MOST_A_MINUTE = 300;

/**
 * @param pool of the owner: the role of public requests cannot read the audit
 * @param onFault told why a note could not be written
 */
export function storeAudit(
  pool: Pool,
  onFault: (note: AuditNote, reason: string) => void,
): Audit & { close(): Promise<void> } {
  const writing = new Set<Promise<void>>();
  const admit = thinned();
  return {
    note(note) {
      const alike = admit(note);
      if (alike === undefined) return;
      const { quietMs: _, ...said } = note;
      const detail = { ...note.detail, ...(alike > 0 && { notToldSince: alike }) };
      const written = append(pool, { ...said, detail }).catch((error: unknown) =>
        onFault(note, asTwinError(error).message),
      );
      writing.add(written);
      void written.then(() => writing.delete(written));
    },

    async page(query, who) {
      requireRight(who, 'audit');
      const rows = await pool.read<AuditRow>(
        sql`${ROWS} where ${conditionsOf(query)} order by place desc limit ${query.limit + 1}::bigint`,
      );
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      return { rows: page, ...(rows.length > query.limit && last && { next: last.place }) };
    },

    async close() {
      await Promise.all(writing);
    },
  };
}

async function append(pool: Pool, { who, what, about, why, detail }: AuditNote): Promise<void> {
  await pool.read(
    sql`select audit.append(${who}::text, ${what}::text, ${about.replaceAll('\0', '')}::text,
      ${why ?? ''}::text, ${JSON.stringify(detail ?? {})}::jsonb)`,
  );
}

const ROWS = sql`select place, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, who, what, about, why,
  detail::text as detail, encode(digest, 'hex') as digest from audit.entry`;

/** The beginning of a day in Poland. */
const dawn = (day: string, later: number): Sql =>
  sql`((${day}::date + ${later}::integer)::timestamp at time zone 'Europe/Warsaw')`;

function conditionsOf({ who, subject, text, from, to, before }: Partial<AuditQuery>): Sql {
  return join(
    [
      sql`true`,
      ...(who === undefined ? [] : [sql`who = ${who.replaceAll('\0', '')}::text`]),
      ...(subject === undefined ? [] : [sql`starts_with(what, ${`${subject}.`}::text)`]),
      ...(text === undefined
        ? []
        : [sql`strpos(lower(about || ' ' || why), lower(${text.replaceAll('\0', '')}::text)) > 0`]),
      ...(from === undefined ? [] : [sql`at >= ${dawn(from, 0)}`]),
      ...(to === undefined ? [] : [sql`at < ${dawn(to, 1)}`]),
      ...(before === undefined ? [] : [sql`place < ${before}::bigint`]),
    ],
    ' and ',
  );
}

/** All of it or some days of it, in order of the chain. */
export const auditRows = (
  pool: Pool,
  days: Pick<AuditQuery, 'from' | 'to'>,
  signal: AbortSignal,
): AsyncIterable<readonly AuditRow[]> =>
  pool.stream<AuditRow>(sql`${ROWS} where ${conditionsOf(days)} order by place`, signal);

/** @param kept what an earlier look gave, and was kept where who writes in the database does not reach */
export async function verifyAudit(pool: Pool, signal: AbortSignal, kept?: ChainHead): Promise<ChainReport> {
  // Read first: rows that are added meanwhile stand behind it.
  const heads = await pool.read<ChainHead>(
    sql`select place, encode(digest, 'hex') as digest from audit.head`,
  );
  const check = new ChainCheck(undefined, [...heads, ...(kept ? [kept] : [])]);
  for await (const rows of auditRows(pool, {}, signal)) for (const row of rows) check.add(row);
  return check.end();
}

/**
 * What keeps a guesser from filling the disk: the same note again within its time, and more than so many in a minute,
 * are counted only.
 * @returns how many were not told since the last one like it; undefined = this one is not told either
 */
function thinned(now: () => number = Date.now): (note: AuditNote) => number | undefined {
  const told = new Map<string, { until: number; alike: number }>();
  let [minute, inMinute, leftOut] = [0, 0, 0];
  return ({ who, what, about, quietMs = MINUTE_MS }) => {
    const at = now();
    const key = JSON.stringify([who, what, about]);
    const known = told.get(key);
    if (known && known.until > at) {
      known.alike++;
      return undefined;
    }
    if (at - minute >= MINUTE_MS) {
      [minute, inMinute] = [at, 0];
      for (const [each, { until, alike }] of told) if (until <= at && alike === 0) told.delete(each);
    }
    if (++inMinute > MOST_A_MINUTE) {
      leftOut++;
      return undefined;
    }
    const alike = (known?.alike ?? 0) + leftOut;
    leftOut = 0;
    told.set(key, { until: at + quietMs, alike: 0 });
    return alike;
  };
}
