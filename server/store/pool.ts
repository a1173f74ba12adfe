/** The one way to PostgreSQL: connections that are set up alike, cancelled queries, errors as TwinError. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CancelSignal } from '../../core/cancel.ts';
import { unavailable } from '../../core/errors.ts';
import { utcText } from '../../core/filter/typed-literal.ts';
import { asDatabaseError, isConnectionError } from './database-error.ts';
import { name, type Sql, sql, toStatement, trusted } from './sql.ts';

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
}

/** A row as the driver gives it: column name to value; moments as ISO text, bytea as Buffer, int8 as number. */
export type Row = Readonly<Record<string, unknown>>;

export interface Pool {
  /** Runs one statement and gives all its rows. Cancelled in the database when the signal aborts. */
  read<T extends object = Row>(statement: Sql, signal?: CancelSignal): Promise<readonly T[]>;
  /**
   * Rows through a server-side cursor, so that memory stays flat. The connection goes back when the loop
   * ends, breaks or throws, or when the signal aborts, even if nobody asks for the next row.
   */
  stream<T extends object = Row>(
    statement: Sql,
    signal: CancelSignal,
    rowsPerFetch?: number,
  ): AsyncIterable<T>;
  /** One connection for several statements; the caller must release it. */
  connect(signal?: CancelSignal): Promise<Connection>;
  /** Opens a connection ahead of the first request. Never throws: a database that is down is found later. */
  warm(): Promise<void>;
  /** Where it points, without the password, for messages. */
  readonly target: string;
  /** Waits a few seconds for running statements, cuts the rest, and closes. */
  close(): Promise<void>;
}

export interface Connection {
  run<T extends object = Row>(statement: Sql, signal?: CancelSignal): Promise<readonly T[]>;
  /** The write end of `copy … from stdin`; text format. Errors come as they are from the driver. */
  copyIn(statement: Sql): NodeJS.WritableStream;
  /** Stops whatever runs on this connection now; the running call rejects. */
  cancel(): Promise<void>;
  /** Gives it back. `broken` closes it instead, and with it an open transaction. */
  release(broken?: boolean): void;
}

const ROWS_PER_FETCH = 500;
const CONNECT_TIMEOUT_MS = 5_000;

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
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ');
}

/** Opens no connection yet: a database that is down is reported by the first statement, and retried by each. */
export function openPool(config: PoolConfig): Pool {
  const url = withOptions(config.databaseUrl, sessionOptions(config));
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
  const control = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 2_000 });
  for (const each of [connections, control]) {
    // A connection that dies unasked is dropped by the pool; without a listener it would end the process.
    each.on('error', () => {});
    each.on('connect', (client) => client.on('error', () => {}));
  }
  return makePool(connections, control, describeTarget(config.databaseUrl));
}

function makePool(connections: pg.Pool, control: pg.Pool, target: string): Pool {
  const inUse = new Set<Connection>();
  const connect = async (signal?: CancelSignal): Promise<Connection> => {
    signal?.throwIfAborted();
    const client = await clientOf(connections, target, signal);
    const connection = asConnection(client, control, () => inUse.delete(connection));
    inUse.add(connection);
    return connection;
  };

  /** A connection may have died while it lay idle (a restarted database): one fresh one is tried. */
  const begin = async <T extends object>(
    statement: Sql,
    signal?: CancelSignal,
  ): Promise<{ connection: Connection; rows: readonly T[] }> => {
    for (let attempt = 1; ; attempt++) {
      const connection = await connect(signal);
      try {
        return { connection, rows: await connection.run<T>(statement, signal) };
      } catch (error) {
        const broken = isConnectionError(error instanceof Error ? error.cause : error);
        connection.release(broken);
        if (!broken || attempt > 1 || signal?.aborted) throw error;
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
      const { connection } = await begin(OPEN_TRANSACTION, signal);
      yield* fetchAll<T>(connection, statement, signal, rowsPerFetch);
    },
    async warm() {
      await begin(sql`select 1`).then(
        ({ connection }) => connection.release(),
        () => {},
      );
    },
    async close() {
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

// By FETCH and not by the portal of pg-cursor: there the statement timeout counts while the reader is slow.
const OPEN_TRANSACTION = sql`begin read only; set local cursor_tuple_fraction = 1`;
const CLOSE_TRANSACTION = sql`rollback`;

async function* fetchAll<T extends object>(
  connection: Connection,
  statement: Sql,
  signal: CancelSignal,
  rowsPerFetch: number,
): AsyncGenerator<T> {
  let isReading = false;
  let released: Promise<void> | undefined;
  const release = () => (released ??= rollbackAndRelease(connection));
  // While a fetch runs, `run` itself cancels it; between fetches there is nothing to cancel, only to give back.
  const onAbort = () => {
    if (!isReading) void release();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const read = async (step: Sql): Promise<readonly T[]> => {
    signal.throwIfAborted();
    isReading = true;
    try {
      return await connection.run<T>(step, signal);
    } finally {
      isReading = false;
    }
  };
  try {
    await read(sql`declare page no scroll cursor for ${statement}`);
    const fetch = sql`fetch forward ${trusted(String(rowsPerFetch))} from page`;
    for (let rows = await read(fetch); rows.length > 0; rows = await read(fetch)) {
      for (const row of rows) {
        signal.throwIfAborted();
        yield row;
      }
      if (rows.length < rowsPerFetch) break;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await release();
  }
}

async function rollbackAndRelease(connection: Connection): Promise<void> {
  try {
    await connection.run(CLOSE_TRANSACTION);
    connection.release();
  } catch {
    connection.release(true);
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

function asConnection(client: pg.PoolClient, control: pg.Pool, onRelease: () => void): Connection {
  let isReleased = false;
  const release = (broken = false) => {
    if (isReleased) return;
    isReleased = true;
    onRelease();
    client.release(broken);
  };
  const cancel = async () => {
    await control.query('select pg_cancel_backend($1)', [processIdOf(client)]);
  };
  return {
    release,
    cancel: () => cancel().catch(() => release(true)),
    copyIn: (statement) => client.query(copyFrom(toStatement(statement).text)),
    run: (statement, signal) => runCancellably(client, statement, signal, cancel, () => release(true)),
  };
}

/** How long closing waits for connections that are still in use. */
const CLOSE_GRACE_MS = 3_000;

/** How long a cancelled statement may take to end before its connection is cut. */
const CANCEL_GRACE_MS = 800;

async function runCancellably<T extends object>(
  client: pg.PoolClient,
  statement: Sql,
  signal: CancelSignal | undefined,
  cancel: () => Promise<void>,
  cut: () => void,
): Promise<readonly T[]> {
  signal?.throwIfAborted();
  const { text, values } = toStatement(statement);
  // Without parameters the simple protocol takes several statements in one trip.
  const answer = client.query(values.length > 0 ? { text, values } : text);
  let cancelled: Promise<void> | undefined;
  const onAbort = () => {
    cancelled = cancelAndSettle(client, answer, cancel, cut);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const result: pg.QueryResult<T> | pg.QueryResult<T>[] = await answer;
    return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw asDatabaseError(error);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await cancelled;
  }
}

/** Cancels, and returns only when the connection is clean again or cut: a late cancel must not hit the next user. */
async function cancelAndSettle(
  client: pg.PoolClient,
  answer: Promise<unknown>,
  cancel: () => Promise<void>,
  cut: () => void,
): Promise<void> {
  const settled = answer.then(
    () => true,
    () => true,
  );
  try {
    await cancel();
    const inTime = await Promise.race([settled, sleep(CANCEL_GRACE_MS, false)]);
    if (!inTime) return cut();
    // The signal may still be under way to an idle backend: it can only hit this statement.
    await client.query('select 1').catch(() => {});
  } catch {
    cut();
  }
}

function processIdOf(client: pg.PoolClient): number {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : -1;
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
    if (oid === TIMESTAMPTZ) return (text: string) => utcText(parseMoment(text));
  }
  return pg.types.getTypeParser(oid, format as 'text');
};

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

/** A name for `search_path`-free access to a register table. */
export const tableOf = (layer: { readonly dataset: string; readonly table: string }): Sql =>
  name(layer.dataset, layer.table);
