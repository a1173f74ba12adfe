import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptPageSchema, keptSummarySchema } from '../../core/wire/kept-findings.ts';
import { askProtocols } from '../../test/support/ask-protocols.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../../test/support/sample-city.ts';
import { ANONYMOUS } from '../access/identity.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { keptFindings } from '../protocols/kept-findings/protocol.ts';
import { keepFindings } from './keep-findings.ts';
import { storeKeptFindings } from './kept-findings.ts';
import { layersOf } from './layers.ts';
import { type FindingsReport, refreshFindings } from './parcel-findings.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const flood = (id: string, widthM: number) => ({
  layer: 'flood_zones',
  id,
  geometry: {
    type: 'MultiPolygon' as const,
    coordinates: [
      [
        [
          [E, N],
          [E + widthM, N],
          [E + widthM, N + 15],
          [E, N + 15],
          [E, N],
        ] as const,
      ],
    ],
  },
  properties: { probability: 'p1' },
});

describe('the door of kept findings', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, [...sampleFeatures(6), flood('f1', 75)]);
  });
  afterAll(() => database.drop());

  const read = (path: string) =>
    askProtocols([keptFindings({ keptFindings: storeKeptFindings(database.pool) })])(
      ...(['GET', path, undefined, ANONYMOUS] as const),
    );
  const summary = async () => keptSummarySchema.parse((await read('/api/findings')).body);
  const page = async (query: string) =>
    keptPageSchema.parse((await read(`/api/findings/parcels?rule=flood-special-hazard&${query}`)).body);
  const csvOf = (query: string) =>
    keptFindings({ keptFindings: storeKeptFindings(database.pool) })
      .routes.find(({ path }) => path.endsWith('/parcels'))
      ?.handle({
        ...{ method: 'GET', path: '/api/findings/parcels', route: {}, headers: {}, body: new Uint8Array() },
        ...{ query: new URLSearchParams(query), view: PUBLIC_VIEW, signal: new AbortController().signal },
        ...{ requestId: 'test', publicUrl: 'http://twin' },
      });
  /** What the service does by itself, until it has refreshed once. */
  const keptAnew = async (): Promise<FindingsReport> => {
    const enough = new AbortController();
    let told: FindingsReport | undefined;
    const onRefreshed = (report: FindingsReport) => {
      told = report;
      enough.abort();
    };
    const layers = layersOf(database.pool);
    await keepFindings({ pool: database.pool, layers, everyMs: 10, onRefreshed }, enough.signal);
    if (!told) throw new Error('nothing was refreshed');
    return told;
  };

  it('says that nothing was ever kept, and how it would be', async () => {
    expect(await summary()).toMatchObject({
      ...{ parcels: 0, refreshedAt: null, isStale: true, rules: [] },
      staleBecause: [{ en: expect.stringContaining('blizniak check --refresh') }],
    });
  });

  it('tells the last refresh, of when it is, and its parcels page by page', async () => {
    const { signal } = new AbortController();
    await refreshFindings({ pool: database.pool, layers: layersOf(database.pool), signal });
    const told = await summary();
    expect(told).toMatchObject({ parcels: 6, isStale: false, staleBecause: [] });
    expect(told.refreshedAt).not.toBeNull();
    expect(told.rules.find(({ rule }) => rule === 'flood-special-hazard')).toMatchObject({
      applies: 4,
      title: { en: expect.any(String) },
    });
    const ids = [0, 1, 2, 3].map(sampleParcelId).toSorted();
    const first = await page('limit=3');
    expect(first.parcels.map(({ parcel }) => parcel)).toEqual(ids.slice(0, 3));
    expect(first.parcels[0]?.findings).toMatchObject([{ objects: ['f1'], measured: { areaM2: 300 } }]);
    const second = await page(`limit=3&after=${first.next}`);
    expect(second.parcels.map(({ parcel }) => parcel)).toEqual(ids.slice(3));
    expect(second.next).toBeUndefined();
    const csv = await csvOf('rule=flood-special-hazard&f=csv&limit=1');
    expect(String(csv?.body).split('\r\n')[1]).toContain(`${ids[0]},flood-special-hazard,applies,`);
    expect(csv?.headers?.['link']).toContain('rel="next"');
  });

  it('says which layer has changed since, and is brought up to date by the service', async () => {
    await fill(database.pool, [flood('f1', 35)]);
    expect(await summary()).toMatchObject({
      isStale: true,
      staleBecause: [{ en: expect.stringContaining('flood_zones') }],
    });
    expect((await keptAnew()).checked).toBeGreaterThan(0);
    expect(await summary()).toMatchObject({ isStale: false });
    expect((await page('')).parcels).toHaveLength(2);
  });

  it.each([
    ['/api/findings/parcels', 'rule'],
    ['/api/findings/parcels?rule=x&state=perhaps', 'state'],
    ['/api/findings/parcels?rule=x&limit=0', 'limit'],
    ['/api/findings/parcels?rule=x&f=xml', 'f must be json or csv'],
  ])('refuses %s by naming %s', async (path, said) => {
    const { status, body } = await read(path);
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(said)]);
  });
});
