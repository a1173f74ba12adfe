/**
 * What scenarios cost, over a whole service on a database of its own: from an edit to WFS and tiles, room on disk beside
 * the base, the consequences of a block, and whether the base is read as without scenarios.
 *
 * `createdb bench && DATABASE_URL=postgres://…/bench npm run bench:scenarios -- [scenarios 100] [edits of each 10]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gmlId } from '../../core/feature/identifier.ts';
import { TILE_GRIDS, tilesInGrid } from '../../core/geo/tile-grid.ts';
import { editReplySchema, scenarioReplySchema } from '../../core/wire/scenario.ts';
import { readConfig } from '../../server/config.ts';
import { openLog } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import { storeAccounts } from '../../server/store/accounts.ts';
import { openPool } from '../../server/store/pool.ts';
import { trusted } from '../../server/store/sql.ts';

const [scenarioCount = 100, editCount = 10] = process.argv.slice(2).map(Number);
const BLOCKS = 8;
const ZOOM = 13;
const BASE_READS = 60;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const note = (line: string): void => void process.stderr.write(`${line}\n`);

const config = readConfig({
  ...process.env,
  DATA_DIR: mkdtempSync(join(tmpdir(), 'bench-scenarios-')),
  PORT: '0',
  MQTT_PORT: 'off',
  DEMO: 'district',
});
if (config.databaseUrl === undefined)
  throw new Error('Name an empty database in DATABASE_URL, or one that an earlier bench filled');
const end = new AbortController();
const service = await startServer(config, {
  progress: { step: note, count: () => {}, ready: () => {}, note: () => {} },
  log: openLog({
    level: 'error',
    format: 'json',
    stream: new Writable({ write: (_chunk, _encoding, done) => done() }),
  }),
  signal: end.signal,
});
const pool = openPool({
  databaseUrl: config.databaseUrl.reveal(),
  maxConnections: 2,
  statementTimeoutMs: 60_000,
});

const token = await storeAccounts(pool).issue('staff', {
  label: 'bench',
  expiresAt: new Date(Date.now() + 3_600_000),
});
const authorization = `Bearer ${token}`;

async function ask(path: string, body?: object, revision?: number): Promise<Response> {
  const reply = await fetch(service.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization, ...(revision !== undefined && { 'if-match': `"${revision}"` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!reply.ok && reply.status !== 304) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return reply;
}

/** A place in the middle of the town, another one for each number. */
const [minE, minN, maxE, maxN] = await extent();
const placeOf = (n: number): readonly [number, number] => [
  Math.round(minE + (maxE - minE) * (0.2 + 0.6 * ((n * 0.6180339887) % 1))),
  Math.round(minN + (maxN - minN) * (0.2 + 0.6 * ((n * 0.7548776662) % 1))),
];

async function extent(): Promise<readonly [number, number, number, number]> {
  const [row] = await pool.read<{ a: number; b: number; c: number; d: number }>(
    trusted(`select ST_XMin(e) as a, ST_YMin(e) as b, ST_XMax(e) as c, ST_YMax(e) as d
      from (select ST_Extent(geom) as e from city.parcel where valid_to is null) as all_of_it`),
  );
  return row ? [row.a, row.b, row.c, row.d] : [0, 0, 1, 1];
}

const newScenario = async (title: string) =>
  scenarioReplySchema.parse(await (await ask('/api/scenarios', { title, reason: 'bench' })).json());

const house = ([e, n]: readonly [number, number]) => ({
  kind: 'add-building',
  footprint: [
    [e, n],
    [e + 12, n],
    [e + 12, n + 9],
    [e, n + 9],
  ],
  storeys: 3,
  roof: { shape: 'gabled' },
  function: 'm',
});

function tileAt([e, n]: readonly [number, number]): string {
  const range = tilesInGrid(
    TILE_GRIDS.EPSG2177,
    { minX: e + 1, minY: n + 1, maxX: e + 2, maxY: n + 2, srid: 2177 },
    ZOOM,
  );
  return `/tiles/vector/buildings/${ZOOM}/${range?.minX}/${range?.minY}.mvt?tms=EPSG2177`;
}

const sizeSql = (schemas: string) =>
  trusted(`select coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 as bytes from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'm', 'p') and ${schemas}`);
async function bytes(schemas: string): Promise<number> {
  const [row] = await pool.read<{ bytes: number }>(sizeSql(schemas));
  return row?.bytes ?? 0;
}
const OF_BASE = "n.nspname in ('city', 'personal')";
const OF_SCENARIOS = "(n.nspname = 'scenario' or n.nspname = 'twin' and c.relname like 'scenario%')";

async function basePlan(): Promise<string> {
  const rows = await pool.read<Record<string, string>>(
    trusted(`explain (costs off) select id, geom from city.building where valid_to is null
      and geom && ST_MakeEnvelope(${minE}, ${minN}, ${minE + 500}, ${minN + 500}, 2177)`),
  );
  return rows.map((row) => Object.values(row).join()).join('\n');
}

async function baseReads(): Promise<readonly number[]> {
  const times: number[] = [];
  for (let n = 0; n < BASE_READS; n++) {
    const [e, northing] = placeOf(n);
    const begun = performance.now();
    await (
      await ask(
        `/ogc/collections/buildings/items?limit=200&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/2177&bbox=${northing},${e},${northing + 200},${e + 200}`,
      )
    ).arrayBuffer();
    times.push(performance.now() - begun);
  }
  return times;
}

const at = (times: readonly number[], share: number): string => {
  const sorted = times.toSorted((a, b) => a - b);
  return `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)} ms`;
};

await baseReads();
const readsBefore = await baseReads();
const planBefore = await basePlan();
const [baseBytes, emptyBytes] = [await bytes(OF_BASE), await bytes(OF_SCENARIOS)];

const inWfs: number[] = [];
const inTiles: number[] = [];
let place = 0;
for (let i = 0; i < scenarioCount; i++) {
  const { id } = await newScenario(`Bench ${i}`);
  for (let revision = 1; revision <= editCount; revision++) {
    const where = placeOf(++place);
    const tile = `/s/${id}${tileAt(where)}`;
    const before = await ask(tile);
    await before.arrayBuffer();
    const begun = performance.now();
    const posted = await ask(`/api/scenarios/${id}/edits`, house(where), revision);
    const { objects } = editReplySchema.parse(await posted.json()).edit;
    const wfs = await ask(
      `/s/${id}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=buildings&resourceId=${gmlId('buildings', objects[0]?.id ?? '')}`,
    );
    if (!(await wfs.text()).includes(String(objects[0]?.id))) throw new Error('the edit is not in WFS');
    inWfs.push(performance.now() - begun);
    const after = await ask(tile);
    if (!Buffer.from(await after.arrayBuffer()).includes(String(objects[0]?.id))) {
      throw new Error('the edit is not in its tile');
    }
    if (after.headers.get('etag') === before.headers.get('etag'))
      throw new Error('the tile kept its validator');
    inTiles.push(performance.now() - begun);
  }
}

const spent = (await bytes(OF_SCENARIOS)) - emptyBytes;
await pool.read(trusted('analyze'));
const readsAfter = await baseReads();
const planAfter = await basePlan();

/** One edit each, so that the block is that of one place. */
const tables: { readonly marginM: number; readonly times: number[]; same: boolean }[] = [
  { marginM: 250, times: [], same: true },
  { marginM: 500, times: [], same: true },
];
for (let i = 0; i < BLOCKS; i++) {
  const { id } = await newScenario(`Block ${i}`);
  await ask(`/api/scenarios/${id}/edits`, house(placeOf(1000 + i)), 1);
  for (const table of tables) {
    const begun = performance.now();
    const first = await (await ask(`/api/scenarios/${id}/consequences?marginM=${table.marginM}`)).text();
    table.times.push(performance.now() - begun);
    const again = await (await ask(`/api/scenarios/${id}/consequences?marginM=${table.marginM}`)).text();
    table.same &&= again === first;
  }
}

const percent = (part: number) => `${((100 * part) / baseBytes).toFixed(3)} %`;
say(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
say(`${scenarioCount} scenarios of ${editCount} planned buildings over the demo district\n`);
say('| what | p50 | p95 | largest |');
say('|---|--:|--:|--:|');
for (const [what, times] of [
  ['edit posted → in WFS', inWfs],
  ['edit posted → in its vector tile too', inTiles],
  ['base box read, before there were scenarios', readsBefore],
  ['base box read, with them', readsAfter],
  ...tables.map(({ marginM, times: each }) => [`consequences, block of ${2 * marginM} m`, each] as const),
] as const) {
  say(`| ${what} | ${at(times, 0.5)} | ${at(times, 0.95)} | ${at(times, 1)} |`);
}
say('');
say(
  `base ${(baseBytes / 1e6).toFixed(1)} MB; each scenario ${(spent / scenarioCount / 1e3).toFixed(1)} kB, ${percent(spent / scenarioCount)} of it`,
);
say(
  `plan of the base with scenarios: ${planAfter === planBefore ? 'the same' : `another\n${planBefore}\n→\n${planAfter}`}`,
);
say(`consequences asked twice: ${tables.every(({ same }) => same) ? 'the same bytes' : 'OTHER BYTES'}`);

await pool.close();
end.abort(new Error('the bench is over'));
await service.ended;
rmSync(config.dataDir, { recursive: true, force: true });
