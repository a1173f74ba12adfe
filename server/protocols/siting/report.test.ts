import { afterAll, beforeAll, expect, it } from 'vitest';
import { sitingPreviewReplySchema } from '../../../core/wire/siting-answer.ts';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';
import { geoPackages } from '../../geopackage/geo-packages.ts';

const STATE = {
  ...{ served: 300, unserved: 40, withPlace: 280, leftWithoutPlace: 60, walkMinutesMean: 4.2 },
  ...{ walkMinutesP50: 4, walkMinutesP95: 9.1, inDesert: 12, accessVariance: 0.2 },
};
const TOLD = sitingPreviewReplySchema.parse({
  demand: {
    from: 'cells',
    people: 340,
    estimated: 0,
    planned: 0,
    points: 1,
    offNetwork: 0,
    offNetworkPeople: 0,
    farthestOffM: 12,
    cutOffPeople: 0,
  },
  existing: {
    ...{ facilities: 2, places: 90, withoutCapacity: 0, offNetwork: 0 },
    ...{ waiting: 12, toOpen: 0, toOpenPlaces: 0 },
    standing: [{ id: 'zl-1', name: 'Miś', e: 6_427_700, n: 5_808_000, offStreetM: 4 }],
  },
  forecast: [{ year: 2025, births: 110, people: 340 }],
  sites: [
    {
      ...{
        candidate: '1',
        siteKind: 'parcel',
        place: { e: 6_427_808, n: 5_808_180 },
        parcel: '306401_1.0021.AR_11.1',
        areaM2: null,
      },
      ...{ offStreetM: 3, served5: 20, served10: 60, served15: 120, walkMinutesP50: 3.9, gained: 24 },
      ...{ capacity: 80, costPln: 9_200_000, checkStates: null },
    },
  ],
  ...{
    closed: [],
    enlarged: [],
    costPln: 9_200_000,
    before: STATE,
    after: { ...STATE, served: 324, unserved: 16 },
  },
  byDistrict: [
    {
      ...{ district: 'a', name: 'Osiedle Chartowo', people: 50, servedBefore: 6, servedAfter: 30 },
      ...{ leftBefore: 44, leftAfter: 20, placesPer100Before: 10, placesPer100After: 83 },
    },
  ],
  histogram: { untilMinutes: [5], before: [300, 40], after: [324, 16] },
  points: [
    {
      ...{ id: 'RES250mN5808000E6427500', e: 6_427_625, n: 5_808_125, people: 40 },
      ...{ walkBefore: null, walkAfter: 3.5, accessBefore: 0, accessAfter: 0.5 },
    },
  ],
  assumptions: [{ pl: 'Koszty są założeniem.', en: 'Costs are an assumption.' }],
  seconds: 0.1,
});

let app: RunningApp;
const asked: unknown[] = [];
beforeAll(async () => {
  const services = sampleServices(4);
  app = await runApp({
    ...services,
    siting: {
      ...services.siting,
      preview: async (question, view) => {
        asked.push({ question, who: view.who });
        return TOLD;
      },
    },
  });
});
afterAll(() => app.close());

const report = (body: unknown, format = 'html', lang = 'pl') =>
  fetch(`${app.url}/api/siting/report.${format}?lang=${lang}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const MOVED = { preview: { kind: 'nursery', sites: [{ e: 6_427_808, n: 5_808_180 }] } };

it('writes sites as they were put, in both languages, as everybody may see them', async () => {
  const polish = await (await report(MOVED)).text();
  for (const words of [
    'żłobek',
    '306401_1.0021.AR_11.1',
    'Osiedle Chartowo',
    '9,20',
    'Koszty są założeniem.',
  ]) {
    expect(polish).toContain(words);
  }
  expect(await (await report(MOVED, 'html', 'en')).text()).toContain('Costs are an assumption.');
  expect(asked.at(-1)).toMatchObject({ question: { kind: 'nursery' }, who: { who: 'anonymous' } });
});

it('draws the walk without and with them, the squares, what stands and what is new told in a legend', async () => {
  const html = await (await report(MOVED, 'html', 'en')).text();
  expect(html.match(/<image /g)).toHaveLength(2);
  expect(html.match(/Scale 1:/g)).toHaveLength(2);
  // Nobody walked there before; now 3.5 minutes.
  for (const sign of ['Walk of 0–5 min', 'A shorter walk than today', 'Existing', 'New sites']) {
    expect(html).toContain(`${sign}</`);
  }
  // Only on the first map.
  expect(html.match(/Walk of &gt; 20 min</g)).toHaveLength(1);
  // A map shows everybody, whom the screen told and whom it did not.
  expect(asked.at(-1)).toMatchObject({ question: { points: 'all' } });
});

it('writes them as PDF', async () => {
  const reply = await report(MOVED, 'pdf');
  expect(reply.headers.get('content-type')).toBe('application/pdf');
  expect(
    Buffer.from(await reply.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});

it('writes them as GeoPackage: sites and people where they are', async () => {
  const reply = await report(MOVED, 'gpkg');
  expect(reply.headers.get('content-type')).toBe('application/geopackage+sqlite3');
  expect(reply.headers.get('content-disposition')).toContain('nowe-placowki-nursery.gpkg');
  expect(asked.at(-1)).toMatchObject({ who: { who: 'anonymous' } });
  const layers = await geoPackages.read(new Uint8Array(await reply.arrayBuffer()), 99);
  expect(layers.toSorted((a, b) => b.name.localeCompare(a.name))).toMatchObject([
    {
      ...{ name: 'sites', srid: 2177 },
      rows: [
        {
          geometry: { type: 'Point', coordinates: [6_427_808, 5_808_180] },
          values: {
            ...{ id: '1', kind: 'nursery', parcel_id: '306401_1.0021.AR_11.1', gained: 24 },
            ...{ easting_2177: 6_427_808, northing_2177: 5_808_180, half_walk_min: 3.9 },
            ...{ within_5_min: 20, within_10_min: 60, within_15_min: 120 },
            ...{ places: 80, cost_pln: 9_200_000, off_street_m: 3 },
          },
        },
      ],
    },
    {
      ...{ name: 'people', srid: 2177 },
      rows: [
        {
          geometry: { type: 'Point', coordinates: [6_427_625, 5_808_125] },
          values: {
            ...{ id: 'RES250mN5808000E6427500', people: 40, walk_min_before: null, walk_min_after: 3.5 },
            ...{ places_each_before: 0, places_each_after: 0.5 },
          },
        },
      ],
    },
  ]);
});

it.each([[{}], [{ ...MOVED, question: {} }], [{ preview: { sites: [{ e: 1 }] } }]])(
  'refuses %o',
  async (body) => {
    expect((await report(body)).status).toBe(400);
  },
);
