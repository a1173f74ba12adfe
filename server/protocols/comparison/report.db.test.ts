import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asTwinError } from '../../../core/errors.ts';
import { editSchema } from '../../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { flatGround } from '../../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleServices } from '../../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../../access/identity.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { openLog } from '../../log.ts';
import { withMoreRows } from '../../runs/more-rows.ts';
import { type OpenRuns, openRuns } from '../../runs/open-runs.ts';
import { runConsequences } from '../../runs/run-consequences.ts';
import type { Scenarios } from '../../services/scenarios.ts';
import { storeCatalogue } from '../../store/catalogue.ts';
import { consequenceBoxes } from '../../store/consequence-box.ts';
import { storeDifferences } from '../../store/differences.ts';
import { postgisSource } from '../../store/features.ts';
import { layersOf } from '../../store/layers.ts';
import { postgisMaps } from '../../store/map-geometry.ts';
import { relationFor } from '../../store/relation.ts';
import { storeScenarios } from '../../store/scenarios.ts';
import { comparison } from './protocol.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const HOUSE = editSchema.parse({
  kind: 'add-building',
  footprint: [
    [E + 24, N + 4],
    [E + 32, N + 4],
    [E + 32, N + 16],
  ],
  storeys: 1,
  roof: { shape: 'flat' },
  function: 'm',
});

describe('the report of a comparison', () => {
  let database: TestDatabase;
  let scenarios: Scenarios;
  let open: OpenRuns;
  let house: string;
  let nothing: string;
  let read: (address: string, headers?: Ask['headers'], who?: Identity) => Promise<Reply>;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, sampleFeatures(6));
    const { pool, url } = database;
    const [layers, ground] = [layersOf(pool), flatGround(80)];
    scenarios = storeScenarios(pool, layers, ground);
    open = await openRuns({
      ...{ databaseUrl: url, pool, place: { pool, layers, ground }, threads: 1 },
      log: openLog({ level: 'silent', format: 'json' }),
    });
    const { routes } = comparison(
      {
        scenarios,
        differences: storeDifferences(() => pool, layers),
        consequences: withMoreRows(
          runConsequences(open.service, scenarios, consequenceBoxes(pool, layers, scenarios, ground)),
          [],
        ),
        catalogue: storeCatalogue(pool, layers),
        featuresFor: (view) => postgisSource(pool, layers, (layer) => relationFor(layer, view)),
        maps: (view) => postgisMaps(pool, view),
        pictures: sampleServices(1).pictures,
        documents: sampleServices(1).documents,
      },
      { name: { pl: 'Próba', en: 'Sample' }, srid: 2177 },
    );
    read = async (address, headers = {}, who = ANONYMOUS) => {
      const { pathname, searchParams } = new URL(`/api/scenarios/compare/${address}`, 'http://twin');
      const ask: Ask = {
        method: 'GET',
        path: pathname,
        route: {},
        query: searchParams,
        headers,
        body: new Uint8Array(),
        view: { who },
        signal: new AbortController().signal,
        requestId: 'test',
        publicUrl: 'http://twin/s/abc',
      };
      const route = routes.find(({ path }) => path === pathname);
      if (!route) throw new Error(`no route ${pathname}`);
      return route.handle(ask);
    };
    const one = await scenarios.create(
      {
        title: 'Dom <na rogu>',
        reason: 'Za mało mieszkań',
        assumptions: ['Grunt jest płaski'],
        access: 'link',
      },
      STAFF,
    );
    await scenarios.add(one.id, one.revision, [HOUSE], STAFF);
    house = one.id;
    ({ id: nothing } = await scenarios.create({ title: 'Nic', reason: '', access: 'link' }, STAFF));
  });
  afterAll(async () => {
    await open.close();
    await database.drop();
  });

  it('tells as HTML what changes, how surely, on what ground, and how to find it again', async () => {
    const { status, headers, body } = await read(`report.html?ids=${house},${nothing}`);
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    const html = String(body);
    for (const text of [
      'Dom &lt;na rogu&gt;',
      'Za mało mieszkań',
      'Grunt jest płaski',
      'Autor nie podał założeń.',
      'Z lotu ptaka',
      'Z lotu ptaka: Dom &lt;na rogu&gt;.',
      'różnica istotna',
      'bez zmian',
      'Po znaku ± stoi błąd graniczny',
      `http://twin/api/scenarios/compare?ids=${house},${nothing}`,
      'Prezydent Miasta Poznania',
    ]) {
      expect(html.includes(text), text).toBe(true);
    }
    // The base, and the city of each scenario: from above at a scale that is written below, and from the air.
    expect(html.match(/<image /g)).toHaveLength(6);
    expect(html.match(/Skala 1:500\./g)).toHaveLength(3);
    expect(html).toMatch(/dodane: [1-9]\d*, usunięte: 0, zmienione: 0\./);
  });

  it('is written in English when asked', async () => {
    const { body } = await read(`report.html?ids=${house}&lang=en`);
    expect(String(body)).toMatch(/<html lang="en">.*beyond the error/s);
  });

  it('is the same PDF until a scenario changes', async () => {
    const address = `report.pdf?ids=${house}`;
    const one = await read(address);
    expect(one.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="porownanie-wariantow.pdf"',
    });
    expect(Buffer.from(one.body as Uint8Array).toString('latin1', 0, 8)).toBe('%PDF-1.7');
    const etag = one.headers['etag'] ?? '';
    expect(await read(address, { 'if-none-match': etag })).toMatchObject({ status: 304 });
    const { revision } = await scenarios.read(house, STAFF);
    await scenarios.change(house, revision, { title: 'Dom przy rogu' }, STAFF);
    expect(await read(address, { 'if-none-match': etag })).toMatchObject({ status: 200 });
  });

  it.each([
    ['no ids', () => 'report.pdf', /Name the scenarios/],
    ['five ids', () => 'report.pdf?ids=a,b,c,d,e', /at most 4 scenarios, got 5/],
    ['a scenario that is not there', () => `report.html?ids=${house},zzzz`, /no scenario "zzzz"/],
    ['a language that is not spoken', () => `report.html?ids=${house}&lang=fr`, /"fr" is not spoken/],
  ])('is refused for %s', async (_, address, reason) => {
    const failure = await read(address()).catch((error: unknown) => asTwinError(error).message);
    expect(failure).toMatch(reason);
  });

  it('is told only to who may read every scenario in it', async () => {
    const { id } = await scenarios.create({ title: 'T', reason: '', access: 'staff' }, STAFF);
    await expect(read(`report.html?ids=${house},${id}`)).rejects.toThrow('There is no scenario');
    expect(await read(`report.html?ids=${house},${id}`, {}, STAFF)).toMatchObject({ status: 200 });
  });
});
