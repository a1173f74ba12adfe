/**
 * A large EGiB GML through `blizniak load`, beside ogr2ogr into the same PostgreSQL: `npm run bench:load`.
 * `MEGABYTES` is the size of the file (300). A tenth of it is loaded too: where memory stays flat both have one peak.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { openLocalCluster } from '../../server/store/local-cluster/open-local-cluster.ts';
import { openPool } from '../../server/store/pool.ts';
import { sql } from '../../server/store/sql.ts';
import { runBlizniak } from '../../test/support/product.ts';
import { egibHead, egibMembers, egibTail } from './egib-file.ts';

const MEGABYTES = Number(process.env['MEGABYTES'] ?? 300);
const SAMPLE_EVERY_MS = 20;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

interface Run {
  readonly seconds: number;
  /** Largest resident memory of the process (not of PostgreSQL), MB. */
  readonly peakMb: number;
}

/** Until it ends; memory as the kernel keeps it. */
async function measure(pid: number | undefined, ended: Promise<number>): Promise<Run> {
  const begun = performance.now();
  let peakKb = 0;
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    } catch {
      // It has just ended.
    }
  }, SAMPLE_EVERY_MS);
  const code = await ended;
  clearInterval(timer);
  if (code !== 0) throw new Error(`ended with ${code}`);
  return { seconds: (performance.now() - begun) / 1000, peakMb: peakKb / 1024 };
}

/** @returns the number of its objects */
async function writeFile(path: string, megabytes: number): Promise<number> {
  const stream = createWriteStream(path);
  let objects = 0;
  let bytes = 0;
  stream.write(egibHead);
  for (let n = 0; bytes < megabytes * 1e6; n++) {
    const members = egibMembers(n);
    objects += members.length;
    const text = members.join('\n');
    bytes += Buffer.byteLength(text);
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end(egibTail);
  await finished(stream);
  return objects;
}

async function load(path: string, databaseUrl: string) {
  const run = runBlizniak(['load', '--json', path], { env: { DATABASE_URL: databaseUrl } });
  const figures = await measure(run.child.pid, run.ended).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${run.output()}`);
  });
  const report: { files: { read: number; written: number; unchanged: number; rejected: number }[] } =
    JSON.parse(run.stdout());
  return { ...figures, report: report.files[0] };
}

/** GDAL takes five layers of the file by its own rules; its figures are a measure of what reading and writing cost. */
function ogr2ogr(path: string, databaseUrl: string): Promise<Run> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const target = `PG:host=${hostname} port=${port} user=${username} password=${password} dbname=${pathname.slice(1)}`;
  const settings = ['--config', 'PG_USE_COPY', 'YES', '-lco', 'SCHEMA=peer', '-lco', 'LAUNDER=YES'];
  const child = spawn('ogr2ogr', ['-f', 'PostgreSQL', target, path, '-overwrite', ...settings], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  return measure(child.pid, ended);
}

const folder = mkdtempSync(join(tmpdir(), 'blizniak-bench-load-'));
const log = { info: () => {}, warn: () => {} };
const cluster = await openLocalCluster({ dataDir: join(folder, 'data'), log, progress: () => {} });
try {
  const rows: string[] = [];
  const row = (what: string, objects: number, { seconds, peakMb }: Run): void => {
    rows.push(`| ${what} | ${seconds.toFixed(1)} | ${grouped(objects / seconds)} | ${grouped(peakMb)} |`);
  };
  const small = join(folder, 'small.gml');
  const large = join(folder, 'large.gml');
  const fewObjects = await writeFile(small, MEGABYTES / 10);
  const objects = await writeFile(large, MEGABYTES);
  const megabytes = (path: string) => `${Math.round(statSync(path).size / 1e6)} MB`;

  row(`${megabytes(small)}, ${grouped(fewObjects)} objects`, fewObjects, await load(small, cluster.url));
  const first = await load(large, cluster.url);
  if (first.report?.rejected !== 0) throw new Error(JSON.stringify(first.report).slice(0, 500));
  row(`${megabytes(large)}, ${grouped(objects)} objects (a tenth of them known)`, objects, first);
  const again = await load(large, cluster.url);
  if (again.report?.unchanged !== objects) throw new Error(JSON.stringify(again.report).slice(0, 500));
  row('the same file again, all unchanged', objects, again);

  const pool = openPool({ databaseUrl: cluster.url, maxConnections: 1, statementTimeoutMs: 10_000 });
  await pool.read(sql`create schema peer`);
  await pool.close();
  row('ogr2ogr, the same file into plain tables by COPY', objects, await ogr2ogr(large, cluster.url));

  const load1 = loadavg()[0]?.toFixed(1);
  say(`\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, load ${load1}\n`);
  say(`| what | seconds | objects/s | peak RSS of the process, MB |\n|---|---|---|---|\n${rows.join('\n')}`);
} finally {
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
}
