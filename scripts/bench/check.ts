/**
 * Checks of parcels: `DATABASE_URL=… npm run bench:check`, on a database that holds a demo city. Single parcels one
 * after another on one connection, then the whole city by sets, or its first parcels alone: `npm run bench:check -- 20000`.
 */
import { cpus, loadavg } from 'node:os';
import { type ModelRunner, UNWATCHED } from '../../core/analysis/model.ts';
import { RULES } from '../../core/analysis/parcel-check/rules.ts';
import { layersOf } from '../../server/store/layers.ts';
import { checkCity } from '../../server/store/parcel-batch.ts';
import { storeParcelChecks } from '../../server/store/parcel-checks.ts';
import { openPool } from '../../server/store/pool.ts';
import { storeScenarios } from '../../server/store/scenarios.ts';
import { sql } from '../../server/store/sql.ts';

const SINGLE = 2_000;
const WARM = 100;
const WHO = { who: 'bench', roles: ['public'] } as const;
const most = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl === undefined) throw new Error('Set DATABASE_URL to a database that holds a demo city');
const pool = openPool({ databaseUrl, maxConnections: 4, statementTimeoutMs: 600_000 });
const layers = layersOf(pool);
const { signal } = new AbortController();
const nowhere = {
  lowestM: async () => undefined,
  grid: async () => undefined,
  earthwork: async () => undefined,
};
const runHere: ModelRunner = (model, facts, parameters) =>
  Promise.resolve(model.run(facts, parameters, UNWATCHED));
const checks = storeParcelChecks(pool, layers, storeScenarios(pool, layers, nowhere), nowhere, runHere);

try {
  const ids = await pool.read<{ id: string }>(
    sql`select id from city.parcel where valid_to is null order by md5(id) limit ${SINGLE + WARM}::bigint`,
  );
  const [row] = await pool.read<{ count: number }>(
    sql`select count(*) as count from city.parcel where valid_to is null`,
  );
  say(
    `Checks, Node ${process.versions.node}; ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  say(`${row?.count} parcels, ${RULES.length} classes`);
  const times: number[] = [];
  for (const [i, { id }] of ids.entries()) {
    const begun = performance.now();
    await checks.one(id, { lawDate: '2026-11-20', withGeometry: true }, { who: WHO }, signal);
    if (i >= WARM) times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  say(`one parcel, warm: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, max ${at(1)} ms`);

  const begun = performance.now();
  const before = process.cpuUsage();
  let count = 0;
  for await (const set of checkCity({ pool, layers, lawDate: '2026-11-20', signal })) {
    count += set.length;
    if (count >= most) break;
  }
  const { user, system } = process.cpuUsage(before);
  const wallS = (performance.now() - begun) / 1000;
  say(
    `by sets: ${count} parcels in ${wallS.toFixed(1)} s, ${((1000 * wallS) / count).toFixed(2)} ms each; ${((user + system) / 1e6).toFixed(1)} s of CPU here; load ${loadavg()[0]?.toFixed(1)}`,
  );
} finally {
  await pool.close();
}
