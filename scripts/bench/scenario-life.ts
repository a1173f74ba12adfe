/**
 * What scenarios cost beside the city that they stand on: `DATABASE_URL=… npm run bench:scenario-life -- [edits 1000]`,
 * on a database of its own that holds a demo city. It adds 100 scenarios and two versions of the city, and leaves them there.
 */
import { cpus, loadavg } from 'node:os';
import { CONSEQUENCES } from '../../core/analysis/consequences/consequences.ts';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { consequenceParametersSchema } from '../../core/wire/consequences.ts';
import { type Edit, editSchema } from '../../core/wire/scenario.ts';
import { newScenarioSchema } from '../../core/wire/scenario-head.ts';
import { gatherConsequences } from '../../server/store/consequence-facts.ts';
import { layersOf } from '../../server/store/layers.ts';
import { beginLoad } from '../../server/store/load.ts';
import { openPool, type Pool } from '../../server/store/pool.ts';
import { storeScenarioLife } from '../../server/store/scenarios/scenario-life.ts';
import { storeScenarios } from '../../server/store/scenarios.ts';
import type { Ground } from '../../server/store/settle/edited-city.ts';
import { type Sql, sql } from '../../server/store/sql.ts';

const ANONYMOUS = { who: 'anonymous', roles: ['public'] } as const;
const SCENARIOS = 100;
/** Edits of each of them, and of the one that is rebased. */
const FEW = 40;
const MANY = Number(process.argv[2] ?? 1_000);

const WHO = { who: 'bench', roles: ['public', 'staff'] } as const;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function timed<T>(title: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  say(`${title}: ${(performance.now() - begun).toFixed(0)} ms`);
  return result;
}

/** Bytes with indexes. */
async function sizeOf(pool: Pool, condition: string): Promise<number> {
  const [row] = await pool.read<{ bytes: number }>(
    sql`select coalesce(sum(pg_total_relation_size(oid)), 0)::float8 as bytes from pg_class
      where relkind = 'r' and relnamespace::regnamespace::text || '.' || relname ~ ${condition}::text`,
  );
  return row?.bytes ?? 0;
}

/** Removals of buildings, trees felled, planned houses beside. */
async function someEdits(pool: Pool, count: number): Promise<readonly Edit[]> {
  const buildings = await pool.read<{ id: string; x: number; y: number }>(
    sql`select id, ST_X(ST_Centroid(geom)) as x, ST_Y(ST_Centroid(geom)) as y from city.building
      where valid_to is null order by md5(id) limit ${Math.ceil(count / 4)}::bigint`,
  );
  const trees = await pool.read<{ id: string }>(
    sql`select id from city.tree where valid_to is null order by md5(id) limit ${Math.ceil(count / 2)}::bigint`,
  );
  return [
    ...buildings.map(({ id }) => ({ kind: 'remove-building', building: id })),
    ...trees.map(({ id }) => ({ kind: 'fell-tree', tree: id })),
    ...buildings.map(({ x, y }) => ({
      kind: 'add-building',
      footprint: [
        [x, y],
        [x + 12, y],
        [x + 12, y + 10],
        [x, y + 10],
      ],
      storeys: 4,
      roof: { shape: 'gabled' },
      function: 'm',
    })),
  ]
    .slice(0, count)
    .map((words) => editSchema.parse(words));
}

/** A version of the city in which one tree is another. */
async function newVersion(pool: Pool): Promise<void> {
  const [tree] = await pool.read<{ id: string; x: number; y: number }>(
    sql`select id, ST_X(geom) as x, ST_Y(geom) as y from city.tree where valid_to is null order by id limit 1`,
  );
  if (!tree) throw new Error('The database holds no tree; fill it with `blizniak demo`');
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
  const geometry = { type: 'Point', coordinates: [tree.x, tree.y] } as const;
  const properties = { height_m: 1 + Math.random() };
  await load.write({ layer: 'trees', id: tree.id, geometry, properties }, 2177, false);
  await load.finish();
}

const { DATABASE_URL: databaseUrl } = process.env;
if (!databaseUrl) throw new Error('Name a database with a demo city in DATABASE_URL');
const pool = openPool({ databaseUrl, maxConnections: 4, statementTimeoutMs: 120_000 });
try {
  const layers = layersOf(pool);
  const ground: Ground = {
    lowestM: async () => 70,
    grid: async () => undefined,
    earthwork: async () => undefined,
  };
  const scenarios = storeScenarios(pool, layers, ground);
  const life = storeScenarioLife(pool, layers, ground);
  say(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);
  const begin = () => scenarios.create(newScenarioSchema.parse({ title: 'Bench' }), WHO);

  const first = await begin();
  const few = await someEdits(pool, FEW);
  await timed(`${few.length} edits`, () => scenarios.add(first.id, first.revision, few, WHO));
  const before = await sizeOf(pool, '^(scenario\\.|twin\\.scenario)');
  await timed(`${SCENARIOS} branches`, async () => {
    for (let n = 0; n < SCENARIOS; n++) await life.branch(first.id, {}, WHO);
  });
  const [scenarioBytes, cityBytes] = [
    ((await sizeOf(pool, '^(scenario\\.|twin\\.scenario)')) - before) / SCENARIOS,
    await sizeOf(pool, '^city\\.'),
  ];
  say(
    `a scenario of ${few.length} edits: ${(scenarioBytes / 1e3).toFixed(0)} kB, ${((100 * scenarioBytes) / cityBytes).toFixed(2)} % of the ${(cityBytes / 1e6).toFixed(1)} MB of the city`,
  );

  const large = await begin();
  const many = await someEdits(pool, MANY);
  await timed(`${many.length} edits`, () => scenarios.add(large.id, large.revision, many, WHO));
  const state = await scenarios.state(large.id, WHO);
  const { edits, lawDate } = await scenarios.read(large.id, WHO);
  if (!state) throw new Error('the scenario is gone');
  const study = {
    view: { who: ANONYMOUS, scenario: state },
    base: { who: ANONYMOUS, at: state.base },
    ...{ edits, lawDate, ground, layers: await layers() },
    read: <T extends object>(statement: Sql) => pool.read<T>(statement),
  };
  const parameters = consequenceParametersSchema.parse({});
  const facts = await timed('facts of their consequences', () => gatherConsequences(study, parameters));
  const table = await timed('the table of them', async () => CONSEQUENCES.run(facts, parameters, UNWATCHED));
  say(
    `${(table.area.areaM2 / 1e6).toFixed(1)} km², ${table.parcelChecks.parcels} of ${table.parcelChecks.reached} parcels checked`,
  );
  const copy = await timed('a branch of them', () => life.branch(large.id, {}, WHO));
  await newVersion(pool);
  /** A tree that is felled and has changed is in conflict: it stays felled. */
  const resolved = async (id: string) => {
    const { conflicts } = await timed('tried', () => life.tryRebase(id, { resolutions: [] }, WHO));
    return { resolutions: conflicts.map(({ edit }) => ({ edit, choice: 'mine' as const })) };
  };
  const chosen = await resolved(copy.id);
  const { report } = await timed('rebased where one tree has changed', () =>
    life.rebase(copy.id, 1, chosen, WHO),
  );
  say(`${report.edits.kept} edits kept, ${chosen.resolutions.length} conflicts resolved`);
  // As if the base were lost: nothing is known of what has changed, so everything is asked.
  await pool.read(sql`update twin.scenario set base_version = 9000000000 where id = ${large.id}::text`);
  const all = await resolved(large.id);
  await timed('rebased with every edit asked', () => life.rebase(large.id, large.revision + 1, all, WHO));
  say(`${all.resolutions.length} conflicts resolved`);
} finally {
  await pool.close();
}
