/**
 * Large answers of WFS by a running service that holds a city: `BASE_URL=http://127.0.0.1:8080 SERVICE_PID=… npm run
 * bench:downloads`. A million objects in one answer and the largest layer in each streaming format: first byte, objects a
 * second, and how far the memory of the service grows meanwhile. Then pages by `startIndex`, in order and at random, counts
 * of boxes, and how long a download that was left still holds a connection of the database (`DATABASE_URL`).
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { openPool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';

const base = process.env['BASE_URL'];
const pid = process.env['SERVICE_PID'];
if (base === undefined || pid === undefined)
  throw new Error('Set BASE_URL and SERVICE_PID of a service that holds a city');
const wfs = `${base}/wfs?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature`;
const LARGEST = 'utility_lines';
const MILLION = [LARGEST, 'trees', 'parcels'];
/** PL-2000: south-west of the middle of the large demo city. */
const [E, N] = (process.env['PLACE'] ?? '6421000,5801000').split(',').map(Number) as [number, number];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Resident memory of the service in MB. */
function residentMb(): number {
  const [, kb] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1000;
}

const middle = (values: readonly number[], part = 0.5): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;

async function ask(url: string, init?: RequestInit): Promise<Response> {
  const reply = await fetch(url, { ...init, headers: { 'accept-encoding': 'identity', ...init?.headers } });
  if (!reply.ok) throw new Error(`${url}: ${reply.status} ${await reply.text()}`);
  return reply;
}

/** Takes all of it and looks at the memory of the service meanwhile. */
async function download(
  title: string,
  objects: number,
  layers: readonly string[],
  format: string,
): Promise<void> {
  const before = residentMb();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, residentMb());
  }, 50);
  const queries = layers.map((layer) => `<w:Query typeNames="${layer}"/>`).join('');
  const body = `<w:GetFeature service="WFS" version="2.0.0" outputFormat="${format}" xmlns:w="http://www.opengis.net/wfs/2.0">${queries}</w:GetFeature>`;
  try {
    const began = performance.now();
    const reply = await ask(`${base}/wfs`, { method: 'POST', headers: { 'content-type': 'text/xml' }, body });
    let [bytes, firstMs] = [0, 0];
    for await (const chunk of reply.body ?? []) {
      firstMs ||= performance.now() - began;
      bytes += (chunk as Uint8Array).length;
    }
    const seconds = (performance.now() - began) / 1000;
    say(
      `| ${title} | ${(bytes / 1e6).toFixed(0)} | ${firstMs.toFixed(0)} | ${(objects / seconds).toFixed(0)} | ` +
        `${before.toFixed(0)} → ${most.toFixed(0)} (+${(most - before).toFixed(0)}) |`,
    );
  } finally {
    clearInterval(watch);
  }
}

async function countOf(layer: string): Promise<number> {
  const said = await (await ask(`${wfs}&RESULTTYPE=hits&TYPENAMES=${layer}`)).text();
  return Number(/numberMatched="(\d+)"/.exec(said)?.[1]);
}

async function benchDownloads(): Promise<void> {
  say('| download | MB | first byte, ms | objects/s | memory, MB |\n|---|---|---|---|---|');
  await download(
    '1,000,000 of three layers, GML, first',
    1_000_000,
    MILLION,
    'application/gml+xml; version=3.2',
  );
  await download(
    '1,000,000 of three layers, GML, again',
    1_000_000,
    MILLION,
    'application/gml+xml; version=3.2',
  );
  const count = await countOf(LARGEST);
  for (const format of ['application/geo+json', 'csv', 'flatgeobuf']) {
    await download(`${count} of ${LARGEST}, ${format}`, count, [LARGEST], format);
  }
}

async function benchPages(): Promise<void> {
  const pages = Math.floor((await countOf('parcels')) / 1000);
  const msOf = async (page: number): Promise<number> => {
    const began = performance.now();
    await (
      await ask(`${wfs}&TYPENAMES=parcels&COUNT=1000&STARTINDEX=${page * 1000}&OUTPUTFORMAT=csv`)
    ).arrayBuffer();
    return performance.now() - began;
  };
  const inOrder: number[] = [];
  for (let page = 0; page < pages; page++) inOrder.push(await msOf(page));
  const [first, last] = [middle(inOrder.slice(0, 20)), middle(inOrder.slice(-20))];
  say(
    `\n${pages} pages of 1,000 parcels by startIndex: the first twenty ${first.toFixed(0)} ms, the last ${last.toFixed(0)} ms (${(last / first).toFixed(2)} times)`,
  );
}

async function benchCounts(): Promise<void> {
  for (const [layer, sideM] of [
    ['parcels', 3000],
    ['parcels', 10_000],
    [LARGEST, 5000],
  ] as const) {
    const times: number[] = [];
    let matched = '';
    for (let turn = 0; turn < 40; turn++) {
      const [x, y] = [E + Math.random() * (13_000 - sideM), N + Math.random() * (13_000 - sideM)];
      const began = performance.now();
      const box = `BBOX=${y},${x},${y + sideM},${x + sideM},urn:ogc:def:crs:EPSG::2177`;
      const said = await (await ask(`${wfs}&RESULTTYPE=hits&TYPENAMES=${layer}&${box}`)).text();
      times.push(performance.now() - began);
      matched = /numberMatched="([^"]*)"/.exec(said)?.[1] ?? '';
    }
    say(
      `count of ${layer} in ${sideM} m (${matched}): median ${middle(times).toFixed(0)} ms, p95 ${middle(times, 0.95).toFixed(0)} ms`,
    );
  }
}

/** Milliseconds until a download that its reader left holds nothing of the database any more. */
async function benchLeaving(databaseUrl: string): Promise<void> {
  const pool = openPool({ databaseUrl, maxConnections: 1, statementTimeoutMs: 5000 });
  const signal = new AbortController().signal;
  const busy = async (): Promise<number> => {
    const [row] = await pool.read<{ count: number }>(
      sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`,
      signal,
    );
    return row?.count ?? 0;
  };
  try {
    const times: number[] = [];
    for (let turn = 0; turn < 10; turn++) {
      const leave = new AbortController();
      const reader = (await ask(`${wfs}&TYPENAMES=${LARGEST}`, { signal: leave.signal })).body?.getReader();
      for (let chunk = 0; chunk < 20; chunk++) await reader?.read();
      const began = performance.now();
      leave.abort();
      while ((await busy()) > 0) await new Promise((next) => setTimeout(next, 5));
      times.push(performance.now() - began);
    }
    say(
      `a download that is left gives its cursor back after ${middle(times).toFixed(0)} ms, at most ${Math.max(...times).toFixed(0)} ms`,
    );
  } finally {
    await pool.close();
  }
}

say(`${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}\n`);
await benchDownloads();
await benchPages();
await benchCounts();
const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl !== undefined) await benchLeaving(databaseUrl);
