/** Vehicles and departures against a small timetable whose right answers are worked out by hand. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { utcText } from '../../core/filter/typed-literal.ts';
import type { RealtimeFeed, TripReport, VehicleReport } from '../../core/transit/realtime.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { beginTimetable, type TimetableStage } from './load-timetable.ts';
import { sql } from './sql.ts';
import { storeTransit } from './transit.ts';
import { recordFeed, recordSource } from './vehicles.ts';

let database: TestDatabase;
const NOW = new Date();
/** A service day that has lasted for some hours, and the seconds of now on it. */
const DAY = new Date(NOW.getTime() - 6 * 3_600_000).toISOString().slice(0, 10);
const NOW_S = Math.floor((NOW.getTime() - Date.parse(`${DAY}T00:00:00Z`)) / 1000);
const at = (secondsAgo: number) => new Date(NOW.getTime() - secondsAgo * 1000);

beforeAll(async () => {
  database = await testDatabase();
  await database.pool.read(sql`update twin.dataset set area =
    ST_Transform(ST_MakeEnvelope(16.9, 52.38, 17, 52.45, 4326), 2177) where name = 'city'`);
  const load = await beginTimetable(database.pool);
  const rows: readonly (readonly [TimetableStage, ...(string | number | boolean | null)[]])[] = [
    ['stop', 'A', 'Rynek', null, 16.93, 52.4],
    ['stop', 'B', 'Most', '1', 16.94, 52.41],
    ['stop', 'C', 'Dworzec', null, 16.95, 52.42],
    ['route', 'r5', '5', null, 'tram', null],
    ['trip', 't1', 'r5', 'all', 'Dworzec', 0, null],
    ['trip', 't2', 'r5', 'never', 'Dworzec', 0, null],
    ['service_week', 'all', '{t,t,t,t,t,t,t}', '2020-01-01', '2099-12-31'],
    ['service_week', 'never', '{t,t,t,t,t,t,t}', '2019-01-01', '2019-12-31'],
    ...['t1', 't2'].flatMap((trip) => [
      ['stop_time', trip, 1, 'A', NOW_S - 300, NOW_S - 300] as const,
      ['stop_time', trip, 2, 'B', NOW_S + 300, NOW_S + 320] as const,
      ['stop_time', trip, 3, 'C', NOW_S + 900, NOW_S + 900] as const,
    ]),
  ];
  for (const [stage, ...cells] of rows) await load.write(stage, 1, cells);
  expect(await load.check()).toEqual([]);
  await load.commit({ source: 's', operator: 'o', timeZone: 'UTC', synthetic: false, contentHash: 'h' });
});
afterAll(() => database.drop());
afterEach(() =>
  database.pool.read(sql`truncate transit.vehicle, transit.trip_delay, transit.alert, transit.source`),
);

const vehicle = (more: Partial<VehicleReport> = {}): VehicleReport => ({
  vehicleId: '17',
  tripId: 't1',
  routeId: null,
  serviceDay: null,
  lonLat: [16.935, 52.405],
  bearingDeg: 45,
  speedKmH: 20,
  at: at(5),
  ...more,
});
const late = (delayS: number | null, more: Partial<TripReport> = {}): TripReport => ({
  tripId: 't1',
  serviceDay: null,
  cancelled: false,
  at: at(5),
  stops: [{ sequence: 2, stopId: null, delayS, time: null }],
  ...more,
});
const record = (feed: Partial<RealtimeFeed>) =>
  recordFeed(database.pool, 'mpk', { at: NOW, vehicles: [], trips: [], alerts: [], problems: [], ...feed });
const transit = () => storeTransit(database.pool);
const inS = (seconds: number) => utcText(new Date(Date.parse(`${DAY}T00:00:00Z`) + (NOW_S + seconds) * 1000));

describe('a vehicle', () => {
  it('is told with its line, its delay and the stops before it', async () => {
    await record({ vehicles: [vehicle()], trips: [late(90)] });
    const { vehicles } = await transit().vehicles();
    expect(vehicles).toEqual([
      {
        id: 'mpk:17',
        line: '5',
        kind: 'tram',
        headsign: 'Dworzec',
        lonLat: [16.935, 52.405],
        bearingDeg: 45,
        speedKmH: 20,
        at: at(5).toISOString(),
        delayS: 90,
        status: 'live',
        doubt: null,
      },
    ]);
    expect((await transit().vehicle('mpk:17')).nextStops).toEqual([
      { stopId: 'B', name: 'Most', plannedAt: inS(300), expectedAt: inS(390) },
      { stopId: 'C', name: 'Dworzec', plannedAt: inS(900), expectedAt: inS(990) },
    ]);
    await expect(transit().vehicle('mpk:18')).rejects.toThrow('No vehicle');
  });

  it('keeps a short trail, and does not go back to an older report', async () => {
    for (let n = 25; n > 0; n--)
      await record({ vehicles: [vehicle({ at: at(10 * n), lonLat: [16.935, 52.405 - n / 10_000] })] });
    await record({ vehicles: [vehicle({ at: at(120), lonLat: [16.9, 52.4] })] });
    const { vehicle: seen, trail } = await transit().vehicle('mpk:17');
    expect(seen.lonLat).toEqual([16.935, 52.4049]);
    expect(trail).toHaveLength(20);
    expect(trail[0]).toEqual({ lonLat: [16.935, 52.405 - 20 / 10_000], at: at(200).toISOString() });
  });

  it.each([
    ['future', { at: at(-3600) }],
    ['old', { at: at(3600) }],
    ['outside', { lonLat: [-51.2, -30] as const }],
  ])('whose report cannot be believed (%s) is told as suspect', async (doubt, more) => {
    expect(await record({ vehicles: [vehicle(more)] })).toEqual({ vehicles: 1, doubts: { [doubt]: 1 } });
    expect((await transit().vehicles()).vehicles).toMatchObject([{ status: 'suspect', doubt }]);
    // The next sound report mends it.
    await record({ vehicles: [vehicle({ at: at(1) })] });
    const [mended] = (await transit().vehicles()).vehicles;
    expect(mended?.doubt).toBe(doubt === 'outside' ? 'jump' : null);
  });

  it('that jumps is suspect once, and believed where it then stays', async () => {
    await record({ vehicles: [vehicle({ at: at(30) })] });
    await record({ vehicles: [vehicle({ at: at(20), lonLat: [16.98, 52.405] })] });
    expect((await transit().vehicles()).vehicles).toMatchObject([{ doubt: 'jump' }]);
    await record({ vehicles: [vehicle({ at: at(10), lonLat: [16.9801, 52.405] })] });
    expect((await transit().vehicles()).vehicles).toMatchObject([{ doubt: null, status: 'live' }]);
  });

  it('grows stale and is gone after some minutes', async () => {
    await record({
      vehicles: [vehicle({ vehicleId: 'a', at: at(90) }), vehicle({ vehicleId: 'b', at: at(400) })],
    });
    expect((await transit().vehicles()).vehicles.map(({ id, status }) => [id, status])).toEqual([
      ['mpk:a', 'stale'],
    ]);
  });
});

describe('departures of a stop', () => {
  it('are those of trips that run today, as planned and as foretold, and say which', async () => {
    const { departures } = await transit().departures('B', NOW, 10);
    expect(departures).toMatchObject([
      { tripId: 't1', plannedAt: inS(320), expectedAt: null, vehicle: null },
    ]);
    await record({ vehicles: [vehicle()], trips: [late(-60)] });
    const foretold = await transit().departures('B', NOW, 10);
    expect(foretold.departures).toMatchObject([{ expectedAt: inS(260), vehicle: 'mpk:17', line: '5' }]);
    // Nobody leaves from where a trip ends.
    expect((await transit().departures('C', NOW, 10)).departures).toEqual([]);
    await expect(transit().departures('Z', NOW, 10)).rejects.toThrow('no stop "Z"');
  });

  it('take moments foretold for delays, cancellations, and leave out what cannot be', async () => {
    const time = new Date(Date.parse(inS(320)) + 75_000);
    await record({ trips: [late(null, { stops: [{ sequence: null, stopId: 'B', delayS: null, time }] })] });
    expect((await transit().departures('B', NOW, 10)).departures).toMatchObject([{ expectedAt: inS(395) }]);
    await record({ trips: [late(0, { cancelled: true, stops: [] })] });
    expect((await transit().departures('B', NOW, 10)).departures).toMatchObject([{ cancelled: true }]);
    await database.pool.read(sql`truncate transit.trip_delay`);
    await record({ trips: [late(86_400), late(60, { at: at(3600) }), late(60, { tripId: 'unknown' })] });
    expect((await transit().departures('B', NOW, 10)).departures).toMatchObject([{ expectedAt: null }]);
  });

  it('come at the right moment when clocks change and after midnight', async () => {
    const rows =
      await database.pool.read(sql`select transit.moment_of('2026-03-29', 28800, 'Europe/Warsaw') as spring,
      transit.moment_of('2026-10-25', 28800, 'Europe/Warsaw') as autumn,
      transit.moment_of('2026-06-01', 90000, 'Europe/Warsaw') as night`);
    expect(rows).toEqual([
      { spring: '2026-03-29T06:00:00Z', autumn: '2026-10-25T07:00:00Z', night: '2026-06-01T23:00:00Z' },
    ]);
  });
});

it('tells messages while they are in force, and how the feeds do', async () => {
  const alert = {
    header: { pl: 'Objazd', en: 'Detour' },
    description: { pl: '', en: '' },
    effect: 'DETOUR',
    routes: ['r5'],
    stops: [],
  };
  await record({
    alerts: [
      { ...alert, id: 'now', periods: [{ from: at(60).toISOString(), to: null }] },
      { ...alert, id: 'over', periods: [{ from: null, to: at(60).toISOString() }] },
      { ...alert, id: 'always', periods: [] },
    ],
  });
  const source = { address: 'http://x', provider: 'mpk' };
  await recordSource(database.pool, { ...source, problem: undefined });
  await recordSource(database.pool, { ...source, problem: 'answered with status 503' });
  const { alerts, sources } = await transit().vehicles();
  expect(alerts.map(({ id }) => id)).toEqual(['mpk:always', 'mpk:now']);
  expect(alerts[0]).toMatchObject({ header: { en: 'Detour' }, routes: ['r5'] });
  expect(sources).toEqual([
    { provider: 'mpk', okAt: expect.any(String), problem: 'answered with status 503' },
  ]);
});
