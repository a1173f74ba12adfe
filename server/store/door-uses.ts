/** Use counts of doors: a tally in memory, written to one small table by the day. */
import { reasonOf, TwinError } from '../../core/errors.ts';
import type { LayerUses, UseTable, UseTableQuery, UseTableRow } from '../../core/wire/data-use.ts';
import { requireRight } from '../access/require-right.ts';
import type { DoorUses } from '../services/door-uses.ts';
import type { Pool } from './pool.ts';
import { join, type Sql, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';
import { CANCELLED } from './use-register.ts';

/** What a server that dies at most loses. */
const FLUSH_EVERY_MS = 5_000;
const MOST_ROWS = 50_000;

interface Count {
  readonly day: string;
  readonly door: string;
  readonly layer: string;
  requests: number;
  handedOut: number;
}

export interface KeptDoorUses extends DoorUses {
  /** Writes what is counted and not written yet. @throws TwinError; then it stays counted */
  flush(): Promise<void>;
  /** Writes a last time. */
  close(): Promise<void>;
}

/**
 * Counts of several servers on one database add up. A server that is killed loses those of its last five seconds. Where
 * the database took counts and its answer was lost, they are written twice: once more than there were at most.
 * @param pool of the owner
 * @param onFault told once of each outage
 */
export function storeDoorUses(pool: Pool, onFault: (reason: string) => void = () => {}): KeptDoorUses {
  let counts = new Map<string, Count>();
  let day = '';
  let dayEndsMs = 0;
  let isFaulty = false;
  let writing: Promise<void> = Promise.resolve();

  function today(): string {
    const now = Date.now();
    if (now >= dayEndsMs) {
      day = DAY.format(now);
      // Days change at whole quarters of an hour, whatever the season.
      dayEndsMs = (Math.floor(now / QUARTER_MS) + 1) * QUARTER_MS;
    }
    return day;
  }

  function count(onDay: string, door: string, layer: string, requests: number, handedOut: number): void {
    const key = `${onDay} ${door} ${layer}`;
    const held = counts.get(key);
    if (held) {
      held.requests += requests;
      held.handedOut += handedOut;
    } else counts.set(key, { day: onDay, door, layer, requests, handedOut });
  }

  async function write(): Promise<void> {
    if (counts.size === 0) return;
    const taken = [...counts.values()];
    counts = new Map();
    try {
      await inTransaction(pool, (connection) => connection.run(addSql(taken)));
      isFaulty = false;
    } catch (error) {
      for (const each of taken) count(each.day, each.door, each.layer, each.requests, each.handedOut);
      throw error;
    }
  }

  /** One after another, so that none finds the counts of another half written. */
  const flush = (): Promise<void> => {
    const next = writing.catch(() => {}).then(write);
    writing = next;
    return next;
  };
  const flushOrTell = () =>
    flush().catch((error: unknown) => {
      if (!isFaulty) onFault(reasonOf(error));
      isFaulty = true;
    });
  const timer = setInterval(() => void flushOrTell(), FLUSH_EVERY_MS).unref();

  return {
    add: (door, layer, requests, handedOut) => count(today(), door, layer, requests, handedOut),
    flush,
    async close() {
      clearInterval(timer);
      await flushOrTell();
    },

    async totals() {
      const rows = await pool.read<LayerUses & { layer: string }>(
        sql`select layer, min(since)::text as since, sum(requests)::bigint as requests,
            sum(handed_out)::bigint as "handedOut",
            json_agg(json_build_object('door', door, 'requests', requests, 'handedOut', handed_out)
              order by door) as doors
          from (select layer, door, min(day) as since, sum(requests) as requests, sum(handed_out) as handed_out
            from twin.door_use group by layer, door) each group by layer`,
      );
      return new Map(rows.map(({ layer, ...uses }) => [layer, uses]));
    },

    async table(query, who): Promise<UseTable> {
      requireRight(who, 'register');
      await flushOrTell();
      const rows = await pool.read<UseTableRow>(tableSql(query));
      if (rows.length > MOST_ROWS) {
        throw new TwinError(
          'too-large',
          `There are more than ${MOST_ROWS} rows; name from, to, layer or door, or sum up by month or year`,
          { parameter: 'by' },
        );
      }
      const [first] = await pool.read<{ since: string | null }>(
        sql`select min(day)::text as since from twin.door_use`,
      );
      return { since: first?.since ?? null, rows: [...rows] };
    },
  };
}

const QUARTER_MS = 900_000;
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw', dateStyle: 'short' });

/** In the order of keys: two servers that write at once wait for each other and never both. */
function addSql(counts: readonly Count[]): Sql {
  const told = JSON.stringify(counts);
  return sql`insert into twin.door_use as kept (day, layer, door, requests, handed_out)
    select day, layer, door, requests, "handedOut"
    from jsonb_to_recordset(${told}::jsonb)
      as told(day date, layer text, door text, requests bigint, "handedOut" bigint)
    order by day, layer collate "C", door collate "C"
    on conflict (day, layer, door) do update
      set requests = kept.requests + excluded.requests, handed_out = kept.handed_out + excluded.handed_out`;
}

const PERIODS = {
  day: sql`day::text`,
  month: sql`to_char(day, 'YYYY-MM')`,
  year: sql`to_char(day, 'YYYY')`,
  all: sql`'all'`,
} as const satisfies Record<UseTableQuery['by'], Sql>;

/** Doors and orders under one another; an order of several layers is one of each, its objects being known together only. */
function tableSql({ from, to, layer, door, by }: UseTableQuery): Sql {
  const conditions = [
    sql`true`,
    ...(from === undefined ? [] : [sql`day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`day <= ${to}::date`]),
    ...(layer === undefined ? [] : [sql`layer = ${layer}::text`]),
    ...(door === undefined ? [] : [sql`door = ${door}::text`]),
  ];
  return sql`with used as (
      select day, layer, door, null::text as profile, requests, handed_out from twin.door_use
      union all
      select (taken_at at time zone 'Europe/Warsaw')::date, one,
        case when order_id is null then 'download' else 'orders' end, profile, 1,
        case when cardinality(layers) = 1 then objects end
      from twin.data_use, unnest(layers) as one where not ${CANCELLED})
    select ${PERIODS[by]} as period, layer, door, profile, sum(requests)::bigint as requests,
      case when bool_and(handed_out is not null) then sum(handed_out)::bigint end as "handedOut"
    from used where ${join(conditions, ' and ')}
    group by 1, 2, 3, 4 order by 1, 2, 3, 4 nulls first limit ${MOST_ROWS + 1}::bigint`;
}
