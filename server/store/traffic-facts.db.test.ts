/** Two ways from homes to offices, and what edits of a scenario make of the traffic on them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { TRAFFIC_ASSIGNMENT } from '../../core/analysis/traffic/traffic-assignment.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { type Edit, editSchema } from '../../core/wire/scenario.ts';
import type { TrafficResult } from '../../core/wire/traffic.ts';
import type { TrafficLink } from '../../core/wire/traffic-link.ts';
import { trafficParametersSchema } from '../../core/wire/traffic-parameters.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import { layersOf } from './layers.ts';
import { storeScenarios } from './scenarios.ts';
import { gatherTraffic } from './traffic-facts.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const at = (e: number, n: number): [number, number] => [E + e, N + n];

const road = (id: string, path: readonly [number, number][], ends: [string, string], more = {}): Feature => ({
  layer: 'roads',
  id,
  geometry: { type: 'LineString', coordinates: path },
  properties: {
    class: 'collector',
    lanes: 2,
    speed_kmh: 50,
    oneway: false,
    from_node: ends[0],
    to_node: ends[1],
    ...more,
  },
});
const [anyBuilding] = sampleFeatures(1).filter(({ layer }) => layer === 'buildings');
const offices: Feature = {
  layer: 'buildings',
  id: 'offices',
  geometry: {
    type: 'MultiPolygon',
    coordinates: [[[at(3000, 50), at(3100, 50), at(3100, 150), at(3000, 150), at(3000, 50)]]],
  },
  properties: { ...anyBuilding?.properties, kind: 'b', storeys_above: 4 },
};
const people: Feature = {
  layer: 'building_residents',
  id: 'people',
  geometry: { type: 'Point', coordinates: at(100, 100) },
  properties: {
    building_id: 'people',
    residents: 6000,
    age_0_2: 100,
    age_3_6: 100,
    age_7_14: 100,
    age_15_18: 100,
    age_19_64: 5500,
    age_65_plus: 100,
  },
};
const house = (id: string, e: number, kind = 'm'): Feature => ({
  layer: 'buildings',
  id,
  geometry: {
    type: 'MultiPolygon',
    coordinates: [[[at(e, 20), at(e + 12, 20), at(e + 12, 32), at(e, 32), at(e, 20)]]],
  },
  properties: { ...anyBuilding?.properties, kind, storeys_above: 2 },
});
const planArea = (id: string, from: number, symbol: string, more: Feature['properties'] = {}): Feature => ({
  layer: 'plan_zones',
  id,
  geometry: {
    type: 'MultiPolygon',
    coordinates: [[[at(from, 10), at(from + 50, 10), at(from + 50, 60), at(from, 60), at(from, 10)]]],
  },
  properties: { plan_kind: 'local', symbol, status: 'legalForce', ...more },
});
const HOMES: readonly Feature[] = [
  house('planned', 160),
  house('repealed', 230),
  house('school', 300, 'k'),
  house('shop', 370, 'h'),
  planArea('of houses', 150, 'MN'),
  planArea('of before', 220, 'MN', { in_force_until: '2020-01-01' }),
  planArea('general', 220, 'SW', { plan_kind: 'general' }),
  planArea('of trade', 360, 'U'),
  {
    layer: 'facilities',
    id: 'primary',
    geometry: { type: 'Point', coordinates: at(305, 25) },
    properties: { name: 'School', kind: 'primary_school', capacity: 100, building_id: 'school' },
  },
];
const works = (id: string, roadIds: string, impact: string, lanesLeft: number | null): Feature => ({
  layer: 'obstructions',
  id,
  geometry: {
    type: 'MultiPolygon',
    coordinates: [[[at(900, 0), at(910, 0), at(910, 10), at(900, 10), at(900, 0)]]],
  },
  properties: {
    name: id,
    impact,
    starts_at: '2026-07-01T06:00:00Z',
    ends_at: '2026-07-03T06:00:00Z',
    road_ids: roadIds,
    lanes_left: lanesLeft,
    modes: 'car, bus',
  },
});
/** The southern way is a little longer. */
const CITY: readonly Feature[] = [
  people,
  offices,
  works('closes', 'north', 'closed', null),
  works('narrows', 'west,south', 'narrowed', 1),
  road('west', [at(100, 0), at(500, 0)], ['home', 'fork']),
  road('north', [at(500, 0), at(1500, 400), at(2600, 0)], ['fork', 'join']),
  road('south', [at(500, 0), at(1500, -500), at(2600, 0)], ['fork', 'join']),
  road('east', [at(2600, 0), at(3000, 0)], ['join', 'work']),
];

let database: TestDatabase;
let town: TestDatabase;
beforeAll(async () => {
  [database, town] = await Promise.all([testDatabase(), testDatabase()]);
  await fill(database.pool, CITY);
  await fill(town.pool, [...CITY, ...HOMES]);
});
afterAll(() => Promise.all([database.drop(), town.drop()]));

const resultOf = (edits: readonly Edit[] | undefined, asked: object = {}) => resultIn(database, edits, asked);

async function resultIn(
  database: TestDatabase,
  edits: readonly Edit[] | undefined,
  asked: object = {},
): Promise<TrafficResult> {
  const layers = layersOf(database.pool);
  const store = storeScenarios(database.pool, layers, flatGround(70));
  const scenario = await store.create({ title: 'test', reason: '', access: 'link' }, STAFF);
  if (edits?.length) await store.add(scenario.id, scenario.revision, edits, STAFF);
  const state = await store.state(scenario.id, ANONYMOUS);
  if (!state) throw new Error('no scenario');
  const base = { who: ANONYMOUS, at: state.base };
  const parameters = trafficParametersSchema.parse(asked);
  const facts = await gatherTraffic(
    {
      view: edits ? { who: ANONYMOUS, scenario: state } : base,
      base,
      edits: (await store.read(scenario.id, STAFF)).edits,
      lawDate: '2026-06-30',
      layers: await layers(),
      ground: flatGround(70),
      read: (statement) => database.pool.read(statement),
    },
    parameters,
  );
  return TRAFFIC_ASSIGNMENT.result.parse(
    TRAFFIC_ASSIGNMENT.run(facts, parameters, UNWATCHED),
  ) as TrafficResult;
}

const edit = (raw: object): Edit => editSchema.parse(raw);
const linkOf = ({ links }: TrafficResult, id: string): TrafficLink => {
  const link = links.find((each) => each.id === id);
  if (!link) throw new Error(`no link ${id}`);
  return link;
};
const flow = (result: TrafficResult, id: string) => linkOf(result, id).after?.flowVehPerH ?? 0;

describe('traffic of the morning', () => {
  it('goes both ways round so that neither is faster, and all who set out arrive', async () => {
    const result = await resultOf(undefined, { tripFactor: 2, distanceCostSPerKm: 0 });
    expect(result.before.convergence).toMatchObject({ isReached: true });
    expect(flow(result, 'north+')).toBeGreaterThan(flow(result, 'south+'));
    expect(flow(result, 'south+')).toBeGreaterThan(50);
    expect(flow(result, 'north+') + flow(result, 'south+')).toBeCloseTo(flow(result, 'west+'), 0);
    const seconds = (id: string) => {
      const { lengthM, after } = linkOf(result, id);
      return (lengthM / (after?.speedKmH ?? 1)) * 3.6;
    };
    // Speeds are told to a tenth of a km/h.
    expect(Math.abs(seconds('north+') - seconds('south+'))).toBeLessThan(2);
    expect(result.after).toBeNull();
    expect(linkOf(result, 'north+').difference).toBeNull();
  });

  it('holds each home and school against the limit of the plan in force on it, without one of its use', async () => {
    const { noise } = await resultIn(town, undefined);
    const told = Object.fromEntries(
      noise.buildings.map(({ id, use, limitDb, basis }) => [id, { use, limitDb, basis }]),
    );
    expect(told).toEqual({
      planned: { use: 'dwelling', limitDb: 64, basis: 'plan' },
      // Houses and blocks have other limits, and the register does not tell them apart.
      repealed: { use: 'dwelling', limitDb: null, basis: 'use' },
      school: { use: 'children', limitDb: 64, basis: 'use' },
    });
    expect(noise.before.sensitiveBuildings).toBe(1);
  });

  it('takes the southern way alone when the northern is closed, and the difference is told as real', async () => {
    const result = await resultOf([edit({ kind: 'close-road', road: 'north', fromM: 100, toM: 120 })]);
    expect(linkOf(result, 'north+')).toMatchObject({ state: 'closed', after: null });
    expect(linkOf(result, 'north+').difference).toMatchObject({ isBeyondNoise: true });
    expect(flow(result, 'south+')).toBeCloseTo(flow(result, 'west+'), 0);
    expect(result.after?.totals.vehicleKm).toBeGreaterThan(result.before.totals.vehicleKm);
  });

  it('does what the rules of a scenario say: turns, signals, zones, capacities', async () => {
    const around = [at(600, -20), at(2500, -20), at(2500, 420), at(600, 420)];
    const asked = { tripFactor: 2 };
    const north = async (...edits: object[]) => {
      const result = await resultOf(edits.map(edit), asked);
      return flow(result, 'north+');
    };
    const plain = flow(await resultOf(undefined, asked), 'north+');
    expect(plain).toBeGreaterThan(100);
    expect(await north({ kind: 'ban-turn', from: 'west', to: 'north' })).toBe(0);
    for (const rule of [
      { kind: 'set-signal', at: at(2600, 0), cycleS: 120, mainGreenS: 10 },
      { kind: 'slow-zone', area: around },
      { kind: 'low-emission-zone', area: around, sharePct: 90 },
      { kind: 'change-road', road: 'north', capacityPcuPerH: 200 },
    ]) {
      const less = await north(rule);
      expect([rule.kind, less < plain]).toEqual([rule.kind, true]);
    }
  });

  it('loses those who cannot get there, and says who', async () => {
    const result = await resultOf([edit({ kind: 'close-road', road: 'east' })]);
    expect(result.before.totals.lostTrips).toBe(0);
    expect(result.after?.totals.lostTrips).toBeGreaterThan(100);
    expect(result.lost.after.length).toBeGreaterThan(0);
  });

  it('follows lanes, speed, one way, a new street and a demand that grows', async () => {
    const busy = { tripFactor: 2 };
    const wider = await resultOf([edit({ kind: 'change-road', road: 'south', lanes: 4 })], busy);
    expect(flow(wider, 'south+')).toBeGreaterThan(linkOf(wider, 'south+').before?.flowVehPerH ?? 0);
    expect(linkOf(wider, 'south+').state).toBe('changed');
    const slower = await resultOf([edit({ kind: 'change-road', road: 'north', speedKmH: 20 })], busy);
    expect(flow(slower, 'north+')).toBeLessThan(flow(slower, 'south+'));
    const oneway = await resultOf([edit({ kind: 'change-road', road: 'north', oneway: 'against' })], busy);
    expect(flow(oneway, 'south+')).toBeCloseTo(flow(oneway, 'west+'), 0);
    const shortcut = edit({ kind: 'add-road', path: [at(500, 0), at(2600, 0)], class: 'collector' });
    const added = await resultOf([shortcut], busy);
    const [fresh] = added.links.filter(({ state, before }) => state === 'added' && before === null);
    expect(fresh?.after?.flowVehPerH).toBeGreaterThan(100);
    const grown = await resultOf([edit({ kind: 'scale-demand', factor: 1.5 })]);
    expect(flow(grown, 'west+')).toBeCloseTo(1.5 * (linkOf(grown, 'west+').before?.flowVehPerH ?? 0), 0);
    const [morning, evening] = [
      { kind: 'scale-demand', factor: 1.5, hours: { from: 6, to: 9 } },
      { kind: 'scale-demand', factor: 1.5, hours: { from: 15, to: 18 } },
    ] as const;
    const of = async (each: typeof morning | typeof evening) => flow(await resultOf([edit(each)]), 'west+');
    expect(await of(morning)).toBeCloseTo(flow(grown, 'west+'), 3);
    expect(await of(evening)).toBeCloseTo(linkOf(grown, 'west+').before?.flowVehPerH ?? 0, 3);
  });

  it('takes closed and narrowed streets from the obstruction register, at its moment', async () => {
    const during = await resultOf(undefined, { obstructionsAt: '2026-07-02T08:00:00+02:00' });
    expect(linkOf(during, 'north+')).toMatchObject({ state: 'closed', after: null });
    expect(linkOf(during, 'south+')).toMatchObject({ state: 'changed', lanes: 0.6 });
    // A street that a new one cuts in two is closed in both its parts.
    const crossing = edit({ kind: 'add-road', path: [at(1500, 400), at(1500, 900)], class: 'local' });
    const cut = await resultOf([crossing], { obstructionsAt: '2026-07-02T08:00:00+02:00' });
    const parts = cut.links.filter(({ road, from, to }) => road !== 'north' && [from, to].includes('join'));
    expect(parts.filter(({ id }) => !id.startsWith('south') && !id.startsWith('east'))).toEqual([]);
    expect(linkOf(cut, 'north+')).toMatchObject({ state: 'closed', after: null });
    const later = await resultOf(undefined, { obstructionsAt: '2026-07-04T08:00:00+02:00' });
    expect(later.links.filter(({ state }) => state !== 'open')).toEqual([]);
  });

  it('does not change where nothing is edited: not one difference is told as real', async () => {
    const none = await resultOf([]);
    expect(none.links.filter(({ difference }) => difference?.isBeyondNoise)).toEqual([]);
  });
});
