/** A nursery for a street of two kilometres: facts and answer in closed form. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { FACILITY_SITING } from '../../core/analysis/siting/facility-siting.ts';
import { WALKING_ACCESS } from '../../core/analysis/siting/walking-access.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { sitingQuestionSchema } from '../../core/wire/siting.ts';
import { walkingAccessParametersSchema } from '../../core/wire/walking-access.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import { ANONYMOUS } from '../access/identity.ts';
import { layersOf } from './layers.ts';
import { gatherSiting } from './siting-facts.ts';

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
  parcel(5, 1400, 40, '4'),
  {
    layer: 'flood_zones',
    id: 'z1',
    geometry: {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [E + 1390, STREET_N - 10],
            [E + 1410, STREET_N - 10],
            [E + 1410, STREET_N + 10],
            [E + 1390, STREET_N + 10],
            [E + 1390, STREET_N - 10],
          ],
        ],
      ],
    },
    properties: { probability: 'p1' },
  },
];
const [MIDDLE, EAST] = ['306401_1.0021.AR_10.1', '306401_1.0021.AR_10.2'];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, CITY);
});
afterAll(() => database.drop());

const VIEWS = {
  public: { who: ANONYMOUS },
  staff: { who: { who: 'anna', roles: ['public', 'staff'] } },
} as const;

async function answerTo(asked: object, as: keyof typeof VIEWS = 'public') {
  const question = sitingQuestionSchema.parse({ minParcelM2: 1_500, sensitivityRuns: 5, ...asked });
  const facts = await gatherSiting(
    {
      view: VIEWS[as],
      edits: [],
      layers: await layersOf(database.pool)(),
      read: (statement) => database.pool.read(statement),
    },
    question,
  );
  return FACILITY_SITING.result.parse(FACILITY_SITING.run(facts, question, UNWATCHED));
}

describe('walking access', () => {
  it('tells walks, places, deserts and who is left, and shares out exactly the places there are', async () => {
    for (const decay of ['none', 'gaussian'] as const) {
      const parameters = walkingAccessParametersSchema.parse({ walkMinutes: 8, decay });
      const facts = await gatherSiting(
        {
          view: VIEWS.public,
          edits: [],
          layers: await layersOf(database.pool)(),
          read: (statement) => database.pool.read(statement),
        },
        { kind: 'nursery', candidates: [], mostCandidates: 0 },
      );
      const result = WALKING_ACCESS.result.parse(WALKING_ACCESS.run(facts, parameters, UNWATCHED));
      expect(result.state).toMatchObject({ served: 20, unserved: 40, withPlace: 15, leftWithoutPlace: 45 });
      expect(result.facilities).toMatchObject([
        { id: 'f1', places: 15, within: 20, placesPer100: 75, assigned: 15 },
      ]);
      expect(result.points.map(({ access, isDesert, left }) => [access, isDesert, left])).toEqual([
        [0.75, false, 5],
        [0, true, 10],
        [0, true, 30],
      ]);
      expect(result.conservation).toBeLessThan(1e-9);
    }
  });
});

describe('a new nursery', () => {
  it('stands where most children gain one within reach, as proven, with the second choice', async () => {
    const result = await answerTo({ walkMinutes: 8 });
    expect(result.demand).toMatchObject({
      from: 'cells',
      people: 60,
      estimated: 10,
      points: 3,
      offNetwork: 0,
    });
    expect(result.existing).toEqual({ facilities: 1, places: 15, withoutCapacity: 0, offNetwork: 0 });
    expect(result.candidates).toEqual({ tried: 2, fit: 2, offNetwork: 0 });
    expect(result.before).toMatchObject({
      served: 20,
      unserved: 40,
      withPlace: 15,
      walkMinutesMean: 13.3,
      inDesert: 40,
    });
    expect(result.after).toMatchObject({
      served: 50,
      withPlace: 45,
      leftWithoutPlace: 15,
      walkMinutesMean: 2,
      inDesert: 10,
    });
    expect(result).toMatchObject({
      ...{ objective: 50, bound: 50, unit: 'people', proven: true, gap: 0 },
      runnerUp: { sites: [MIDDLE], objective: 30, difference: 20 },
    });
    expect(result.sites).toMatchObject([
      { parcel: EAST, served5: 30, served10: 30, served15: 40, gained: 30, areaM2: 1600, offStreetM: 0 },
    ]);
    const middle = result.points.find(({ id }) => id.endsWith('E6427750'));
    expect(middle).toMatchObject({ people: 10, walkBefore: 10, walkAfter: 10, accessAfter: 0 });
    expect(result.sensitivity).toEqual([{ candidate: EAST, place: expect.anything(), share: 1 }]);
  });

  it('stands where all walk least, when that is asked', async () => {
    const result = await answerTo({ objective: 'p-median' });
    expect(result).toMatchObject({ objective: 118, bound: 118, proven: true, unit: 'people × min' });
    expect(result.sites.map(({ parcel: id }) => id)).toEqual([EAST]);
    expect(result.runnerUp).toMatchObject({ objective: 361.3, difference: 243.3 });
  });

  it('serves staff from the very buildings, and names no building to others', async () => {
    const [mine, theirs] = [await answerTo({}, 'staff'), await answerTo({})];
    expect(mine.demand).toMatchObject({ from: 'buildings', people: 55, estimated: 0 });
    expect(mine.points.map(({ id }) => id)).toEqual(['east', 'middle', 'west']);
    expect(theirs.points.every(({ id }) => id.startsWith('RES250m'))).toBe(true);
  });

  it('keeps out of flood zones unless it is told that they do not matter', async () => {
    expect((await answerTo({})).candidates).toMatchObject({ tried: 2, fit: 2 });
    expect((await answerTo({ avoid: [] })).candidates).toMatchObject({ tried: 3, fit: 3 });
  });

  it.each([
    [{ newSites: 3 }, '3 new sites are asked for and 2 candidates'],
    [{ minParcelM2: 90_000, maxParcelM2: 95_000 }, 'There is no candidate'],
    [{ candidates: ['nowhere'] }, 'nowhere'],
    [{ budgetPln: 1000 }, 'buys no site'],
    [{ kind: 'secondary_school', minParcelM2: 100 }, 'nobody of these ages'],
  ])('is refused with what to change: %o', async (asked, message) => {
    await expect(answerTo(asked)).rejects.toThrow(message);
  });
});
