import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UNWATCHED } from '../../../core/analysis/model.ts';
import { TRAFFIC_ASSIGNMENT } from '../../../core/analysis/traffic/traffic-assignment.ts';
import { notFound } from '../../../core/errors.ts';
import type { Run } from '../../../core/wire/run.ts';
import { trafficParametersSchema } from '../../../core/wire/traffic.ts';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';
import { ROADS, trafficFacts } from '../../../test/support/traffic-facts.ts';

const closed = ROADS.map((road) => (road.id === 'north' ? { ...road, isClosed: true } : road));
const RESULT = TRAFFIC_ASSIGNMENT.run(trafficFacts(closed), trafficParametersSchema.parse({}), UNWATCHED);
const RUN = {
  ...{ id: 'solved', model: 'traffic-assignment', modelVersion: '1', state: 'successful', scenario: null },
  ...{ createdAt: '2026-11-22T07:00:00Z', endedAt: '2026-11-22T07:00:05Z' },
} as Run;

let app: RunningApp;
beforeAll(async () => {
  const services = sampleServices(4);
  app = await runApp({
    ...services,
    runs: {
      ...services.runs,
      async read(id) {
        if (id === 'solved') return RUN;
        if (id === 'sunny') return { ...RUN, model: 'sun-hours' };
        throw notFound('There is no such run', 'run');
      },
      result: async () => JSON.stringify(RESULT),
    },
  });
});
afterAll(() => app.close());

const file = (path: string) => fetch(`${app.url}/api/traffic/runs/${path}`);

it('writes what a run found in both languages, with its accuracy, assumptions and what it leaves out', async () => {
  const polish = await (await file('solved/report.html?lang=pl')).text();
  for (const words of [
    'Strata czasu',
    'Luka względna',
    'nie porównano z pomiarami',
    'Założenia',
    'nie liczy',
  ]) {
    expect(polish).toContain(words);
  }
  expect(await (await file('solved/report.html?lang=en')).text()).toContain('What is not modelled');
  const pdf = await file('solved/report.pdf');
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});

it('writes a line for each link, closed ones without a state after', async () => {
  const [head = '', ...lines] = (await (await file('solved/links.csv')).text()).trimEnd().split('\r\n');
  expect(lines).toHaveLength(RESULT.links.length);
  expect(head.split(',').slice(0, 2)).toEqual(['link', 'road']);
  const shut = lines.find((line) => line.startsWith('north+,'));
  expect(shut).toContain(',closed,');
  expect(shut).toContain(',,,,,,');
});

it('packs the files of other programs, the same bytes each time', async () => {
  const bytes = async () => new Uint8Array(await (await file('solved/sumo.zip')).arrayBuffer());
  const [first, second] = [await bytes(), await bytes()];
  expect(first).toEqual(second);
  const files = unzipSync(first);
  expect(Object.keys(files)).toEqual(['city.nod.xml', 'city.edg.xml', 'city.trips.xml']);
  expect(strFromU8(files['city.edg.xml'] ?? new Uint8Array())).toContain('<edge ');
  expect(
    Object.keys(unzipSync(new Uint8Array(await (await file('solved/gmns.zip')).arrayBuffer()))),
  ).toContain('link.csv');
});

it('says of a run of another model, and of none, what is wrong', async () => {
  const other = await file('sunny/links.csv');
  expect(other.status).toBe(400);
  expect(await other.json()).toMatchObject({ parameter: 'run' });
  expect((await file('nobody/report.pdf')).status).toBe(404);
});
