/** Trips and counts that the city keeps: each run sees those that its base knew. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import { detectorCounts } from './detector-counts.ts';
import { sql } from './sql.ts';
import type { StudiedCity } from './studied-city.ts';
import {
  boxOfRoads,
  knownRoads,
  saveCounts,
  saveDemand,
  storedCounts,
  storedDemand,
} from './traffic-book.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const HEADER = { fileName: 'survey.csv', source: 'Survey of 2025', synthetic: false };
const ZONES = [
  { id: 'A', name: 'Rynek', isGate: false, at: [E + 10, N + 20] as const },
  { id: 'B', name: null, isGate: true, at: [E + 900, N + 20] as const },
];
const MATRIX = { hour: 7, purpose: 'work' as const, origins: [0], destinations: [1], vehPerH: [120.5] };
const street: Feature = {
  layer: 'roads',
  id: 'R1',
  geometry: {
    type: 'LineString',
    coordinates: [
      [E, N],
      [E + 400, N],
    ],
  },
  properties: { class: 'main', lanes: 2, speed_kmh: 50, oneway: false, from_node: 'a', to_node: 'b' },
};

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, [street]);
});
afterAll(() => database.drop());

const pointAt = (e: number, n: number): string =>
  JSON.stringify({ type: 'Point', coordinates: transformBetween(2177, 4326)([e, n]) });

const cityAt = (at?: Date): Pick<StudiedCity, 'read' | 'base'> => ({
  read: (statement) => database.pool.read(statement),
  base: { who: { who: '', roles: [] }, ...(at && { at }) },
});

it('keeps trips by hour and purpose, and shows an earlier base those of then', async () => {
  const { pool } = database;
  await saveDemand(pool, HEADER, ZONES, [MATRIX]);
  const [then] = await pool.read<{ at: string }>(
    sql`select max(recorded_at) as at from twin.dataset_version`,
  );
  const { hour: _, ...matrix } = MATRIX;
  const kept = { source: 'Survey of 2025', zones: ZONES, matrices: [matrix] };
  expect(await storedDemand(cityAt(), 7)).toEqual(kept);
  expect(await storedDemand(cityAt(), 8)).toBeUndefined();
  expect(await storedDemand(cityAt(new Date(0)), 7)).toBeUndefined();
  await saveDemand(pool, HEADER, [], []);
  expect(await storedDemand(cityAt(), 7)).toBeUndefined();
  expect(await storedDemand(cityAt(new Date(then?.at ?? 0)), 7)).toEqual(kept);
});

it('keeps counts, and knows which streets there are', async () => {
  const { pool } = database;
  await saveCounts(pool, HEADER, [
    { link: 'R1+', hour: 7, vehPerH: 400, detector: 'D1', days: 20 },
    { link: 'R1', hour: 16, vehPerH: 900 },
  ]);
  expect(await storedCounts(cityAt(), 7)).toEqual([{ link: 'R1+', vehPerH: 400, detector: 'D1' }]);
  expect(await storedCounts(cityAt(), 16)).toEqual([{ link: 'R1', vehPerH: 900 }]);
  expect([...(await knownRoads(pool))]).toEqual(['R1']);
  expect(await boxOfRoads(pool)).toEqual([E, N, E + 400, N]);
});

it('takes means of working days from detectors on a street, and names one that stands on none', async () => {
  const { pool } = database;
  await pool.read(sql`with thing as (
      insert into live.thing (external_id, name, description)
      values ('near', 'Beside', ''), ('far', 'Astray', '') returning id, external_id
    ), place as (
      insert into live.location (name, description, encoding_type, location)
      select external_id, '', 'application/geo+json', case external_id
          when 'near' then ${pointAt(E + 100, N + 12)}::jsonb else ${pointAt(E + 100, N + 5000)}::jsonb end
        from thing returning id, name
    ), at as (
      insert into live.thing_location (thing_id, location_id)
      select thing.id, place.id from thing join place on place.name = external_id
    ), sensor as (
      insert into live.sensor (name, description, encoding_type, metadata) values ('loop', '', '', '""') returning id
    ), property as (
      insert into live.observed_property (name, description, definition)
      values ('Natężenie ruchu', '', 'd') returning id
    ), stream as (
      insert into live.datastream (thing_id, sensor_id, observed_property_id, name, description, observation_type)
      select thing.id, sensor.id, property.id, 'flow', '', '' from thing, sensor, property returning id
    )
    insert into live.observation_hour (datastream_id, begins, count, sum, odd)
    select id, begins::timestamptz, count, sum, 0 from stream, (values
      -- Monday and Tuesday at seven in Poland, and a Sunday.
      ('2026-06-01T05:00:00Z', 12, 4800.0), ('2026-06-02T05:00:00Z', 12, 6000.0), ('2026-06-07T05:00:00Z', 12, 120.0)
    ) as hour (begins, count, sum)`);
  expect(await detectorCounts(pool, new Date('2026-05-01'))).toEqual({
    counts: [{ link: 'R1', hour: 7, vehPerH: 450, detector: 'Beside', days: 2 }],
    astray: ['Astray'],
  });
});
