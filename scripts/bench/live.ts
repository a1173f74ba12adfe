/**
 * Live values under load: `npm run bench:live`. Ingest one by one and in data arrays, and from the sender to a thousand
 * readers. `ROWS` is the size of the table of the year (0 leaves it out; 105120000 is a thousand sensors at a value in
 * five minutes for a year), `DATABASE_URL` a database to use in place of a private one; it must be empty.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WireSeries } from '../../core/wire/live.ts';
import { storeAccounts } from '../../server/store/accounts.ts';
import { openLocalCluster } from '../../server/store/local-cluster/open-local-cluster.ts';
import { openPool, type Pool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { newFolder, type Service, startService, stopService } from '../../test/support/product.ts';
import { benchYear, makeSensors } from './live-year.ts';
import { runScript } from './wrk.ts';

const ROWS = Number(process.env['ROWS'] ?? 10_000_000);
const READERS = Number(process.env['READERS'] ?? 1_000);
const SECONDS = Number(process.env['SECONDS_EACH'] ?? 10);
const SENSORS = 1_000;
const DAY_S = 86_400;
/** Rows of one data array: what a gateway that sends every few seconds has. */
const ROWS_AT_ONCE = 1_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

const TICKS_PER_S = 100;
/** Of a process what the kernel says after its name: its state, its parent, … (proc(5)). */
const statOf = (pid: string | number | undefined): readonly string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];

/** Seconds of the processor that a process and its children, also those that have ended, have used. */
function cpuS(pid: number | undefined): number {
  let ticks = 0;
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = statOf(entry);
      if (Number(entry) !== pid && Number(fields[1]) !== pid) continue;
      const used = Number(entry) === pid ? [11, 12, 13, 14] : [11, 12];
      ticks += used.reduce((sum, n) => sum + Number(fields[n]), 0);
    } catch {
      // It has just ended, and is counted with its parent.
    }
  }
  return ticks / TICKS_PER_S;
}

/** Seconds of the processor: of the server, and of the database, which is on this machine. */
async function bothCpuS(service: Service, pool: Pool): Promise<readonly [number, number]> {
  const [row] = await pool.read<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return [cpuS(service.child.pid), cpuS(Number(statOf(row?.pid)[1]))];
}

async function benchIngest(service: Service, pool: Pool, token: string): Promise<void> {
  say(
    '| what | values/s | p95 of an answer, ms | server, cores | PostgreSQL, cores |\n|---|---|---|---|---|',
  );
  const trials = [
    { title: 'one by one, 64 connections', rows: 0, connections: 64 },
    { title: `data arrays of ${grouped(ROWS_AT_ONCE)}, 4 connections`, rows: ROWS_AT_ONCE, connections: 4 },
  ];
  for (const [n, { title, rows, connections }] of trials.entries()) {
    // Each trial has times of its own, so that every value is new.
    const told = (beginS: number) => [token, String(SENSORS), String(rows), String(beginS)];
    const beginS = Math.floor(Date.now() / 1000) - (n + 1) * DAY_S;
    await runScript('observations.lua', service.url, connections, 2, told(beginS));
    const before = await countOf(pool);
    const cpuBefore = await bothCpuS(service, pool);
    const begun = performance.now();
    const figures = await runScript(
      'observations.lua',
      service.url,
      connections,
      SECONDS,
      told(beginS + DAY_S / 2),
    );
    const seconds = (performance.now() - begun) / 1000;
    const cores = (await bothCpuS(service, pool)).map((used, n) =>
      ((used - (cpuBefore[n] ?? 0)) / seconds).toFixed(2),
    );
    const written = (await countOf(pool)) - before;
    const answered = figures.requests * Math.max(1, rows);
    if (written < answered) throw new Error(`${answered} values were acknowledged, ${written} are there`);
    say(`| ${title} | ${grouped(answered / seconds)} | ${figures.p95Ms.toFixed(0)} | ${cores.join(' | ')} |`);
  }
}

async function countOf(pool: Pool): Promise<number> {
  const [row] = await pool.read<{ count: number }>(sql`select count(*) as count from live.observation`);
  return row?.count ?? 0;
}

/** Values at an even pace to one service, while readers follow. */
async function benchReaders(service: Service, token: string, perS: number): Promise<void> {
  const script = join(import.meta.dirname, 'live-readers.ts');
  const readers = spawn(process.execPath, ['--import', 'tsx', script, service.url, String(READERS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  readers.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  while (!said.includes('ready')) await sleep(100);
  const cpuBefore = cpuS(service.child.pid);
  const begunMs = Date.now();
  let sent = 0;
  const pending = new Set<Promise<unknown>>();
  while (Date.now() - begunMs < SECONDS * 1000) {
    for (; sent < ((Date.now() - begunMs) / 1000) * perS; sent++) {
      const address = `${service.url}/sta/v1.1/Datastreams(${1 + (sent % SENSORS)})/Observations`;
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ phenomenonTime: new Date().toISOString(), result: sent % 97 });
      const sending = fetch(address, { method: 'POST', headers, body })
        .then((reply) => reply.text())
        .finally(() => pending.delete(sending));
      pending.add(sending);
    }
    await sleep(5);
  }
  await Promise.all(pending);
  const cores = (cpuS(service.child.pid) - cpuBefore) / ((Date.now() - begunMs) / 1000);
  await sleep(2_000);
  readers.kill('SIGTERM');
  await new Promise((resolve) => readers.once('close', resolve));
  const told = JSON.parse(said.trim().split('\n').at(-1) ?? '{}');
  if (told.values !== sent * READERS || told.lost > 0) {
    throw new Error(`${sent} values to ${READERS} readers: ${JSON.stringify(told)}`);
  }
  say(
    `| ${grouped(READERS)} | ${perS} | ${told.p50Ms} | ${told.p95Ms} | ${told.maxMs} | ${cores.toFixed(2)} | ${(told.cpuS / SECONDS).toFixed(2)} |`,
  );
}

// One that the account of PostgreSQL can reach, so that its files go with it.
const folder = newFolder();
const given = process.env['DATABASE_URL'];
const log = { info: () => {}, warn: () => {} };
const cluster = given
  ? undefined
  : await openLocalCluster({ dataDir: join(folder, 'data'), log, progress: () => {} });
const databaseUrl = given ?? cluster?.url ?? '';
const pool = openPool({ databaseUrl, maxConnections: 2, statementTimeoutMs: 3_600_000 });
try {
  const env = { DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' };
  let service = await startService({ env });
  const token = await storeAccounts(pool).issue('staff', {
    label: 'bench:live',
    expiresAt: new Date(Date.now() + 86_400_000),
  });
  await makeSensors(pool, SENSORS);
  await benchIngest(service, pool, token);
  say(
    `\n| readers | values/s | p50, ms | p95, ms | slowest, ms | server, cores | readers, cores |\n|${'---|'.repeat(7)}`,
  );
  for (const perS of [20, 100]) await benchReaders(service, token, perS);
  await stopService(service);
  if (ROWS > 0) {
    await benchYear(
      pool,
      ROWS,
      SENSORS,
      say,
      async (query) => {
        const reply = await fetch(`${service.url}/api/live/series?${query}`);
        if (!reply.ok) throw new Error(await reply.text());
        const { series }: { series: [WireSeries] } = JSON.parse(await reply.text());
        return series[0];
      },
      async () => {
        service = await startService({ env });
      },
    );
    await stopService(service);
  }
  say(
    `\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(1)}`,
  );
} finally {
  await pool.close();
  await cluster?.close();
  rmSync(folder, { recursive: true, force: true });
}
