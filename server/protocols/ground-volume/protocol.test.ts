import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';

let app: RunningApp;
let asked: unknown[] = [];
beforeAll(async () => {
  app = await runApp({
    ...sampleServices(1),
    groundVolumes: {
      of: async (question) => {
        asked.push(question);
        return { aboveM3: 1 } as never;
      },
    },
  });
});
afterAll(() => app.close());

const get = (query: string) => fetch(`${app.url}/api/ground-volume?${query}`);

it('takes an outline, open or closed, and a level that may be left out', async () => {
  asked = [];
  expect((await get('outline=1,2,3,2,3,4&levelM=61.5')).status).toBe(200);
  expect((await get('outline=1,2,3,2,3,4,1,2')).status).toBe(200);
  const outline = [
    [1, 2],
    [3, 2],
    [3, 4],
  ];
  expect(asked).toEqual([{ outline, levelM: 61.5 }, { outline }]);
});

it.each([
  ['levelM=60', 'outline'],
  ['outline=1,2,3', 'outline'],
  ['outline=1,2,3,4', 'outline'],
  ['outline=1,2,3,2,3,north', 'outline'],
  ['outline=1,2,3,2,3,4&levelM=high', 'levelM'],
  ['outline=1,2,3,2,3,4&levelM=900', 'levelM'],
])('refuses %s and names %s', async (query, parameter) => {
  asked = [];
  const reply = await get(query);
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({ parameter });
  expect(asked).toEqual([]);
});
