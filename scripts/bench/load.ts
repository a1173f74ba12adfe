/**
 * A large EGiB GML through `blizniak load`, beside ogr2ogr into the same PostgreSQL: `npm run bench:load`.
 * `MEGABYTES` is the size of the file (300). A tenth of it is loaded too: where memory stays flat both have one peak.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
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
  /** Seconds of the processor, of the process and of PostgreSQL meanwhile: on a busy machine they say more than the clock. */
  readonly ownCpu: number;
  readonly databaseCpu: number;
}

/** Of the kernel's accounts of processor time; Debian's kernels count 100 a second. */
const TICKS_PER_SECOND = 100;

/** Name of a process is in brackets and may hold blanks; utime is the 14th field. */
function cpuOf(pid: number | string | undefined, withEnded = false): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [own = 0, kernel = 0, children = 0, kernelOfChildren = 0] = fields.slice(11, 15);
    return (own + kernel + (withEnded ? children + kernelOfChildren : 0)) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** The parent of every backend. */
async function postmasterOf(databaseUrl: string): Promise<number> {
  const pool = openPool({ databaseUrl, maxConnections: 1, statementTimeoutMs: 10_000 });
  const [row] = await pool.read<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  const stat = readFileSync(`/proc/${row?.pid}/stat`, 'utf8');
  await pool.close();
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Of the postmaster, its backends and those that have ended. */
function databaseCpu(postmaster: number): number {
  const backends = readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === postmaster;
    } catch {
      return false;
    }
  });
  return cpuOf(postmaster, true) + backends.reduce((sum, pid) => sum + cpuOf(pid), 0);
}

/** Until it ends; memory as the kernel keeps it. */
async function measure(pid: number | undefined, ended: Promise<number>, postmaster: number): Promise<Run> {
  const begun = performance.now();
  const databaseBefore = databaseCpu(postmaster);
  let [peakKb, ownCpu] = [0, 0];
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      ownCpu = Math.max(ownCpu, cpuOf(pid));
    } catch {
      // It has just ended.
    }
  }, SAMPLE_EVERY_MS);
  const code = await ended;
  clearInterval(timer);
  if (code !== 0) throw new Error(`ended with ${code}`);
  return {
    ...{ seconds: (performance.now() - begun) / 1000, peakMb: peakKb / 1024, ownCpu },
    databaseCpu: databaseCpu(postmaster) - databaseBefore,
  };
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

async function load(path: string, databaseUrl: string, postmaster: number) {
  const run = runBlizniak(['load', '--json', path], { env: { DATABASE_URL: databaseUrl } });
  const figures = await measure(run.child.pid, run.ended, postmaster).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${run.output()}`);
  });
  const report: { files: { read: number; written: number; unchanged: number; rejected: number }[] } =
    JSON.parse(run.stdout());
  return { ...figures, report: report.files[0] };
}

/** GDAL takes five layers of the file by its own rules; its figures are a measure of what reading and writing cost. */
function ogr2ogr(path: string, databaseUrl: string, postmaster: number): Promise<Run> {
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
  return measure(child.pid, ended, postmaster);
}

const folder = mkdtempSync(join(tmpdir(), 'blizniak-bench-load-'));
const log = { info: () => {}, warn: () => {} };
const cluster = await openLocalCluster({ dataDir: join(folder, 'data'), log, progress: () => {} });
try {
  const rows: string[] = [];
  const row = (what: string, objects: number, run: Run): void => {
    const cpu = `${run.ownCpu.toFixed(1)} + ${run.databaseCpu.toFixed(1)}`;
    rows.push(
      `| ${what} | ${run.seconds.toFixed(1)} | ${grouped(objects / run.seconds)} | ${cpu} | ${grouped(run.peakMb)} |`,
    );
  };
  const small = join(folder, 'small.gml');
  const large = join(folder, 'large.gml');
  const fewObjects = await writeFile(small, MEGABYTES / 10);
  const objects = await writeFile(large, MEGABYTES);
  const postmaster = await postmasterOf(cluster.url);
  const megabytes = (path: string) => `${Math.round(statSync(path).size / 1e6)} MB`;

  row(
    `${megabytes(small)}, ${grouped(fewObjects)} objects`,
    fewObjects,
    await load(small, cluster.url, postmaster),
  );
  const first = await load(large, cluster.url, postmaster);
  if (first.report?.rejected !== 0) throw new Error(JSON.stringify(first.report).slice(0, 500));
  row(`${megabytes(large)}, ${grouped(objects)} objects (a tenth of them known)`, objects, first);
  const again = await load(large, cluster.url, postmaster);
  if (again.report?.unchanged !== objects) throw new Error(JSON.stringify(again.report).slice(0, 500));
  row('the same file again, all unchanged', objects, again);

  const pool = openPool({ databaseUrl: cluster.url, maxConnections: 1, statementTimeoutMs: 10_000 });
  await pool.read(sql`create schema peer`);
  await pool.close();
  row(
    'ogr2ogr, the same file into plain tables by COPY',
    objects,
    await ogr2ogr(large, cluster.url, postmaster),
  );

  const load1 = loadavg()[0]?.toFixed(1);
  say(`\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, load ${load1}\n`);
  say(
    `| what | seconds | objects/s | seconds of processor, process + PostgreSQL | peak RSS of the process, MB |\n|---|---|---|---|---|\n${rows.join('\n')}`,
  );
} finally {
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
}
