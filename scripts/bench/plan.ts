/**
 * Building-infill areas (OUZ) of a whole city: `createdb bench && DATABASE_URL=postgres://…/bench npm run bench:plan`.
 * The register of buildings of the demo town of size `city`, 103,641 of them, in a database of its own; one connection.
 */
import { cpus, loadavg } from 'node:os';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { GENERAL_PLAN_INFILL } from '../../core/analysis/plan/infill.ts';
import { buildSolid } from '../../core/building/solid.ts';
import { generateDemoCity } from '../../core/demo-city/generate.ts';
import { buildingFeature } from '../../core/demo-city/registers.ts';
import { gatherInfill } from '../../server/store/infill-facts.ts';
import { layersOf } from '../../server/store/layers.ts';
import { beginLoad } from '../../server/store/load.ts';
import { migrate } from '../../server/store/migrate.ts';
import { openPool } from '../../server/store/pool.ts';

const SEED = 1;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl === undefined) throw new Error('DATABASE_URL needs an empty database');
const pool = openPool({ databaseUrl, maxConnections: 2, statementTimeoutMs: 600_000 });
await migrate(pool);
const load = await beginLoad(pool, {
  dataset: 'city',
  srid: 2177,
  fileName: 'bench',
  format: 'bench',
  source: 'bench',
  synthetic: true,
  dryRun: false,
  allowOutside: false,
});
for (const { parcels } of generateDemoCity({ size: 'city', seed: SEED }).quarters) {
  for (const { id, buildings } of parcels) {
    for (const building of buildings) {
      const feature = buildingFeature(building, buildSolid(building.design.parts), id, SEED);
      await load.write(feature, 2177, false);
    }
  }
}
const { written } = await load.finish();

say(`${written} buildings; ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`);
const layers = await layersOf(pool)();
const view = { who: { who: 'bench', roles: ['public'] as const } };
const city = {
  view,
  base: view,
  edits: [],
  lawDate: '2026-11-22',
  layers,
  ground: { lowestM: async () => undefined, grid: async () => undefined, earthwork: async () => undefined },
  read: pool.read,
};
for (const outlines of [false, true]) {
  const began = performance.now();
  const facts = await gatherInfill(city, { outlines });
  const { pbM2, puM2, ppM2, areas, buildings } = GENERAL_PLAN_INFILL.run(facts, { outlines }, UNWATCHED);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const hectares = [pbM2, puM2, ppM2].map((m2) => (m2 / 1e4).toFixed(1));
  say(
    `${outlines ? 'with' : 'without'} outlines: ${seconds} s; ${buildings.counted} counted, ${buildings.inGroups} in ${areas.length} areas; Pb, Pu, Pp ${hectares.join(', ')} ha`,
  );
}
await pool.close();
