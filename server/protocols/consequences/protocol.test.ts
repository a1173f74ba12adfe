import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';

let app: RunningApp;
let asked: unknown[] = [];
const made = { rows: [] } as never;
beforeAll(async () => {
  app = await runApp({
    ...sampleServices(4),
    consequences: {
      of: async (...[id, parameters]) => {
        asked.push([id, parameters]);
        return made;
      },
      compare: async (...[ids, parameters]) => {
        asked.push([ids, parameters]);
        return made;
      },
    },
  });
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/scenarios/${path}`, { headers });

it('takes parameters from the address and gives a validator', async () => {
  asked = [];
  const reply = await get('abc/consequences?marginM=250&nurseryShare=0.33&trafficHour=17&bbox=1,2,3,4');
  expect(reply.status).toBe(200);
  expect(asked).toEqual([['abc', { marginM: 250, nurseryShare: 0.33, trafficHour: 17, bbox: [1, 2, 3, 4] }]]);
  const etag = reply.headers.get('etag') ?? '';
  expect((await get('abc/consequences', { 'if-none-match': etag })).status).toBe(304);
});

it('compares each scenario once, in the order asked for', async () => {
  asked = [];
  expect((await get('compare?ids=b,a,b')).status).toBe(200);
  expect(asked).toEqual([[['b', 'a'], { marginM: 500, nurseryShare: 0.45, trafficHour: 7 }]]);
});

it.each([
  ['abc/consequences?marginM=far', 'marginM', /numbers/],
  ['abc/consequences?marginM=2001', 'marginM', /2000/],
  ['abc/consequences?marginM=-1', 'marginM', /0/],
  ['abc/consequences?nurseryShare=45', 'nurseryShare', /1/],
  ['abc/consequences?bbox=1,2,3', 'bbox', /cannot be used/],
  ['abc/consequences?bbox=3,4,1,2', 'bbox', /lower corner first/],
  ['compare', 'ids', /Name the scenarios/],
  ['compare?ids=,', 'ids', /Name the scenarios/],
  [`compare?ids=${Array.from({ length: 13 }, (_, i) => `s${i}`).join()}`, 'ids', /At most 12/],
])('refuses %s and says what to do', async (path, parameter, message) => {
  asked = [];
  const reply = await get(path);
  expect(reply.status).toBe(400);
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(await reply.json()).toMatchObject({ parameter, detail: expect.stringMatching(message) });
  expect(asked).toEqual([]);
});
