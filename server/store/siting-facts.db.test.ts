/** A nursery for a street of two kilometres: facts and answer in closed form. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { FACILITY_SITING } from '../../core/analysis/siting/facility-siting.ts';
import { WALKING_ACCESS } from '../../core/analysis/siting/walking-access.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { sitingQuestionSchema } from '../../core/wire/siting-question.ts';
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
const parcel = (number: number, e: number, sideM: number, holder: string): Feature => {
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
    properties: { ...anyParcel?.properties, parcel_number: `${number}`, public_holder: holder },
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
  parcel(1, 1020, 40, 'municipality'),
  parcel(2, 1920, 40, 'municipality'),
  parcel(3, 1800, 40, 'other'),
  parcel(4, 1870, 20, 'municipality'),
  parcel(5, 1400, 40, 'municipality'),
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

const district: Feature = {
  layer: 'districts',
  id: 'OS-1',
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [E - 500, N - 500],
          [E + 2500, N - 500],
          [E + 2500, N + 700],
          [E - 500, N + 700],
          [E - 500, N - 500],
        ],
      ],
    ],
  },
  properties: { name: 'Osiedle' },
};
const forecast = (year: number, births: number, children: number): Feature => ({
  layer: 'population_forecasts',
  id: `OS-1.${year}`,
  geometry: { type: 'Point', coordinates: [E + 1000, N + 100] },
  properties: { district_id: 'OS-1', year, births, age_0_2: children },
});
const facility = (id: string, e: number, properties: Feature['properties']): Feature => ({
  layer: 'facilities',
  id,
  geometry: { type: 'Point', coordinates: [E + e, STREET_N] },
  properties,
});
const GROWING: readonly Feature[] = [
  ...CITY.filter(({ id }) => id !== 'f1' && id !== 'r2'),
  { ...section(2), properties: { ...section(2).properties, incline_pct: 12 } },
  district,
  forecast(2025, 20, 60),
  forecast(2030, 31, 90),
  facility('f1', 125, { kind: 'nursery', capacity: 15, waiting: 9, opened_on: '1990-09-01' }),
  facility('f3', 1000, { kind: 'nursery', capacity: 40, opened_on: '2029-09-01' }),
  facility('LU-1', 1920, { kind: 'vacant_premises', area_m2: 65, ownership: 'municipal' }),
  facility('LU-2', 1910, { kind: 'vacant_premises', area_m2: 65, ownership: 'private' }),
];

/** Two buildings at one address, and no street between them and the nursery. */
const DOUBLED: readonly Feature[] = [
  ...CITY.filter(({ id }) => id !== 'r2'),
  people('east-yard', 1800, 12, 12),
];

let database: TestDatabase;
let growing: TestDatabase;
let doubled: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, CITY);
  growing = await testDatabase();
  await fill(growing.pool, GROWING);
  doubled = await testDatabase();
  await fill(doubled.pool, DOUBLED);
});
afterAll(async () => {
  await database.drop();
  await growing.drop();
  await doubled.drop();
});

const VIEWS = {
  public: { who: ANONYMOUS },
  staff: { who: { who: 'anna', roles: ['public', 'staff'] } },
} as const;

const answerTo = (asked: object, as: keyof typeof VIEWS = 'public') => answerIn(database, asked, as);

async function answerIn({ pool }: TestDatabase, asked: object, as: keyof typeof VIEWS = 'public') {
  const question = sitingQuestionSchema.parse({ minParcelM2: 1_500, sensitivityRuns: 5, ...asked });
  const facts = await gatherSiting(
    {
      view: VIEWS[as],
      edits: [],
      layers: await layersOf(pool)(),
      read: (statement) => pool.read(statement),
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
        { ...parameters, candidates: [], mostCandidates: 0 },
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
    expect(result.existing).toMatchObject({ facilities: 1, places: 15, waiting: null, toOpen: 0 });
    expect(result.candidates).toMatchObject({ tried: 2, fit: 2, offNetwork: 0 });
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

describe('a city with flaws', () => {
  it('counts two buildings at one address each with its own residents, for staff and in the cells', async () => {
    const [mine, theirs] = [await answerIn(doubled, {}, 'staff'), await answerIn(doubled, {})];
    const ofEast = ({ points }: typeof mine, isEast: (id: string) => boolean) =>
      points.filter(({ id }) => isEast(id)).map(({ people }) => people);
    expect(ofEast(mine, (id) => id.startsWith('east'))).toEqual([30, 12]);
    expect(mine.demand).toMatchObject({ people: 67, points: 4 });
    expect(ofEast(theirs, (id) => id.endsWith('E6428750'))).toEqual([42]);
  });

  it('tells how many live where no street leads to the rest, and gives them a site of their own', async () => {
    const found = await answerIn(doubled, {}, 'staff');
    expect(found.demand).toMatchObject({ cutOffPeople: 42, offNetwork: 0 });
    expect(found.before).toMatchObject({ served: 25, unserved: 42 });
    expect(found.sites).toMatchObject([{ parcel: EAST, gained: 42 }]);
  });
});

describe('a city that grows', () => {
  it('may stand in premises and buildings of the city, with the places that their floors hold', async () => {
    const only = await answerIn(growing, { siteKinds: ['premises'], walkMinutes: 8 });
    expect(only.candidates).toMatchObject({ tried: 1, byKind: { parcel: 0, building: 0, premises: 1 } });
    // 65 m² at 6 m² for each place, at 0.35 of the cost of a new one.
    expect(only.sites).toMatchObject([
      { candidate: 'LU-1', siteKind: 'premises', parcel: EAST, capacity: 10, costPln: 1_015_000 },
    ]);
  });

  it('is asked of a year to come: the forecast of the district, and what is open by then', async () => {
    const [now, then] = [await answerIn(growing, {}), await answerIn(growing, { forecastYear: 2030 })];
    expect(now.existing).toMatchObject({
      facilities: 1,
      places: 15,
      waiting: 9,
      toOpen: 1,
      toOpenPlaces: 40,
    });
    expect(then.existing).toMatchObject({ facilities: 2, places: 55, toOpen: 0 });
    const onDay = await answerIn(growing, { openOn: '2029-09-01' });
    expect(onDay.existing).toMatchObject({ facilities: 2, places: 55, toOpen: 0 });
    expect(onDay.assumptions.map(({ en }) => en)).toContain('Facilities that are open on 2029-09-01 count.');
    expect(then.demand.people).toBeCloseTo(now.demand.people * 1.5, 1);
    expect(now.forecast).toEqual([
      { year: 2025, births: 20, people: 60 },
      { year: 2030, births: 31, people: 90 },
    ]);
    await expect(answerIn(growing, { forecastYear: 2050 })).rejects.toThrow('it tells of 2025 to 2030');
  });

  it('is farther uphill, and too steep for prams', async () => {
    const stateOf = async (asked: object) => (await answerIn(growing, { walkMinutes: 60, ...asked })).before;
    const [hilly, flat] = [await stateOf({}), await stateOf({ slopes: false })];
    expect(hilly.walkMinutesMean ?? 0).toBeGreaterThan(flat.walkMinutesMean ?? 0);
    // The way between west and east is steeper than 8 %.
    expect(hilly.unserved).toBe(0);
    expect((await stateOf({ stepFree: true })).unserved).toBe(30);
  });
});
