import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SitesReply } from '../../../core/wire/sites.ts';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';

const FOUND: SitesReply = {
  matched: 1,
  unknown: 0,
  without: {},
  sites: [
    {
      ...{ id: '306401_1.0021.AR_10.1/4', rank: 1, score: 0.5, at: [6_427_010, 5_808_010] },
      ...{ bbox: [6_427_000, 5_808_000, 6_427_020, 5_808_020], zone: 'MN' },
      measures: { areaM2: 400.5, waterM: null },
      reasons: [],
    },
  ],
  basis: { parcels: 1, version: '1', missing: [] },
};

let app: RunningApp;
let asked: unknown[] = [];
beforeAll(async () => {
  app = await runApp({
    ...sampleServices(4),
    sites: {
      find: async (query) => {
        asked.push(query);
        return FOUND;
      },
      measures: async () => ({ measures: [], zones: [], exclusions: [], basis: FOUND.basis }),
    },
  });
});
afterAll(() => app.close());

const get = (query: string) => fetch(`${app.url}/api/sites${query}`);

it('reads the same query from an address and from a body', async () => {
  asked = [];
  const address =
    '?areaM2=800..2000&waterM=..50&zones=MN,MW&exclude=flood,built&weights=waterM:-2,areaM2:1&limit=5&bbox=1,2,3,4';
  expect((await get(address)).status).toBe(200);
  const body = {
    where: { areaM2: { min: 800, max: 2000 }, waterM: { max: 50 } },
    ...{ zones: ['MN', 'MW'], exclude: ['flood', 'built'], weights: { waterM: -2, areaM2: 1 } },
    ...{ limit: 5, bbox: [1, 2, 3, 4] },
  };
  const posted = await fetch(`${app.url}/api/sites`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(posted.status).toBe(200);
  expect(asked[0]).toEqual(asked[1]);
  expect(asked[0]).toEqual({ ...body, offset: 0 });
});

it('writes tables with empty cells for what is not known', async () => {
  const reply = await get('?f=csv');
  expect(reply.headers.get('content-type')).toContain('text/csv');
  const [heading, row, end] = (await reply.text()).split('\r\n');
  expect(heading?.split(',').slice(0, 8)).toEqual([
    ...['rank', 'id', 'score', 'zone', 'easting', 'northing', 'areaM2', 'builtPct'],
  ]);
  expect(row?.split(',').slice(0, 8)).toEqual([
    ...['1', '306401_1.0021.AR_10.1/4', '0.5', 'MN', '6427010', '5808010', '400.5', ''],
  ]);
  expect(end).toBe('');
});

it('writes maps in degrees, longitude first', async () => {
  const reply = await get('?f=geojson');
  const { features } = (await reply.json()) as { features: { geometry: { coordinates: number[] } }[] };
  const [lon = 0, lat = 0] = features[0]?.geometry.coordinates ?? [];
  expect([Math.floor(lon), Math.floor(lat)]).toEqual([16, 52]);
});

it.each([
  ['?areaM2=800', 'areaM2'],
  ['?areaM2=..', 'areaM2'],
  ['?areaM2=9..5', 'areaM2'],
  ['?areaM2=big..', 'areaM2'],
  ['?weights=beauty:1', 'weights'],
  ['?weights=areaM2', 'weights'],
  ['?exclude=neighbours', 'exclude'],
  ['?bbox=3,4,1,2', 'bbox'],
  ['?limit=1001', 'limit'],
  ['?price=..100', 'price'],
  ['?f=xlsx', 'f'],
])('refuses %s and names the condition', async (query, parameter) => {
  const reply = await get(query);
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({ parameter });
});
