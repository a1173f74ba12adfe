/** One connection: statements that can be cancelled, COPY, and a clean way back to the pool. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { CancelSignal } from '../../core/cancel.ts';
import { asDatabaseError } from './database-error.ts';
import { type Sql, toStatement } from './sql.ts';

/** A row as the driver gives it: column name to value; moments as ISO text, bytea as Buffer, int8 as number. */
export type Row = Readonly<Record<string, unknown>>;

export interface Connection {
  run<T extends object = Row>(statement: Sql, signal?: CancelSignal): Promise<readonly T[]>;
  /** The write end of `copy … from stdin`; text format. Errors come as they are from the driver. */
  copyIn(statement: Sql): NodeJS.WritableStream;
  /** The read end of `copy … to stdout`; the connection is free again when it has ended. Errors come from the driver. */
  copyOut(statement: Sql): NodeJS.ReadableStream & AsyncIterable<Buffer>;
  /** Stops whatever runs on this connection now; the running call rejects. */
  cancel(): Promise<void>;
  /** Gives it back. `broken` closes it instead, and with it an open transaction. */
  release(broken?: boolean): void;
}

/** @param control where cancel requests go, since this connection is busy */
export function asConnection(client: pg.PoolClient, control: pg.Pool, onRelease: () => void): Connection {
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
    copyOut: (statement) => client.query(copyTo(toStatement(statement).text)),
    run: (statement, signal) => runCancellably(client, statement, signal, cancel, () => release(true)),
  };
}

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
  const kept = statement.isKept ? { name: nameOf(text) } : {};
  // Without parameters the simple protocol takes several statements in one trip.
  const answer = client.query(values.length > 0 ? { ...kept, text, values } : text);
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

const names = new Map<string, string>();

/** What connections keep a statement under. */
function nameOf(text: string): string {
  const known = names.get(text) ?? createHash('sha256').update(text).digest('base64url');
  names.set(text, known);
  return known;
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
