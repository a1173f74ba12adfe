import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';

let app: RunningApp;
let asked: unknown[] = [];
beforeAll(async () => {
  app = await runApp({
    ...sampleServices(4),
    capacity: {
      of: async (...[parameters, lawDate]) => {
        asked.push([parameters, lawDate]);
        return { rules: [] } as never;
      },
    },
  });
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/parcels/${path}`, { headers });

it('takes parcel and parameters from the address and gives a validator', async () => {
  asked = [];
  const path = `${encodeURIComponent('306401_1.0021.AR_10.1/4')}/capacity?use=services&walls=blank&parkingBelow=0.5&lawDate=2024-07-31`;
  const reply = await get(path);
  expect(reply.status).toBe(200);
  expect(asked).toEqual([
    [
      {
        ...{ parcel: '306401_1.0021.AR_10.1/4', use: 'services', walls: 'blank', strips: 'all' },
        ...{ spaceM2: 25, parkingBelow: 0.5 },
      },
      '2024-07-31',
    ],
  ]);
  const etag = reply.headers.get('etag') ?? '';
  expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
});

it.each([
  ['a/capacity?use=castle', 'use'],
  ['a/capacity?parkingBelow=2', 'parkingBelow'],
  ['a/capacity?storeyM=high', 'storeyM'],
  ['a/capacity?lawDate=2024-02-30', 'lawDate'],
  ['a/capacity?lawDate=yesterday', 'lawDate'],
])('refuses %s and names the parameter', async (path, parameter) => {
  asked = [];
  const reply = await get(path);
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({ parameter });
  expect(asked).toEqual([]);
});
