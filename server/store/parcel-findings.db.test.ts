/** Kept findings: whatever is brought up to date bit by bit is what a check of everything finds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import type { Ring } from '../../core/geo/geometry.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../../test/support/sample-city.ts';
import { declareCoverage } from './layer-coverage.ts';
import { layersOf } from './layers.ts';
import { type FindingsReport, refreshFindings } from './parcel-findings.ts';
import { sql } from './sql.ts';

const DAY = '2026-11-20';
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const box = (e: number, n: number, width: number, depth = width): Ring => [
  [E + e, N + n],
  [E + e + width, N + n],
  [E + e + width, N + n + depth],
  [E + e, N + n + depth],
  [E + e, N + n],
];
const area = (layer: string, id: string, ring: Ring, properties: Feature['properties']): Feature => ({
  ...{ layer, id, properties },
  geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
});
const zone = (id: string, ring: Ring, until: string): Feature =>
  area('plan_zones', id, ring, {
    ...{ plan_kind: 'local', symbol: 'MN', zone_kind: 'MN', status: 'legalForce' },
    ...{ in_force_since: '2010-01-01', in_force_until: until },
  });
const far = (id: string): Feature =>
  area('parcels', id, box(3_000, 3_000, 20), {
    parcel_number: id.split('.').at(-1) ?? '',
    precinct_id: '306401_1.0021',
    land_use: 'B',
  });
const FAR = '306401_1.0021.AR_11.1';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, [
    ...sampleFeatures(60),
    far(FAR),
    zone('ends', box(0, 0, 40, 20), '2026-11-24'),
    zone('stays', box(100, 0, 40, 20), '2040-01-01'),
    area('flood_zones', 'f1', box(-500, -500, 510, 900), { probability: 'p1', max_depth_m: 1.5 }),
  ]);
  const layers = (await layersOf(database.pool)()).map(({ name }) => name);
  await declareCoverage(database.pool, layers, {
    type: 'MultiPolygon',
    coordinates: [[box(-9e3, -9e3, 2e4)]],
  });
});
afterAll(() => database.drop());

const refresh = (lawDate = DAY, signal = new AbortController().signal): Promise<FindingsReport> =>
  refreshFindings({ pool: database.pool, layers: layersOf(database.pool), lawDate, signal });

const kept = () =>
  database.pool.read(sql`select *, steady::text as steady from twin.parcel_finding order by parcel_id`);

/** What is kept is what a first check of everything keeps. */
async function expectWhole(lawDate = DAY): Promise<void> {
  const bitByBit = await kept();
  await database.pool.read(sql`delete from twin.parcel_finding`);
  await refresh(lawDate);
  expect(bitByBit).toEqual(await kept());
}

describe('kept findings', () => {
  it('are of every parcel once, and nothing is checked again without need', async () => {
    expect(await refresh()).toEqual({ parcels: 61, checked: 61, lawDate: DAY });
    expect(await refresh()).toMatchObject({ parcels: 61, checked: 0 });
    const [first] = await kept();
    expect(first).toMatchObject({ applies: expect.arrayContaining(['flood-special-hazard']) });
  });

  it('are refreshed around what a load has changed', async () => {
    await fill(database.pool, [
      {
        layer: 'utility_lines',
        id: 'gas',
        geometry: {
          type: 'LineString',
          coordinates: [
            [E + 3_000, N + 3_010],
            [E + 3_020, N + 3_010],
          ],
        },
        properties: {
          network: 'gas',
          line_type: 'gas_raised_medium',
          built_year: 2020,
          position_source: 'O',
        },
      },
    ]);
    // The first lines of all: every parcel now knows something of lines.
    expect(await refresh()).toMatchObject({ checked: 61 });
    await fill(database.pool, [area('flood_zones', 'f2', box(2_990, 2_990, 15), { probability: 'p10' })]);
    expect(await refresh()).toMatchObject({ checked: 1 });
    const rows = await database.pool.read<{ applies: readonly string[] }>(
      sql`select applies from twin.parcel_finding where parcel_id = ${FAR}::text`,
    );
    expect(rows[0]?.applies).toEqual(expect.arrayContaining(['flood-special-hazard', 'gas-control-zone']));
    await expectWhole();
  });

  it('follow an object that moves away, and a parcel that is gone', async () => {
    await fill(database.pool, [area('flood_zones', 'f2', box(5_000, 5_000, 15), { probability: 'p10' })]);
    expect(await refresh()).toMatchObject({ checked: 1 });
    await expectWhole();
    await database.pool.read(
      sql`update city.parcel set valid_to = now() where id = ${sampleParcelId(59)}::text`,
    );
    expect(await refresh()).toMatchObject({ parcels: 60 });
    await expectWhole();
  });

  it('follow the day of the law: only parcels whose plan ends between two days', async () => {
    expect((await refresh('2026-11-24')).checked).toBeLessThan(10);
    const { checked } = await refresh('2026-11-25');
    expect(checked).toBeGreaterThan(0);
    expect(checked).toBeLessThan(10);
    await expectWhole('2026-11-25');
    // Acts have changed since: all of it.
    expect(await refresh('2024-07-31')).toMatchObject({ checked: 60 });
    await expectWhole('2024-07-31');
    await refresh();
    await expectWhole();
  });

  it('follow the area that a layer speaks of', async () => {
    const west = { type: 'MultiPolygon', coordinates: [[box(-9_000, -9_000, 11_000)]] } as const;
    await declareCoverage(database.pool, ['heritage_sites', 'flood_zones'], west);
    expect(await refresh()).toMatchObject({ checked: 1 });
    await expectWhole();
  });

  it('go on where a refresh was broken off', async () => {
    await database.pool.read(sql`delete from twin.parcel_finding`);
    const leaving = new AbortController();
    const broken = refreshFindings({
      pool: database.pool,
      layers: layersOf(database.pool),
      lawDate: DAY,
      signal: leaving.signal,
      onProgress: () => leaving.abort(new Error('enough')),
    });
    await broken.catch(() => {});
    await refresh();
    const due = await database.pool.read(sql`select from twin.parcel_due`);
    expect(due).toHaveLength(0);
    await expectWhole();
  });
});
