import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SITE_MEASURES, siteQuerySchema } from '../../core/wire/sites.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { editableCity } from '../../test/support/editable-city.ts';
import { fill } from '../../test/support/filled-database.ts';
import { sampleParcelId } from '../../test/support/sample-city.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import type { SiteFinder } from '../services/sites.ts';
import { layersOf } from './layers.ts';
import type { Pool } from './pool.ts';
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
    const ours = await finder.find(
      siteQuerySchema.parse({ exclude: ['not-municipal'] }),
      PUBLIC_VIEW,
      signal,
    );
    const held = CITY.filter(({ properties }) => properties['public_holder'] === 'municipality');
    expect(ours.matched).toBe(held.length);
    const { measures } = await finder.measures(PUBLIC_VIEW, signal);
    expect(measures.map(({ name }) => name)).toEqual([...SITE_MEASURES]);
    expect(measures.find(({ name }) => name === 'stopM')).toMatchObject({ known: 0, min: null, max: null });
  });
});

describe('sites of a city that changes', () => {
  let database: TestDatabase;
  afterAll(() => database.drop());

  it('are those that a finder without memory finds, and only what has changed is measured anew', async () => {
    database = await testDatabase();
    await fill(database.pool, CITY);
    const asked: string[] = [];
    const heard: Pool = {
      ...database.pool,
      connect: async (wanted) => {
        const connection = await database.pool.connect(wanted);
        const run: typeof connection.run = (statement, until) => {
          asked.push(statement.parts.join('?'));
          return connection.run(statement, until);
        };
        return { ...connection, run };
      },
    };
    const layers = layersOf(database.pool);
    const remembering = storeSites(heard, layers);
    await remembering.find(all, PUBLIC_VIEW, signal);
    for (const [layer, change, measured, kept] of [
      ['facilities', sql`update city.facility set kind = 'primary_school'`, 'facility', 'road'],
      ['buildings', sql`update city.building set geom = ST_Translate(geom, 3, 3)`, 'building', 'facility'],
      [
        'parcels',
        sql`update city.parcel set land_use = 'dr' where id = ${sampleParcelId(0)}::text`,
        'parcel',
        'road',
      ],
      [
        'parcels',
        sql`update city.parcel set geom = ST_Translate(geom, 9, 9) where id = ${sampleParcelId(3)}::text`,
        'road',
        'tree',
      ],
    ] as const) {
      await database.pool.read(change);
      await laterVersion(database, layer);
      asked.length = 0;
      const found = await remembering.find(all, PUBLIC_VIEW, signal);
      const anew = await storeSites(database.pool, layers).find(all, PUBLIC_VIEW, signal);
      expect(found).toEqual(anew);
      const read = (table: string) => asked.filter((text) => text.includes(`"city"."${table}"`)).length;
      expect([read(measured) > 0, read(kept)]).toEqual([true, 0]);
    }
  });
});

/** As a load leaves it. */
const laterVersion = (database: TestDatabase, layer: string) =>
  database.pool.read(
    sql`with made as (
        insert into twin.dataset_version (dataset, recorded_at, file_name, format, source, synthetic)
        values ('city', now(), 'test', 'test', 'test', true) returning version
      ) update twin.layer_status set version = made.version from made where layer = ${layer}::text`,
  );
