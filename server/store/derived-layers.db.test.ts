import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DISCLOSURE_THRESHOLD } from '../../core/catalogue/society.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { sampleFeatures, sampleParcelId } from '../../test/support/sample-city.ts';
import { beginLoad } from './load.ts';
import { sql } from './sql.ts';

const [SAMPLE] = sampleFeatures(1);

const parcel = (land_use: string | null, more: object = {}): Feature => {
  if (!SAMPLE) throw new Error('no sample');
  return { ...SAMPLE, properties: { ...SAMPLE.properties, land_use, ...more } };
};

describe('land uses of parcels', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  const uses = () =>
    database.pool.read(sql`select ordinal, designation, land_use, soil_use, soil_class, area_ha
      from city.parcel_land_use where valid_to is null and parcel_id = ${sampleParcelId(0)}::text order by ordinal`);
  const row = (ordinal: number, ...values: readonly unknown[]) => {
    const [designation, land_use, soil_use = null, soil_class = null, area_ha = null] = values;
    return { ordinal, designation, land_use, soil_use, soil_class, area_ha };
  };

  it.each([
    ['B', [row(1, 'B', 'B', null, null, 0.04)]],
    [
      'RVI 0.242 ha; B-RIVa 0.05 ha',
      [row(1, 'RVI', 'R', 'R', 'VI', 0.242), row(2, 'B-RIVa', 'B', 'R', 'IVa', 0.05)],
    ],
    [
      'ŁIIIb 0.1 ha; PsVIz 0.2 ha; Ti 0.3 ha',
      [
        row(1, 'ŁIIIb', 'Ł', 'Ł', 'IIIb', 0.1),
        row(2, 'PsVIz', 'Ps', 'Ps', 'VIz', 0.2),
        row(3, 'Ti', 'Ti', null, null, 0.3),
      ],
    ],
    ['E-Ws 0.01 ha, dr', [row(1, 'E-Ws', 'E-Ws', null, null, 0.01), row(2, 'dr', 'dr')]],
    [null, []],
  ])('are those that the register writes: %s', async (text, expected) => {
    await fill(database.pool, [parcel(text)]);
    expect(await uses()).toEqual(expected);
  });

  it('stay when another property changes, make history when they change, and cannot be loaded', async () => {
    const versions = async () =>
      (
        await database.pool.read<{ count: number }>(
          sql`select count(*) as count from city.parcel_land_use where parcel_id = ${sampleParcelId(0)}::text and designation in ('S', 'N')`,
        )
      )[0]?.count;
    await fill(database.pool, [parcel('S 0.03 ha; N 0.01 ha')]);
    expect(await versions()).toBe(2);
    await fill(database.pool, [parcel('S 0.03 ha; N 0.01 ha', { map_sheet: 'AR_11' })]);
    expect(await versions()).toBe(2);
    await fill(database.pool, [parcel('S 0.02 ha; N 0.01 ha', { map_sheet: 'AR_11' })]);
    expect(await versions()).toBe(3);
    const load = await beginLoad(database.pool, {
      dataset: 'city',
      srid: 2177,
      fileName: 'x',
      format: 'test',
      source: 'test',
      synthetic: true,
      dryRun: false,
      allowOutside: false,
    });
    const use: Feature = { layer: 'parcel_land_uses', id: 'x', geometry: undefined, properties: {} };
    await expect(load.write(use, 2177, false)).rejects.toMatchObject({ kind: 'not-supported' });
  });
});

describe('the population by cells', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase();
    return () => database.drop();
  });

  const home = (
    n: number,
    offsetM: number,
    residents: number,
    bands: Record<string, number> = {},
  ): Feature => ({
    layer: 'building_residents',
    id: `306401_1.0021.${n}.1_BUD`,
    geometry: { type: 'Point', coordinates: [6_427_010 + offsetM, 5_808_010] },
    properties: { building_id: `306401_1.0021.${n}.1_BUD`, residents, ...bands },
  });
  const none = { age_0_2: 0, age_3_6: 0, age_7_14: 0, age_15_18: 0, age_19_64: 0, age_65_plus: 0 };
  const cells = () =>
    database.pool.read(sql`select id, residents, age_0_2, age_19_64, density, ST_Area(geom) as area
      from city.population_cell where valid_to is null order by id`);

  it('leaves out cells of fewer people than the threshold', async () => {
    await fill(database.pool, [home(1, 0, 6), home(2, 5, DISCLOSURE_THRESHOLD - 7), home(3, 500, 12)]);
    expect(await cells()).toEqual([
      {
        id: 'RES250mN5808000E6427500',
        residents: 12,
        age_0_2: null,
        age_19_64: null,
        density: 'd1',
        area: 62_500,
      },
    ]);
    await fill(database.pool, [home(2, 5, DISCLOSURE_THRESHOLD - 6)]);
    expect(await cells()).toHaveLength(2);
    await fill(database.pool, [home(2, 5, 0)]);
    expect(await cells()).toHaveLength(1);
  });

  it('leaves out all bands where one would tell of few, since the rest would tell it', async () => {
    await fill(database.pool, [
      home(1, 0, 30, { ...none, age_0_2: 9, age_19_64: 21 }),
      home(2, 500, 31, { ...none, age_0_2: 10, age_19_64: 21 }),
    ]);
    expect(await cells()).toMatchObject([
      { residents: 30, age_0_2: null, age_19_64: null },
      { residents: 31, age_0_2: 10, age_19_64: 21 },
    ]);
  });
});
