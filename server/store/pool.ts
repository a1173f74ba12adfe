/** The one way to PostgreSQL: connections that are set up alike, cancelled queries, errors as TwinError. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { CancelSignal } from '../../core/cancel.ts';
import { TwinError, unavailable } from '../../core/errors.ts';
import { utcText } from '../../core/filter/typed-literal.ts';
import { Turns } from '../../core/turns.ts';
import { asConnection, type Connection, type Row } from './connection.ts';
import { asDatabaseError, isConnectionError } from './database-error.ts';
import { fetchAll, OPEN_TRANSACTION } from './fetch-all.ts';
import type { KeptSession } from './kept-session.ts';
import { lead } from './lead.ts';
import { type Listener, listen } from './listen.ts';
import { type Sql, sql } from './sql.ts';

export interface PoolConfig {
  /** `postgresql://user:password@host:port/database`; `?host=/folder` for a socket. */
  readonly databaseUrl: string;
  readonly maxConnections: number;
  /** Deadline of each statement; loads and migrations have none. */
  readonly statementTimeoutMs: number;
  /** How long to wait for a free or new connection. */
  readonly connectTimeoutMs?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Told of each statement that reads, how long it took; of a stream, to its first rows. */
  readonly onTook?: (statement: Sql, ms: number) => void;
  /** Statements run with the rights of this role, of which the user is a member. */
  readonly role?: string;
}

export interface Pool {
  /**
   * Runs one statement and gives all its rows. Cancelled in the database when the signal aborts. For reading: on a
   * connection that turns out to be lost it is run a second time.
   */
  read<T extends object = Row>(statement: Sql, signal?: CancelSignal): Promise<readonly T[]>;
  /**
   * Rows through a server-side cursor, so many at a time, so that memory stays flat. The connection goes back when the loop
   * ends, breaks or throws, or when the signal aborts, even if nobody asks for the next rows. A quarter of the connections
   * is never taken by streams: however many read slowly, others get their short answers.
   */
  stream<T extends object = Row>(
    statement: Sql,
    signal: CancelSignal,
    rowsPerFetch?: number,
  ): AsyncIterable<readonly T[]>;
  /** One connection for several statements; the caller must release it. */
  connect(signal?: CancelSignal): Promise<Connection>;
  /** Hears the notices of channels on a connection of its own, until it is closed. */
  listen(channels: readonly string[], listener: Listener): KeptSession;
  /** Runs work that only one server may do while this one leads it (`LEAD`), until it is closed. */
  lead(lock: number, work: (signal: AbortSignal) => Promise<void>): KeptSession;
  /** Opens a connection ahead of the first request. Never throws: a database that is down is found later. */
  warm(): Promise<void>;
  /** Its connections now, and how many requests wait for one. */
  usage(): { readonly open: number; readonly idle: number; readonly waiting: number; readonly most: number };
  /** Where it points, without the password, for messages. */
  readonly target: string;
  /** Waits a few seconds for running statements, cuts the rest, and closes. */
  close(): Promise<void>;
}

const ROWS_PER_FETCH = 500;
const CONNECT_TIMEOUT_MS = 5_000;
/** How long a request may wait in line for one that is free: a crowd is served late, not refused. */
const TURN_TIMEOUT_MS = 30_000;
/** Of the connections, those that streams may hold. */
const STREAMS_PART = 0.75;
/** How long closing waits for connections that are still in use. */
const CLOSE_GRACE_MS = 3_000;

/**
 * Settings of every connection: parallel plans and compiled ones cost more than they bring for map requests; the database
 * notices within a second that its client has died; text and times do not depend on the server's locale.
 */
function sessionOptions(config: PoolConfig): string {
  return [
    'max_parallel_workers_per_gather=0',
    'jit=off',
    'client_connection_check_interval=1000',
    'timezone=UTC',
    'datestyle=ISO',
    'client_min_messages=warning',
    `statement_timeout=${config.statementTimeoutMs}`,
    'idle_in_transaction_session_timeout=600000',
    ...(config.role === undefined ? [] : [`role=${config.role}`]),
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ');
}

/** Opens no connection yet: a database that is down is reported by the first statement, and retried by each. */
export function openPool(config: PoolConfig): Pool {
  const url = withOptions(config.databaseUrl, sessionOptions(config));
  // A role of few rights may not cancel the statements of the user that took it on.
  const { role: _role, ...unrestricted } = config;
  const controlUrl = withOptions(config.databaseUrl, sessionOptions(unrestricted));
  const connections = new pg.Pool({
    connectionString: url,
    max: config.maxConnections,
    connectionTimeoutMillis: config.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: config.applicationName ?? 'blizniak',
    types: { getTypeParser },
    onConnect: warmProjections,
  });
  // Cancelling must not wait for the connections that are to be cancelled.
  const control = new pg.Pool({ connectionString: controlUrl, max: 1, connectionTimeoutMillis: 2_000 });
  for (const each of [connections, control]) {
    // A connection that dies unasked is dropped by the pool; without a listener it would end the process.
    each.on('error', () => {});
    each.on('connect', (client) => client.on('error', () => {}));
  }
  return makePool(connections, control, describeTarget(config.databaseUrl), controlUrl, config.onTook);
}

function makePool(
  connections: pg.Pool,
  control: pg.Pool,
  target: string,
  ownUrl: string,
  onTook: PoolConfig['onTook'] = () => {},
): Pool {
  const inUse = new Set<Connection>();
  const sessions = new Set<KeptSession>();
  const places = new Turns(connections.options.max);
  const streams = new Turns(Math.max(1, Math.floor(connections.options.max * STREAMS_PART)));
  const connect = async (signal?: CancelSignal): Promise<Connection> => {
    signal?.throwIfAborted();
    const leave = await turnOf(places, signal);
    try {
      const client = await clientOf(connections, target, signal);
      const connection = asConnection(client, control, () => {
        inUse.delete(connection);
        leave();
      });
      inUse.add(connection);
      return connection;
    } catch (error) {
      leave();
      throw error;
    }
  };

  /** One that answers: after a restart of the database every idle connection may be dead. */
  const connectAlive = async (signal?: CancelSignal): Promise<Connection> => {
    for (let dead = 0; ; dead++) {
      const connection = await connect(signal);
      try {
        await connection.run(sql`select 1`, signal);
        return connection;
      } catch (error) {
        connection.release(true);
        if (!isLost(error) || dead >= connections.options.max) throw error;
      }
    }
  };

  /** A connection may have died while it lay idle: the statement is tried once more on a living one. */
  const begin = async <T extends object>(
    statement: Sql,
    signal?: CancelSignal,
  ): Promise<{ connection: Connection; rows: readonly T[] }> => {
    for (let attempt = 1; ; attempt++) {
      const connection = await (attempt === 1 ? connect(signal) : connectAlive(signal));
      const begun = performance.now();
      try {
        const rows = await connection.run<T>(statement, signal);
        onTook(statement, performance.now() - begun);
        return { connection, rows };
      } catch (error) {
        // What a cancelled statement throws is the reason of the signal; its connection is clean, or cut already.
        const lost = !signal?.aborted && isLost(error);
        if (!lost) onTook(statement, performance.now() - begun);
        connection.release(lost);
        if (!lost || attempt > 1) throw error;
      }
    }
  };

  return {
    target,
    connect,
    async read<T extends object>(statement: Sql, signal?: CancelSignal) {
      const { connection, rows } = await begin<T>(statement, signal);
      connection.release();
      return rows;
    },
    async *stream<T extends object>(statement: Sql, signal: CancelSignal, rowsPerFetch = ROWS_PER_FETCH) {
      const leave = await streams.enter(1, signal);
      signal.addEventListener('abort', leave, { once: true });
      try {
        const { connection } = await begin(OPEN_TRANSACTION, signal);
        const begun = performance.now();
        let isFirst = true;
        for await (const rows of fetchAll<T>(connection, statement, signal, rowsPerFetch)) {
          if (isFirst) onTook(statement, performance.now() - begun);
          isFirst = false;
          yield rows;
        }
      } finally {
        signal.removeEventListener('abort', leave);
        leave();
      }
    },
    listen(channels, listener) {
      const session = listen(ownUrl, channels, listener);
      sessions.add(session);
      return session;
    },
    lead(lock, work) {
      const session = lead(ownUrl, lock, work);
      sessions.add(session);
      return session;
    },
    usage: () => ({
      ...{ open: connections.totalCount, idle: connections.idleCount },
      ...{ waiting: places.waiting, most: connections.options.max },
    }),
    async warm() {
      await begin(sql`select 1`).then(
        ({ connection }) => connection.release(),
        () => {},
      );
    },
    async close() {
      await Promise.all([...sessions].map((each) => each.close()));
      const closed = connections.end();
      const inTime = await Promise.race([
        closed.then(() => true),
        sleep(CLOSE_GRACE_MS, false, { ref: false }),
      ]);
      if (!inTime) for (const connection of inUse) connection.release(true);
      await Promise.all([closed, control.end()]);
    },
  };
}

const isLost = (error: unknown): boolean =>
  isConnectionError(error instanceof TwinError ? error.cause : error);

/** Waits in line for a connection. The pool's own line has one deadline for that and for a database that is silent. */
async function turnOf(places: Turns, signal?: CancelSignal): Promise<() => void> {
  const busy = new AbortController();
  const timer = setTimeout(
    () => busy.abort(unavailable('All connections to the database are busy; try again shortly')),
    TURN_TIMEOUT_MS,
  );
  const giveUp = () => busy.abort(signal?.reason);
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    return await places.enter(1, busy.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

async function clientOf(connections: pg.Pool, target: string, signal?: CancelSignal): Promise<pg.PoolClient> {
  const waiting = connections.connect().catch((error: unknown) => {
    if (connections.totalCount >= connections.options.max) {
      throw unavailable('All connections to the database are busy; try again shortly', error);
    }
    throw unavailable(`${asDatabaseError(error).message} (database at ${target})`, error);
  });
  if (!signal) return waiting;
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      waiting.then(
        (client) => client.release(),
        () => {},
      );
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    waiting.then(
      (client) => {
        signal.removeEventListener('abort', onAbort);
        if (!signal.aborted) resolve(client);
      },
      (error: unknown) => {
        signal.removeEventListener('abort', onAbort);
        reject(error);
      },
    );
  });
}

/** The first transformation of a backend opens PROJ's database, 20 to 30 ms that no request should pay. */
async function warmProjections(client: pg.ClientBase): Promise<void> {
  const point = 'ST_SetSRID(ST_MakePoint(6427000, 5808000), 2177)';
  await client
    .query(`select ST_Transform(${point}, 4326), ST_Transform(${point}, 3857), ST_Transform(${point}, 2180)`)
    .catch(() => {}); // before the first migration there is no PostGIS
}

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const parseMoment: (text: string) => Date = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);

/** Dates stay text, moments become UTC ISO text, int8 becomes a number: our values are JSON. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (format !== 'binary') {
    if (oid === INT8) return Number;
    if (oid === DATE) return String;
    if (oid === TIMESTAMPTZ) return momentText;
  }
  return pg.types.getTypeParser(oid, format as 'text');
};

/** What sessions in UTC write for a moment of our era with no more than milliseconds. */
const UTC_MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{3})?\+00$/;

/** The driver's way by a Date costs ten times as much, and every row has several moments. */
const momentText = (text: string): string =>
  UTC_MOMENT.test(text) ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : utcText(parseMoment(text));

function withOptions(databaseUrl: string, options: string): string {
  const url = new URL(databaseUrl);
  const given = url.searchParams.get('options');
  url.searchParams.set('options', given ? `${options} ${given}` : options);
  return url.toString();
}

function describeTarget(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  return `${url.searchParams.get('host') ?? url.hostname}:${url.port || 5432}${url.pathname}`;
}
