/** Files handed in over HTTP: looked through, loaded, called off; what was found in them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataLoad, FindingPage } from '../../core/wire/load.ts';
import type { MappingProposal } from '../../core/wire/table-sketch.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { fixtureParcelId, parcelMember, registerFile } from '../../test/support/register-gml.ts';
import { type RunningApp, runApp } from '../../test/support/running-app.ts';
import { sampleServices } from '../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import { terrainInUse } from '../exchange/terrain-shelf.ts';
import { openLog } from '../log.ts';
import { type OpenRuns, openRuns } from '../runs/open-runs.ts';
import { layersOf } from '../store/layers.ts';
import { LOAD_TASK } from '../store/load-book.ts';
import { sql } from '../store/sql.ts';
import { loadTask } from './load-task.ts';
import { offerLoads } from './offer-loads.ts';

const STAFF: Identity = { who: 'anna', roles: ['staff'] };
const MOST_BYTES = 3_000_000;
const log = openLog({ level: 'silent', format: 'json' });

const dataDir = mkdtempSync(join(tmpdir(), 'blizniak-loads-'));

let database: TestDatabase;
let runs: OpenRuns;
let app: RunningApp;

const work = (): Promise<OpenRuns> =>
  openRuns({
    ...{ databaseUrl: database.url, pool: database.pool, threads: 1, log, deadAfterMs: 1_000 },
    place: { pool: database.pool, layers: layersOf(database.pool), ground: flatGround(60) },
    moreTasks: { [LOAD_TASK]: loadTask({ pool: database.pool, srid: 2177, log, dataDir }) },
  });

beforeAll(async () => {
  database = await testDatabase();
  runs = await work();
  app = await runApp(
    { ...sampleServices(0), loads: offerLoads(database.pool, MOST_BYTES) },
    { identify: ({ authorization }) => (authorization === 'staff' ? STAFF : ANONYMOUS) },
  );
});
afterAll(async () => {
  await app.close();
  await runs.close();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(app.url + path, { ...init, headers: { authorization: 'staff' } });
const told = async <T>(reply: Promise<Response>): Promise<T> => (await reply).json() as Promise<T>;

const handIn = (body: string, query = ''): Promise<DataLoad> =>
  told(ask(`/api/loads?name=egib.gml${query}`, { method: 'POST', body }));

async function ended({ id }: DataLoad): Promise<DataLoad> {
  let load = await told<DataLoad>(ask(`/api/loads/${id}`));
  await expect
    .poll(
      async () => {
        load = await told<DataLoad>(ask(`/api/loads/${id}`));
        return load.state;
      },
      { timeout: 20_000, interval: 50 },
    )
    .not.toMatch(/waiting|running/);
  return load;
}

const counts = async () => {
  const [row] = await database.pool.read<{ parcels: number; versions: number; pieces: number }>(
    sql`select (select count(*) from city.parcel where valid_to is null) as parcels,
      (select count(*) from twin.dataset_version) as versions, (select count(*) from twin.load_piece) as pieces`,
  );
  return row;
};

const BOW_TIE = '5810000 6427000 5810010 6427010 5810010 6427000 5810000 6427010 5810000 6427000';

describe('a file that is handed in', () => {
  it('is looked through first and loaded then, with every finding at its place', async () => {
    const file = registerFile([
      parcelMember({ n: 1 }),
      parcelMember({ n: 2 }),
      parcelMember({ n: 3, posList: BOW_TIE }),
      parcelMember({ n: 4, since: '2999-01-01T00:00:00' }),
    ]);
    const asked = '&source=GEOPOZ&steward=Prezydent&licence=CC0';
    const checked = await ended(await handIn(file, asked));
    expect(checked).toMatchObject({ state: 'checked', dryRun: true, madeBy: 'anna', fileName: 'egib.gml' });
    expect(checked.report).toMatchObject({ read: 4, added: 2, changed: 0, rejected: 2, version: null });
    expect(checked.report?.layers).toEqual([
      { layer: 'parcels', added: 2, changed: 0, unchanged: 0, ended: 0, rejected: 1 },
    ]);
    expect(await counts()).toMatchObject({ parcels: 0, versions: 0, pieces: 1 });

    const loaded = await ended(
      await told<DataLoad>(ask(`/api/loads/${checked.id}/take`, { method: 'POST' })),
    );
    expect(loaded).toMatchObject({ state: 'loaded', dryRun: false, report: { written: 2, rejected: 2 } });
    expect(await counts()).toMatchObject({ parcels: 2, versions: 1, pieces: 0 });
    const [version] = await database.pool.read(
      sql`select source, steward, licence, file_sha256, file_bytes, crs, added, changed,
          round(min_easting) as min_e, round(max_northing) as max_n, schema_used ~ 'ewidencja' as says_schema,
          crs_decision ~ 'northing' as says_axes
        from twin.dataset_version where version = ${loaded.report?.version}::bigint`,
    );
    expect(version).toEqual({
      ...{ source: 'GEOPOZ', steward: 'Prezydent', licence: 'CC0', crs: 'EPSG:2177', added: 2, changed: 0 },
      ...{ file_sha256: checked.sha256, file_bytes: Buffer.byteLength(file) },
      ...{ min_e: 6427040, max_n: 5810020, says_schema: true, says_axes: true },
    });

    const { findings } = await told<FindingPage>(ask(`/api/loads/${loaded.id}/findings`));
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, objectId }) => [code, objectId])).toEqual([
      ['future-date', fixtureParcelId(4)],
      ['invalid-geometry', fixtureParcelId(3)],
    ]);
    expect(errors[0]?.place).toEqual([6427175, 5810010]);
    expect(errors[1]?.place).toEqual([6427005, 5810005]);
    expect(findings.map(({ severity }) => severity)).toContain('info');

    const rejected = await told<{ features: { id: string; geometry: { coordinates: object } }[] }>(
      ask(`/api/loads/${loaded.id}/rejected.geojson`),
    );
    expect(rejected.features.map(({ id }) => id)).toEqual([4, 3].map(fixtureParcelId));
    const [lon, lat] = [rejected.features[0]?.geometry.coordinates].flat(9).map(Number);
    expect([lon?.toFixed(2), lat?.toFixed(2)]).toEqual(['16.93', '52.42']);
    const csv = await (await ask(`/api/loads/${loaded.id}/rejected.csv`)).text();
    expect(csv.trim().split('\r\n')).toHaveLength(3);
    const html = await (await ask(`/api/loads/${loaded.id}/report.html?lang=en`)).text();
    for (const said of [fixtureParcelId(3), 'Self-intersection', 'rule of the register', 'Prezydent']) {
      expect(html).toContain(said);
    }
    const again = await ask(`/api/loads/${loaded.id}/take`, { method: 'POST' });
    expect(again.status).toBe(409);
  });

  it('is refused with the reason where nothing of it can be used', async () => {
    const before = await counts();
    const cut = await ended(
      await handIn(registerFile([parcelMember({ n: 9 })]).slice(0, 900), '&dryRun=false'),
    );
    expect(cut).toMatchObject({ state: 'refused', report: { refused: true, version: null } });
    expect(cut.report?.findings[0]).toMatchObject({ code: 'truncated-file', severity: 'error' });
    const elsewhere = parcelMember({ n: 10 }).replaceAll('EPSG::2177', 'EPSG::999999');
    expect(await ended(await handIn(registerFile([elsewhere]), '&dryRun=false'))).toMatchObject({
      state: 'refused',
    });
    expect(await counts()).toEqual(before);
  });

  it('is taken from staff alone, within its limit, and only with options that can be used', async () => {
    const before = await counts();
    const body = registerFile([parcelMember({ n: 1 })]);
    const stranger = await fetch(`${app.url}/api/loads?name=a.gml`, { method: 'POST', body });
    expect(stranger.status).toBe(401);
    expect((await fetch(`${app.url}/api/loads`)).status).toBe(401);
    const refusal = async (query: string, sent: string = body) => {
      const reply = await ask(`/api/loads?${query}`, { method: 'POST', body: sent });
      return [reply.status, ((await reply.json()) as { parameter?: string }).parameter];
    };
    expect(await refusal('')).toEqual([400, 'name']);
    expect(await refusal('name=..')).toEqual([400, 'name']);
    expect(await refusal('name=a.gml&crs=mars')).toEqual([400, 'crs']);
    expect(await refusal('name=a.gml&speed=2')).toEqual([400, 'speed']);
    expect(await refusal('name=a.gml', 'x'.repeat(MOST_BYTES + 1))).toEqual([413, 'body']);
    expect(await counts()).toEqual(before);
  });

  it('leaves nothing when the client breaks off on the way', async () => {
    const before = await counts();
    const stop = new AbortController();
    const endless = new ReadableStream({
      async pull(controller) {
        controller.enqueue(new Uint8Array(100_000));
        await new Promise((resolve) => setTimeout(resolve, 20));
        stop.abort();
      },
    });
    const options = { method: 'POST', body: endless, duplex: 'half', signal: stop.signal } as RequestInit;
    await expect(ask('/api/loads?name=a.gml', options)).rejects.toThrow();
    await expect.poll(counts).toEqual(before);
    const { loads } = await told<{ loads: DataLoad[] }>(ask('/api/loads'));
    expect(loads.map(({ fileName }) => fileName)).not.toContain('a.gml');
  });

  it('is given up while it is loaded, and nothing of it stays', async () => {
    const before = await counts();
    // Whoever holds the lock of the dataset keeps the load waiting in the middle of its work.
    const other = await database.pool.connect();
    await other.run(sql`begin; select pg_advisory_xact_lock(2177, hashtext('city'))`);
    const load = await handIn(registerFile([parcelMember({ n: 77 })]), '&dryRun=false');
    await expect
      .poll(async () => (await told<DataLoad>(ask(`/api/loads/${load.id}`))).state, { timeout: 10_000 })
      .toBe('running');
    await ask(`/api/loads/${load.id}`, { method: 'DELETE' });
    expect(await ended(load)).toMatchObject({ state: 'cancelled', report: null });
    await expect
      .poll(async () => {
        const [row] = await database.pool.read<{ busy: number }>(
          sql`select count(*) as busy from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return row?.busy;
      })
      .toBe(0);
    await other.run(sql`rollback`);
    other.release();
    expect(await counts()).toEqual(before);
  });

  it('is taken up again after the server died in the middle of it', async () => {
    const parcels = (await counts())?.parcels ?? 0;
    await runs.close();
    const load = await handIn(registerFile([parcelMember({ n: 88 })]), '&dryRun=false');
    await database.pool.read(
      sql`update twin.load set state = 'running', attempt = 1 where id = ${load.id}::text`,
    );
    runs = await work();
    expect(await ended(load)).toMatchObject({ state: 'loaded', report: { written: 1 } });
    expect((await counts())?.parcels).toBe(parcels + 1);
  });

  it('waits for a mapping where it is a table of columns of its own, layer by layer', async () => {
    const tree = (id: string, year: number, x: number) =>
      `{"type":"Feature","properties":{"id":"${id}","Gatunek":"lipa","planted_year":${year}},"geometry":{"type":"Point","coordinates":[${x},5810000]}}`;
    const file = `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:2177"}},"features":[${tree('t1', 1999, 6_427_000)},${tree('t2', 2024, 6_427_010)}]}`;
    const handed = await told<DataLoad>(
      ask('/api/loads?name=q.geojson&dryRun=false', { method: 'POST', body: file }),
    );
    const waits = await ended(handed);
    expect(waits).toMatchObject({ state: 'unmapped', isTable: true, report: null });
    const mapping = `/api/loads/${waits.id}/mapping`;
    const proposal = await told<MappingProposal>(ask(mapping));
    expect(proposal.layers[0]).toEqual({ layer: 'trees', matched: 2 });
    expect(proposal.table).toMatchObject({
      rows: 2,
      shapes: ['Point'],
      srid: 2177,
      place: [6_427_000, 5_810_000],
    });
    expect((await ask(`${mapping}?layer=moon`)).status).toBe(400);
    expect((await ask(`${mapping}?source=moon`)).status).toBe(404);
    const put = (body: string) => ask(mapping, { method: 'PUT', body });
    expect((await put('{"layer":"trees"}')).status).toBe(400);
    const given = await told<DataLoad>(put(JSON.stringify(proposal.mapping)));
    expect(given).toMatchObject({ dryRun: true });
    const checked = await ended(given);
    expect(checked).toMatchObject({ state: 'checked', report: { read: 2, added: 2, version: null } });
    // It can be given anew until it is loaded.
    expect(await ended(await told<DataLoad>(put(JSON.stringify(proposal.mapping))))).toMatchObject({
      state: 'checked',
    });
    await ended(await told<DataLoad>(ask(`/api/loads/${waits.id}/take`, { method: 'POST' })));
    expect((await put(JSON.stringify(proposal.mapping))).status).toBe(409);
  });
});

describe('a raster of heights that is handed in', () => {
  const raster = 'ncols 3\nnrows 2\nxllcorner 6427000\nyllcorner 5810000\ncellsize 1\n61 62 63\n64 65 66\n';
  const give = (query: string) =>
    ask(`/api/loads?name=nmpt.asc&crs=EPSG:2177${query}`, { method: 'POST', body: raster });

  it('as a surface is looked through, and then lies beside the ground as a version', async () => {
    const checked = await ended(await told<DataLoad>(give('&kind=dsm&heights=PL-EVRF2007-NH')));
    expect(checked).toMatchObject({
      ...{ state: 'checked', asked: { kind: 'dsm', heights: 'PL-EVRF2007-NH' } },
      report: { format: 'surface', written: 1, version: null },
    });
    expect(await terrainInUse(dataDir, 'dsm')).toBeUndefined();
    const loaded = await ended(
      await told<DataLoad>(ask(`/api/loads/${checked.id}/take`, { method: 'POST' })),
    );
    expect(loaded).toMatchObject({ state: 'loaded', report: { format: 'surface', written: 1 } });
    expect(await terrainInUse(dataDir, 'dsm')).toMatchObject({ version: loaded.report?.version });
    expect(await terrainInUse(dataDir)).toBeUndefined();
    const { findings } = await told<FindingPage>(ask(`/api/loads/${loaded.id}/findings`));
    expect(findings.map(({ code, severity }) => [code, severity])).toContainEqual(['surface', 'info']);
    const [version] = await database.pool.read(
      sql`select format, crs_decision from twin.dataset_version where version = ${loaded.report?.version}::bigint`,
    );
    expect(version).toEqual({
      format: 'surface',
      crs_decision:
        'Heights stay on their grid in EPSG:2177, as given. Cells of 1 m, heights in PL-EVRF2007-NH',
    });
  });

  it('is of a kind that there is', async () => {
    expect((await give('&kind=chm')).status).toBe(400);
  });
});
