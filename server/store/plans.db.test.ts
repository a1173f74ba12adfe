/** The statements of every day must find their rows by an index, not by reading the table. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeatureQuery } from '../../core/feature/query.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import {
  SAMPLE_LAYERS,
  SAMPLE_ORIGIN,
  sampleFeatures,
  sampleParcelId,
} from '../../test/support/sample-city.ts';
import { currentRelation, relationAsOf } from './relation.ts';
import { countSql, rowsSql } from './rows-sql.ts';
import { type Sql, sql } from './sql.ts';
import { tileVersionSql } from './tile-version.ts';

const PARCELS = 6_000;
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const BOX = { minX: E, minY: N, maxX: E + 100, maxY: N + 100, srid: 2177 };

describe('plans', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    const features = sampleFeatures(PARCELS).filter(({ layer }) => layer === 'parcels');
    await fill(database.pool, features);
    const [now] = await database.pool.read<{ now: string }>(sql`select clock_timestamp() as now`);
    moment = new Date(now?.now ?? '');
    // Every tenth parcel has a past, so that there is something to look up in history too.
    await fill(
      database.pool,
      features
        .filter((_, index) => index % 10 === 0)
        .map((feature) => ({ ...feature, properties: { ...feature.properties, land_use: 'Bi' } })),
    );
    await database.pool.read(sql`analyze city.parcel`);
  });
  afterAll(() => database.drop());

  const [layer] = SAMPLE_LAYERS;
  if (!layer) throw new Error('no sample layer');
  const current = currentRelation(layer);
  let moment = new Date();
  const past = () => relationAsOf(layer, moment);
  const query = (more: Partial<FeatureQuery>): FeatureQuery => ({ layer: 'parcels', ...more });
  const planOf = async (statement: Sql): Promise<string> =>
    (await database.pool.read<{ 'QUERY PLAN': string }>(sql`explain ${statement}`))
      .map((row) => row['QUERY PLAN'])
      .join('\n');

  it.each<[string, () => Sql, readonly string[]]>([
    [
      'one object',
      () => rowsSql(current, query({ filter: { op: 'ids', ids: [sampleParcelId(7)] }, limit: 1 })),
      ['parcel_current_id'],
    ],
    ['a box', () => rowsSql(current, query({ bbox: BOX })), ['parcel_current_geom']],
    [
      'a box in another CRS',
      () =>
        rowsSql(
          current,
          query({ bbox: { minX: 16.93, minY: 52.4, maxX: 16.931, maxY: 52.401, srid: 4326 }, srid: 4326 }),
        ),
      ['parcel_current_geom'],
    ],
    ['the count of a box', () => countSql(current, query({ bbox: BOX })), ['parcel_current_geom']],
    ['the first page', () => rowsSql(current, query({ limit: 10 })), ['parcel_current_id']],
    [
      'a page by key',
      () => rowsSql(current, query({ limit: 10, after: sampleParcelId(3000) })),
      ['parcel_current_id'],
    ],
    [
      'objects near a point',
      () =>
        rowsSql(
          current,
          query({
            filter: {
              op: 'distance',
              within: true,
              srid: 2177,
              distanceM: 10,
              geometry: { type: 'Point', coordinates: [E, N] },
            },
          }),
        ),
      ['parcel_current_geom'],
    ],
    [
      'a box in the past',
      () => rowsSql(past(), query({ bbox: BOX })),
      ['parcel_current_geom', 'parcel_ended_geom'],
    ],
    [
      'a page of the past',
      () => rowsSql(past(), query({ limit: 10, after: sampleParcelId(3000) })),
      ['parcel_current_id', 'parcel_ended_id'],
    ],
    ['the version of a tile', () => tileVersionSql(layer, BOX, {}), ['tile_cell_pkey']],
    [
      'the version of a tile in the past',
      () => tileVersionSql(layer, BOX, { at: new Date() }),
      ['tile_cell_pkey', 'dataset_version_pkey'],
    ],
  ])('find %s by an index', async (_, statement, indexes) => {
    const plan = await planOf(statement());
    for (const index of indexes) expect(plan).toContain(index);
    expect(plan).not.toMatch(/Seq Scan/);
  });

  it('do not sort for the default order', async () => {
    for (const relation of [current, past()]) {
      expect(await planOf(rowsSql(relation, query({ limit: 10 })))).not.toMatch(/Sort {2}\(/);
    }
  });
});
