/**
 * Orders of the whole city beside `ogr2ogr`: `DATABASE_URL=… npm run bench:orders [layer …]`, on a database that holds a
 * city (`FORMATS=gml,geojson`: these alone). The same rows and columns from the same PostGIS into a file each, one after the other, the faster of two turns;
 * then the package of an order as it is kept, with the memory that it took.
 */
import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { newOrderSchema, type OrderFormat } from '../../core/wire/order.ts';
import type { View } from '../../server/access/view.ts';
import { documentWriter } from '../../server/documents/document-writer.ts';
import { geoPackages } from '../../server/geopackage/geo-packages.ts';
import { filesOfOrder } from '../../server/orders/pack-order.ts';
import { settleOrder } from '../../server/orders/settle-order.ts';
import { storeCatalogue } from '../../server/store/catalogue.ts';
import { layersOf } from '../../server/store/layers.ts';
import { postgisMaps } from '../../server/store/map-geometry.ts';
import { openPool } from '../../server/store/pool.ts';
import { zipStream } from '../../tiles/zip-stream.ts';

const run = promisify(execFile);
const TURNS = 2;
/** Format of an order, driver, ending, options that make the same file. */
const DRIVERS = [
  ['gml', 'GML', 'gml', ['-dsco', 'FORMAT=GML3.2']],
  ['geojson', 'GeoJSON', 'geojson', ['-lco', 'RFC7946=NO', '-lco', 'COORDINATE_PRECISION=3']],
  ['gpkg', 'GPKG', 'gpkg', []],
] as const;
const MB = 1024 * 1024;

const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl === undefined) throw new Error('Set DATABASE_URL to a database that holds a city');
const { username, hostname, port, pathname, password } = new URL(databaseUrl);
const source = `PG:host=${hostname} port=${port || 5432} user=${username} dbname=${pathname.slice(1)} password='${decodeURIComponent(password)}'`;
const named = process.argv.slice(2);
const formats = process.env['FORMATS']?.split(',');
const layerNames = named.length > 0 ? named : ['parcels', 'buildings', 'utility_lines', 'boundary_points'];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const pool = openPool({ databaseUrl, maxConnections: 4, statementTimeoutMs: 3_600_000 });
const layers = layersOf(pool);
const place = {
  ...{ poolOf: () => pool, layers, geoPackages, catalogue: storeCatalogue(pool, layers) },
  ...{
    city: { name: { pl: 'Miasto', en: 'City' }, srid: 2177 },
    oldHeights: undefined,
    relief: () => undefined,
  },
  ...{ maps: (view: View) => postgisMaps(pool, view), documents: documentWriter },
};
const folder = mkdtempSync(join(tmpdir(), 'blizniak-bench-'));
const { signal } = new AbortController();
const settled = (names: readonly string[], formats: readonly OrderFormat[]) =>
  settleOrder(
    place,
    newOrderSchema.parse({ area: { kind: 'city' }, layers: names, formats }),
    { who: { who: 'bench', roles: ['public'] } },
    signal,
  );

interface Spent {
  readonly clockS: number;
  /** Of the processor: what other work beside it does not change. The database is in neither. */
  readonly cpuS: number;
}

/** The least of all turns. @param work gives the time of the processor that a process of its own took */
async function fastest(work: () => Promise<number | undefined>): Promise<Spent> {
  const turns: Spent[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const [begun, before] = [performance.now(), process.cpuUsage()];
    const apart = await work();
    const { user, system } = process.cpuUsage(before);
    turns.push({ clockS: (performance.now() - begun) / 1000, cpuS: apart ?? (user + system) / 1e6 });
  }
  const least = (of: (spent: Spent) => number) => Math.min(...turns.map(of));
  return { clockS: least(({ clockS }) => clockS), cpuS: least(({ cpuS }) => cpuS) };
}

/** Writes the files of an order as they are, not packed. @returns the file of the layer */
async function ours(name: string, format: OrderFormat): Promise<string> {
  const order = await settled([name], [format]);
  let path = '';
  for await (const file of filesOfOrder(place, order)) {
    const target = join(folder, file.name.replaceAll('/', '_'));
    await pipeline(file.bytes, createWriteStream(target));
    if (file.srid !== undefined) path = target;
  }
  return path;
}

async function theirs(
  name: string,
  driver: string,
  ending: string,
  options: readonly string[],
): Promise<{ readonly path: string; readonly cpuS: number }> {
  const register = REGISTERS.find((each) => each.name === name);
  if (!register) throw new Error(`no layer ${name}`);
  const columns = register.properties.filter(({ audience }) => audience !== 'staff').map((each) => each.name);
  const path = join(folder, `theirs-${name}.${ending}`);
  rmSync(path, { force: true });
  const select = `select id, geom, ${columns.join(', ')} from city.${register.table} where valid_to is null`;
  const timed = ['-c', 'TIMEFORMAT="%U %S"; time ogr2ogr "$@"', 'ogr2ogr'];
  const asked = ['-f', driver, path, source, '-sql', select, '-nln', name, ...options];
  const { stderr } = await run('bash', [...timed, ...asked], {
    env: { ...process.env, PGOPTIONS: '-c max_parallel_workers_per_gather=0' },
  });
  const [user = 0, system = 0] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { path, cpuS: user + system };
}

try {
  const { stdout: version } = await run('ogr2ogr', ['--version']);
  say(
    `Orders, Node ${process.versions.node}, ${version.trim()}; ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  say(
    '| layer | objects | format | Blizniak: clock, processor, s (MB) | ogr2ogr | times as fast by clock, by processor |',
  );
  say('|---|---|---|---|---|---|');
  for (const name of layerNames) {
    const { estimate } = await settled([name], ['geojson']);
    for (const [format, driver, ending, options] of DRIVERS) {
      if (formats && !formats.includes(format)) continue;
      const { skipped } = (await settled([name], [format])).estimate;
      if (skipped.length > 0) continue;
      let [our, their] = ['', ''];
      const us = await fastest(async () => {
        our = await ours(name, format);
        return undefined;
      });
      const them = await fastest(async () => {
        const { path, cpuS } = await theirs(name, driver, ending, options);
        their = path;
        return cpuS;
      });
      const told = ({ clockS, cpuS }: Spent, path: string) =>
        `${clockS.toFixed(1)}, ${cpuS.toFixed(1)} (${(statSync(path).size / MB).toFixed(0)})`;
      const times = `${(them.clockS / us.clockS).toFixed(2)}, ${(them.cpuS / us.cpuS).toFixed(2)}`;
      say(
        `| ${name} | ${estimate.objects} | ${format} | ${told(us, our)} | ${told(them, their)} | ${times} |`,
      );
      for (const path of [our, their]) rmSync(path, { force: true });
    }
  }
  global.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  const begun = performance.now();
  const packed: readonly OrderFormat[] = ['gml', 'geojson', 'gpkg'];
  const order = await settled(layerNames, packed);
  let bytes = 0;
  for await (const chunk of zipStream(filesOfOrder(place, order))) bytes += chunk.length;
  clearInterval(watch);
  say(
    `a package of ${order.estimate.objects} objects as ${packed.join(', ')}: ${(bytes / MB).toFixed(0)} MB in ${((performance.now() - begun) / 1000).toFixed(1)} s; memory ${(before / MB).toFixed(0)} → at most ${(most / MB).toFixed(0)} MB; load ${loadavg()[0]?.toFixed(1)}`,
  );
} finally {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
}
