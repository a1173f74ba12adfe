import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { runningStatements, type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { openPool } from './pool.ts';
import { sql } from './sql.ts';

const SOON_MS = 1_000;

describe('openPool', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  const goneWithin = async (mark: string): Promise<number> => {
    const start = performance.now();
    while ((await runningStatements(database.pool, mark)) > 0) {
      if (performance.now() - start > 5_000) break;
      await sleep(10);
    }
    return performance.now() - start;
  };
  const until = async (mark: string) => {
    while ((await runningStatements(database.pool, mark)) === 0) await sleep(5);
  };

  it('sets every connection up alike', async () => {
    const [row] = await database.pool.read(sql`select current_setting('timezone') as timezone,
      current_setting('max_parallel_workers_per_gather') as workers, current_setting('jit') as jit,
      current_setting('statement_timeout') as timeout, current_setting('application_name') as name`);
    expect(row).toEqual({ timezone: 'UTC', workers: '0', jit: 'off', timeout: '20s', name: 'blizniak' });
  });

  it('gives moments, dates and large counts as JSON values', async () => {
    const [row] = await database.pool.read(sql`select timestamptz '2024-05-01 12:00:00.25+02' as moment,
      date '2024-02-29' as day, count(*) as count, timestamptz '1900-01-01 00:00:00Z' as long_ago`);
    expect(row).toEqual({
      moment: '2024-05-01T10:00:00.250Z',
      day: '2024-02-29',
      count: 1,
      long_ago: '1900-01-01T00:00:00Z',
    });
  });

  it('keeps parameters out of the text', async () => {
    const nasty = "'; drop schema city cascade; --";
    const inner = sql`select ${nasty}::text as echo where ${1}::integer = 1`;
    expect(await database.pool.read(sql`select * from (${inner}) as x where echo = ${nasty}::text`)).toEqual([
      { echo: nasty },
    ]);
  });

  describe('cancelling', () => {
    it('ends a statement in the database within a second', async () => {
      const pool = database.openAnother({ maxConnections: 1 });
      const backend = sql`select pg_backend_pid() as pid`;
      const before = await pool.read(backend);
      const controller = new AbortController();
      const reason = new Error('client left');
      const answer = pool.read(sql`select pg_sleep(15), 'cancel-read'`, controller.signal);
      const settled = expect(answer).rejects.toBe(reason);
      await until('cancel-read');
      controller.abort(reason);
      expect(await goneWithin('cancel-read')).toBeLessThan(SOON_MS);
      await settled;
      // The same connection: cancelled, not cut.
      expect(await pool.read(backend)).toEqual(before);
    });

    it('ends a cursor that is computing its next rows', async () => {
      const pool = database.openAnother({ maxConnections: 1 });
      const controller = new AbortController();
      const rows = pool.stream(
        sql`select n, case when n > 3 then pg_sleep(15) end from generate_series(1, 9) as n where 'x' <> 'cancel-fetch'`,
        controller.signal,
        3,
      );
      const walk = (async () => {
        for await (const _ of rows) void _;
      })();
      const settled = expect(walk).rejects.toBe('gone');
      await sleep(200);
      controller.abort('gone');
      await settled;
      const start = performance.now();
      expect(await pool.read(sql`select 1 as one`)).toEqual([{ one: 1 }]);
      expect(performance.now() - start).toBeLessThan(SOON_MS);
    });

    it('gives back the connection of a cursor that nobody reads on', async () => {
      const pool = database.openAnother({ maxConnections: 1 });
      const controller = new AbortController();
      const rows = pool.stream(sql`select generate_series(1, 100000) as n`, controller.signal, 10);
      const iterator = rows[Symbol.asyncIterator]();
      expect(await iterator.next()).toMatchObject({ done: false, value: { length: 10, 0: { n: 1 } } });
      controller.abort('gone');
      expect(await pool.read(sql`select 1 as one`)).toEqual([{ one: 1 }]);
      await expect(iterator.next()).rejects.toBe('gone');
    });

    it('leaves connections to others, however many read slowly', async () => {
      const pool = database.openAnother({ maxConnections: 4 });
      const controller = new AbortController();
      const rows = sql`select generate_series(1, 100000) as n`;
      let began = 0;
      const slow = Array.from({ length: 10 }, async () => {
        await pool.stream(rows, controller.signal, 10)[Symbol.asyncIterator]().next();
        began++;
      });
      await vi.waitFor(() => expect(began).toBe(3), { timeout: 10_000 });
      expect(await pool.read(sql`select 1 as one`)).toEqual([{ one: 1 }]);
      controller.abort('gone');
      await Promise.allSettled(slow);
      expect(began).toBe(3);
      for await (const batch of pool.stream(rows, new AbortController().signal, 10)) {
        expect(batch).toHaveLength(10);
        break;
      }
    });

    it('never hits the next user of the connection', async () => {
      const pool = database.openAnother({ maxConnections: 2 });
      for (let i = 0; i < 40; i++) {
        const controller = new AbortController();
        const answer = pool.read(sql`select pg_sleep(0.004)`, controller.signal);
        setTimeout(() => controller.abort('gone'), i % 8);
        await answer.catch(() => {});
        expect(await pool.read(sql`select pg_sleep(0.002), 1 as one`)).toHaveLength(1);
      }
    });

    it('stops waiting for a connection', async () => {
      const pool = database.openAnother({ maxConnections: 1 });
      const held = await pool.connect();
      const controller = new AbortController();
      const answer = pool.read(sql`select 1`, controller.signal);
      controller.abort('gone');
      await expect(answer).rejects.toBe('gone');
      held.release();
      expect(await pool.read(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    });
  });

  describe('streaming', () => {
    it('gives every row in order, whatever the size of a fetch', async () => {
      for (const rowsPerFetch of [1, 7, 100, 1000]) {
        const seen: unknown[] = [];
        const rows = database.pool.stream<{ n: number }>(
          sql`select n from generate_series(1, ${100}::integer) as n`,
          new AbortController().signal,
          rowsPerFetch,
        );
        for await (const some of rows) seen.push(...some.map(({ n }) => n));
        expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
      }
    });

    it('is not cut by the deadline while the reader is slow', async () => {
      const pool = database.openAnother({ maxConnections: 1, statementTimeoutMs: 300 });
      let seen = 0;
      const rows = pool.stream(sql`select generate_series(1, 6) as n`, new AbortController().signal, 2);
      for await (const { length } of rows) {
        await sleep(200);
        seen += length;
      }
      expect(seen).toBe(6);
    });

    it('reports an error of the statement and goes on', async () => {
      const pool = database.openAnother({ maxConnections: 1 });
      const rows = pool.stream(
        sql`select 1 / (3 - n) from generate_series(1, 5) as n`,
        new AbortController().signal,
        1,
      );
      await expect(
        (async () => {
          for await (const _ of rows) void _;
        })(),
      ).rejects.toMatchObject({ kind: 'internal' });
      expect(await pool.read(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    });
  });

  it('closes although somebody holds a connection', async () => {
    const pool = openPool({ databaseUrl: database.url, maxConnections: 2, statementTimeoutMs: 20_000 });
    const held = await pool.connect();
    const running = expect(held.run(sql`select pg_sleep(20)`)).rejects.toMatchObject({ kind: 'unavailable' });
    await pool.close();
    await running;
  });

  describe('trouble', () => {
    it('calls an overlong statement a timeout', async () => {
      const pool = database.openAnother({ statementTimeoutMs: 50 });
      await expect(pool.read(sql`select pg_sleep(5)`)).rejects.toMatchObject({
        kind: 'timeout',
        message: expect.stringContaining('smaller area'),
      });
    });

    it('survives the end of all its connections, as when the database restarts', async () => {
      const pool = database.openAnother({ maxConnections: 3 });
      const terminate = sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`;
      await Promise.all([1, 2, 3].map(() => pool.read(sql`select pg_sleep(0.05)`)));
      await database.pool.read(terminate);
      expect(await pool.read(sql`select 1 as one`)).toEqual([{ one: 1 }]);
      const running = pool.read(sql`select pg_sleep(10), 'killed'`);
      const refused = expect(running).rejects.toMatchObject({ kind: 'unavailable' });
      await until('killed');
      // Twice, because one lost connection is tried again.
      await database.pool.read(terminate);
      await sleep(100);
      await until('killed');
      await database.pool.read(terminate);
      await refused;
      expect(await pool.read(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    });

    it('says that the database cannot be reached, and where', async () => {
      const pool = openPool({
        databaseUrl: 'postgres://someone:secret@127.0.0.1:9/nowhere',
        maxConnections: 2,
        statementTimeoutMs: 1000,
      });
      await pool.warm();
      const error = await pool.read(sql`select 1`).catch((e: unknown) => e);
      expect(error).toMatchObject({
        kind: 'unavailable',
        message: expect.stringContaining('127.0.0.1:9/nowhere'),
      });
      expect(String(error)).not.toContain('secret');
      await pool.close();
    });

    it('says that a database does not exist', async () => {
      const url = new URL(inject('databaseUrl'));
      url.pathname = '/blizniak_no_such_database';
      const pool = openPool({ databaseUrl: url.toString(), maxConnections: 2, statementTimeoutMs: 1000 });
      await expect(pool.read(sql`select 1`)).rejects.toMatchObject({
        kind: 'unavailable',
        message: expect.stringContaining('does not exist'),
      });
      await pool.close();
    });

    it('says that it is busy when no connection is free in time', async () => {
      const pool = database.openAnother({ maxConnections: 1, connectTimeoutMs: 100 });
      const held = await pool.connect();
      await expect(pool.read(sql`select 1`)).rejects.toMatchObject({
        kind: 'unavailable',
        message: expect.stringContaining('busy'),
      });
      held.release();
    });

    it('makes broken statements internal errors that show nothing', async () => {
      const error = await database.pool.read(sql`select secret_column from nowhere`).catch((e: unknown) => e);
      expect(error).toMatchObject({ kind: 'internal' });
      expect(String(error)).not.toContain('secret_column');
    });
  });
});
