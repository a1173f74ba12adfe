import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SITE_MEASURES, siteQuerySchema } from '../../core/wire/sites.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { editableCity } from '../../test/support/editable-city.ts';
import { fill } from '../../test/support/filled-database.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import type { SiteFinder } from '../services/sites.ts';
import { layersOf } from './layers.ts';
import { storeSites } from './sites.ts';
import { sql } from './sql.ts';

const CITY = editableCity(60);
const signal = new AbortController().signal;
const all = siteQuerySchema.parse({ limit: 1000 });

describe('sites of a city', () => {
  let database: TestDatabase;
  let finder: SiteFinder;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, CITY);
    finder = storeSites(database.pool, layersOf(database.pool));
  });
  afterAll(() => database.drop());

  it('are measured as PostGIS measures them', async () => {
    const { sites } = await finder.find(all, PUBLIC_VIEW, signal);
    expect(sites).toHaveLength(60);
    const networkM = (
      network: string,
    ) => sql`(select min(ST_Distance(line.geom, parcel.geom)) from city.utility_line as line
      where line.valid_to is null and line.network = ${network}::text)`;
    const rows = await database.pool.read<{
      id: string;
      area: number;
      water: number;
      gas: number;
      road: number;
      school: number;
      green: number;
      built: number;
    }>(sql`select id, ST_Area(geom) as area, ${networkM('water')} as water, ${networkM('gas')} as gas,
        (select min(ST_Distance(road.geom, parcel.geom)) from city.road where valid_to is null) as road,
        (select min(ST_Distance(facility.geom, parcel.geom)) from city.facility
          where valid_to is null and kind = 'primary_school') as school,
        (select min(ST_Distance(area.geom, parcel.geom)) from city.green_area as area where valid_to is null) as green,
        coalesce((select 100 * sum(ST_Area(building.geom)) / ST_Area(parcel.geom) from city.building
          where valid_to is null and ST_Intersects(ST_PointOnSurface(building.geom), parcel.geom)), 0) as built
      from city.parcel where valid_to is null order by id`);
    const found = new Map(sites.map((site) => [site.id, site.measures]));
    for (const row of rows) {
      const { areaM2, waterM, gasM, roadM, schoolM, greenM, builtPct } = found.get(row.id) ?? {};
      const measured = [areaM2, waterM, gasM, roadM, schoolM, greenM, builtPct];
      const wanted = [row.area, row.water, row.gas, row.road, row.school, row.green, row.built];
      measured.forEach((value, i) => {
        expect([row.id, i, Math.abs((value ?? Number.NaN) - (wanted[i] ?? Number.NaN)) < 0.01]).toEqual([
          row.id,
          i,
          true,
        ]);
      });
    }
  });

  it('know the plan at their inner point, and what was never loaded', async () => {
    const found = await finder.find(siteQuerySchema.parse({ zones: ['MN'] }), PUBLIC_VIEW, signal);
    expect(found.matched).toBe(0);
    expect(found.basis.missing).toEqual([
      'stops',
      'flood_zones',
      'heritage_sites',
      'nature_areas',
      'noise_zones',
    ]);
    const clear = await finder.find(siteQuerySchema.parse({ exclude: ['flood'] }), PUBLIC_VIEW, signal);
    expect([clear.matched, clear.unknown]).toEqual([0, 60]);
    const { measures } = await finder.measures(PUBLIC_VIEW, signal);
    expect(measures.map(({ name }) => name)).toEqual([...SITE_MEASURES]);
    expect(measures.find(({ name }) => name === 'stopM')).toMatchObject({ known: 0, min: null, max: null });
  });
});
