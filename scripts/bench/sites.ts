/**
 * The site finder and capacities: `DATABASE_URL=… npm run bench:sites`, on a database that holds a demo city. The table of all
 * parcels, the same after one layer has changed, counts as the sliders ask for them, and what may be built on parcels.
 */
import { cpus, loadavg } from 'node:os';
import { PARCEL_CAPACITY } from '../../core/analysis/capacity/parcel-capacity.ts';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { findSites } from '../../core/analysis/site-finder/find-sites.ts';
import { capacityParametersSchema } from '../../core/wire/capacity.ts';
import { siteQuerySchema } from '../../core/wire/sites.ts';
import { gatherCapacity } from '../../server/store/capacity-facts.ts';
import { layersOf } from '../../server/store/layers.ts';
import { openPool } from '../../server/store/pool.ts';
import { makeSiteTable, SITE_LAYERS } from '../../server/store/site-table.ts';
import { sql } from '../../server/store/sql.ts';

const COUNTS = 200;
const CAPACITIES = 200;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl === undefined) throw new Error('Set DATABASE_URL to a database that holds a demo city');
const pool = openPool({ databaseUrl, maxConnections: 2, statementTimeoutMs: 600_000 });
const view = { who: { who: 'bench', roles: ['public'] as const } };
const city = {
  view,
  base: view,
  edits: [],
  lawDate: '2026-11-20',
  layers: await layersOf(pool)(),
  ground: { lowestM: async () => undefined, grid: async () => undefined, earthwork: async () => undefined },
  read: pool.read,
};

/** Milliseconds of the clock and of this processor. */
async function timed<T>(work: () => T | Promise<T>): Promise<{ made: T; ms: number; cpuMs: number }> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const made = await work();
  const { user, system } = process.cpuUsage(before);
  return { made, ms: performance.now() - begun, cpuMs: (user + system) / 1000 };
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, max ${at(1)} ms`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const loadNow = (): string => `load ${loadavg()[0]?.toFixed(1)}`;

try {
  const versions = Object.fromEntries(SITE_LAYERS.map((layer) => [layer, '1']));
  const first = await timed(() => makeSiteTable(city, versions));
  const table = first.made;
  say(
    `${table.ids.length} parcels; ${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, ${loadNow()}`,
  );
  say(`table of all parcels: ${seconds(first.ms)} s, ${seconds(first.cpuMs)} s of CPU here`);
  for (const layer of ['buildings', 'facilities', 'plan_zones', 'utility_lines']) {
    const { ms, cpuMs } = await timed(() => makeSiteTable(city, { ...versions, [layer]: '2' }, [table]));
    say(`  after a change of ${layer}: ${seconds(ms)} s, ${seconds(cpuMs)} s of CPU here; ${loadNow()}`);
  }

  // Outlines that the table does not know, as after a load that has changed one parcel in a hundred.
  const shapes = table.shapes.map((shape, row) => (row % 100 === 0 ? 0n : shape));
  for (const [what, before] of [
    ['attributes of parcels', table],
    ['one outline of a hundred', { ...table, shapes }],
  ] as const) {
    const { ms, cpuMs } = await timed(() => makeSiteTable(city, { ...versions, parcels: '2' }, [before]));
    say(`  after a change of ${what}: ${seconds(ms)} s, ${seconds(cpuMs)} s of CPU here; ${loadNow()}`);
  }

  const counts: number[] = [];
  let matched = 0;
  for (let i = 0; i < COUNTS; i++) {
    const query = siteQuerySchema.parse({
      where: {
        areaM2: { min: 300 + i, max: 2_000 },
        waterM: { max: 30 },
        roadM: { max: 20 },
        schoolM: { max: 800 },
      },
      zones: ['MN', 'MW'],
      exclude: ['flood', 'street', 'built'],
      limit: 0,
    });
    const { made, ms } = await timed(() => findSites(table, query));
    matched = made.matched;
    counts.push(ms);
  }
  say(`count, 4 ranges, zones, 3 exclusions (${matched} match at last): ${spread(counts)}; ${loadNow()}`);
  const ranked: number[] = [];
  let rankedCpuMs = 0;
  for (let i = 0; i < COUNTS; i++) {
    const query = siteQuerySchema.parse({
      where: { areaM2: { min: 300 + i } },
      weights: { waterM: -1, areaM2: 1 },
    });
    const { ms, cpuMs } = await timed(() => findSites(table, query));
    ranked.push(ms);
    rankedCpuMs += cpuMs;
  }
  say(
    `the best 50 by two weights: ${spread(ranked)}, ${(rankedCpuMs / COUNTS).toFixed(1)} ms of CPU; ${loadNow()}`,
  );

  const ids = await pool.read<{ id: string }>(
    sql`select id from city.parcel where valid_to is null order by md5(id) limit ${CAPACITIES}::bigint`,
  );
  const capacities: number[] = [];
  let cpu = 0;
  for (const { id } of ids) {
    const parameters = capacityParametersSchema.parse({ parcel: id });
    const { ms, cpuMs } = await timed(async () =>
      PARCEL_CAPACITY.run(await gatherCapacity(city, parameters), parameters, UNWATCHED),
    );
    capacities.push(ms);
    cpu += cpuMs;
  }
  say(
    `capacity of a parcel: ${spread(capacities)}, ${(cpu / ids.length).toFixed(1)} ms of CPU here; ${loadNow()}`,
  );
} finally {
  await pool.close();
}
