/** A nursery for a street of two kilometres: facts and answer in closed form. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { NURSERY_SITING, nurseryParametersSchema } from '../../core/analysis/siting/nursery-siting.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import { ANONYMOUS } from '../access/identity.ts';
import { layersOf } from './layers.ts';
import { gatherNursery } from './nursery-facts.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const STREET_N = N + 125;

const section = (n: number): Feature => ({
  layer: 'roads',
  id: `r${n}`,
  geometry: {
    type: 'LineString',
    coordinates: [
      [E + 500 * n, STREET_N],
      [E + 500 * (n + 1), STREET_N],
    ],
  },
  properties: { class: 'local', from_node: `n${n}`, to_node: `n${n + 1}` },
});
const motorway: Feature = {
  layer: 'roads',
  id: 'a2',
  geometry: {
    type: 'LineString',
    coordinates: [
      [E, STREET_N],
      [E + 2000, STREET_N],
    ],
  },
  properties: { class: 'motorway', from_node: 'n0', to_node: 'n4' },
};
const people = (id: string, e: number, children: number, adults: number): Feature => ({
  layer: 'building_residents',
  id,
  geometry: { type: 'Point', coordinates: [E + e, N + 100] },
  properties: {
    building_id: id,
    residents: children + adults,
    age_0_2: children,
    age_3_6: 0,
    age_7_14: 0,
    age_15_18: 0,
    age_19_64: adults,
    age_65_plus: 0,
  },
});
const [anyParcel] = sampleFeatures(1).filter(({ layer }) => layer === 'parcels');
const parcel = (number: number, e: number, sideM: number, group: string): Feature => {
  const [left, bottom] = [E + e - sideM / 2, STREET_N - sideM / 2];
  const ring = [
    [left, bottom],
    [left + sideM, bottom],
    [left + sideM, bottom + sideM],
    [left, bottom + sideM],
    [left, bottom],
  ] as const;
  return {
    layer: 'parcels',
    id: `306401_1.0021.AR_10.${number}`,
    geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
    properties: { ...anyParcel?.properties, parcel_number: `${number}`, register_group: group },
  };
};

/** Cells in which 20 and 30 children are published, and one between them whose 5 are too few to be. */
const CITY: readonly Feature[] = [
  ...[0, 1, 2, 3].map(section),
  motorway,
  people('west', 100, 20, 20),
  people('middle', 800, 5, 15),
  people('east', 1800, 30, 30),
  {
    layer: 'facilities',
    id: 'f1',
    geometry: { type: 'Point', coordinates: [E + 125, STREET_N] },
    properties: { kind: 'nursery', capacity: 15 },
  },
  {
    layer: 'facilities',
    id: 'f2',
    geometry: { type: 'Point', coordinates: [E + 1875, STREET_N] },
    properties: { kind: 'primary_school', capacity: 500 },
  },
  parcel(1, 1020, 40, '4'),
  parcel(2, 1920, 40, '4'),
  parcel(3, 1800, 40, '7'),
  parcel(4, 1870, 20, '4'),
];
const [MIDDLE, EAST] = ['306401_1.0021.AR_10.1', '306401_1.0021.AR_10.2'];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, CITY);
});
afterAll(() => database.drop());

async function answerTo(asked: object) {
  const parameters = nurseryParametersSchema.parse(asked);
  const view = { who: ANONYMOUS };
  const facts = await gatherNursery(
    {
      view,
      base: view,
      edits: [],
      lawDate: '2026-06-30',
      layers: await layersOf(database.pool)(),
      ground: flatGround(70),
      read: (statement) => database.pool.read(statement),
    },
    parameters,
  );
  return NURSERY_SITING.result.parse(NURSERY_SITING.run(facts, parameters, UNWATCHED));
}

describe('a new nursery', () => {
  it('stands where most children gain one within reach, as proven, with the second choice', async () => {
    const result = await answerTo({ reachMin: 8 });
    expect(result.demand).toEqual({ people: 60, estimatedPeople: 10, cells: 3, cellsOffNetwork: 0 });
    expect(result.existing).toEqual({ facilities: 1, places: 15, withoutCapacity: 0, offNetwork: 0 });
    expect(result.candidates).toEqual({ tried: 2, fit: 2 });
    expect(result.before).toEqual({ withinReach: 20, withPlace: 15, meanWalkMin: 13.3, inDesert: 40 });
    expect(result.after).toEqual({ withinReach: 50, withPlace: 45, meanWalkMin: 2, inDesert: 10 });
    expect(result.solution).toMatchObject({
      objective: 50,
      bound: 50,
      unit: 'people',
      isProven: true,
      gap: 0,
      sites: [
        { parcel: EAST, within5Min: 30, within10Min: 30, within15Min: 40, areaM2: 1600, offStreetM: 0 },
      ],
      runnerUp: { parcels: [MIDDLE], objective: 30, difference: 20 },
    });
    const middle = result.cells.find(({ id }) => id.endsWith('E6427750'));
    expect(middle).toMatchObject({
      people: 10,
      walkMinBefore: 10,
      walkMinAfter: 10,
      placesPerPersonAfter: 0,
    });
  });

  it('stands where all walk least, when that is asked', async () => {
    const { solution, after } = await answerTo({ goal: 'distance' });
    expect(solution).toMatchObject({ objective: 8850, bound: 8850, isProven: true, unit: 'people × m' });
    expect(solution.sites.map(({ parcel: id }) => id)).toEqual([EAST]);
    expect(solution.runnerUp).toMatchObject({ objective: 27_100, difference: 18_250 });
    expect(after.meanWalkMin).toBe(2);
  });

  it('is refused with what to change when there are fewer parcels than sites', async () => {
    await expect(answerTo({ newSites: 3 })).rejects.toThrow(
      '3 new sites are asked for and 2 municipal parcels',
    );
  });
});
