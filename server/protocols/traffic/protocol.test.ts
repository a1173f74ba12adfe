import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UNWATCHED } from '../../../core/analysis/model.ts';
import { TRAFFIC_ASSIGNMENT } from '../../../core/analysis/traffic/traffic-assignment.ts';
import { notFound } from '../../../core/errors.ts';
import type { Run } from '../../../core/wire/run.ts';
import { trafficParametersSchema } from '../../../core/wire/traffic-parameters.ts';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';
import { ROADS, trafficFacts } from '../../../test/support/traffic-facts.ts';

const closed = ROADS.map((road) => (road.id === 'north' ? { ...road, isClosed: true } : road));
const COUNTED = { counts: [{ link: 'south+', vehPerH: 300, detector: 'D1' }] };
const RESULT = TRAFFIC_ASSIGNMENT.run(
  trafficFacts(closed, COUNTED),
  trafficParametersSchema.parse({ noiseMap: { bbox: [0, 0, 900, 300] } }),
  UNWATCHED,
);
const RUN = {
  ...{ id: 'solved', model: 'traffic-assignment', modelVersion: '1', state: 'successful', scenario: null },
  ...{ createdAt: '2026-11-22T07:00:00Z', endedAt: '2026-11-22T07:00:05Z', lawDate: '2026-11-22' },
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
      ask: async ({ parameters }) => ({ ...RUN, id: parameters?.['hour'] === 3 ? 'late' : 'solved' }),
      ended: async (id) => (id === 'late' ? { ...RUN, state: 'running', problem: null } : RUN),
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
    'Pomiary najmniej zgodne',
    'Podróży nie dopasowano',
    'Założenia',
    'nie liczy',
  ]) {
    expect(polish).toContain(words);
  }
  // Noise: the limits with their act, and a map today, after and of what changes beside that of the traffic.
  expect(polish).toContain('(t.j. Dz.U. 2014 poz. 112), zał., tabela 3');
  for (const words of [
    'LDWN dziś',
    'LDWN po zmianie',
    'Zmiana LDWN',
    'Weninger',
    '64 dB: poziom',
    '50–55 dB',
  ]) {
    expect(polish).toContain(words);
  }
  expect(polish.match(/<figure/g)).toHaveLength(4);
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
  expect(Object.keys(files)).toEqual(['city.nod.xml', 'city.edg.xml', 'city.con.xml', 'city.trips.xml']);
  expect(strFromU8(files['city.edg.xml'] ?? new Uint8Array())).toContain('<edge ');
  expect(
    Object.keys(unzipSync(new Uint8Array(await (await file('solved/gmns.zip')).arrayBuffer()))),
  ).toContain('link.csv');
});

it('holds the city against counts, as JSON and as a table, and says while that is not computed yet', async () => {
  const reply = await fetch(`${app.url}/api/traffic/validation?hour=7`);
  expect(await reply.json()).toMatchObject({
    ...{ run: 'solved', hour: 7, demand: { source: 'generated' } },
    ...{ all: { counts: 1 }, byClass: [{ class: 'collector' }] },
    counts: [{ link: 'south+', name: 'south', detector: 'D1', countedVehPerH: 300 }],
  });
  const [, line = ''] = (await (await file('solved/validation.csv')).text()).split('\n');
  expect(line).toMatch(/^south\+,south,south,collector,D1,300,/);
  const late = await fetch(`${app.url}/api/traffic/validation?hour=3`);
  expect([late.status, ((await late.json()) as { detail: string }).detail]).toEqual([
    409,
    expect.stringContaining('/api/runs/late'),
  ]);
  const wrong = await fetch(`${app.url}/api/traffic/validation?hour=25`);
  expect([wrong.status, await wrong.json()]).toEqual([400, expect.objectContaining({ parameter: 'hour' })]);
});

it('says of a run of another model, and of none, what is wrong', async () => {
  const other = await file('sunny/links.csv');
  expect(other.status).toBe(400);
  expect(await other.json()).toMatchObject({ parameter: 'run' });
  expect((await file('nobody/report.pdf')).status).toBe(404);
});

it('gives the noise map as polygons in longitude and latitude, of each state and of what changes', async () => {
  const before = await file('solved/noise.geojson');
  expect(before.headers.get('content-type')).toContain('application/geo+json');
  const { features, noise_map: told } = (await before.json()) as {
    noise_map: object;
    features: { properties: object; geometry: { coordinates: number[][][][] } }[];
  };
  expect(told).toEqual({ state: 'before', step_m: 10, height_m: 4, bound_db: expect.any(Number) });
  expect(features[0]?.properties).toEqual({ indicator: 'LDWN', state: 'before', at_least_db: 50 });
  // The sample city lies in the first metres of zone 6: east of the equator's 15th meridian, not in easting.
  for (const [lon = 0, lat = 99] of features[0]?.geometry.coordinates.flat(2) ?? []) {
    expect(Math.abs(lon)).toBeLessThan(180);
    expect(Math.abs(lat)).toBeLessThan(1);
  }
  const change = (await (await file('solved/noise.geojson?state=change')).json()) as { features: object[] };
  expect(change.features).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ properties: expect.objectContaining({ indicator: 'LDWN' }) }),
    ]),
  );
  const odd = await file('solved/noise.geojson?state=later');
  expect([odd.status, await odd.json()]).toEqual([400, expect.objectContaining({ parameter: 'state' })]);
});
