/** What the dataset register can count of completeness: values that must be there, and the version before. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BUILDINGS } from '../../core/catalogue/buildings.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { sampleFeatures } from '../../test/support/sample-city.ts';
import { ANONYMOUS } from '../access/identity.ts';
import { storeCatalogue } from './catalogue.ts';
import { layersOf } from './layers.ts';
import { beginLoad } from './load.ts';
import { storeMetadata } from './metadata-records.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function load(features: readonly Feature[]): Promise<void> {
  const loading = await beginLoad(database.pool, {
    ...{ dataset: 'city', srid: 2177, fileName: 'city', format: 'test', source: 'test' },
    ...{ synthetic: true, dryRun: false, allowOutside: true },
  });
  for (const feature of features) await loading.write(feature, 2177, false);
  await loading.finish();
}

it('counts values that must be there anew with each version, and nothing where nothing says so', async () => {
  const catalogue = storeCatalogue(database.pool, layersOf(database.pool));
  const metadata = storeMetadata(database.pool, catalogue);
  const qualityOf = async (layer: string, at?: Date) => {
    const records = await metadata.records(
      { who: ANONYMOUS, ...(at && { at }) },
      new AbortController().signal,
    );
    return records.find(({ record }) => record.id === `blizniak:${layer}`)?.record.quality;
  };
  expect(await qualityOf('buildings')).toEqual({});
  const whole = { kind: 'm', storeys_above: 2, storeys_below: 0, built_area_m2: 80, parcel_ids: 'A' };
  const buildings = sampleFeatures(30)
    .filter(({ layer }) => layer === 'buildings')
    .map((each): Feature => ({ ...each, properties: { ...each.properties, ...whole } }));
  expect(BUILDINGS.required).toHaveLength(5);
  expect(buildings).toHaveLength(10);
  const none = { kind: 0, storeys_above: 0, storeys_below: 0, built_area_m2: 0, parcel_ids: 0 };

  const [first, second, ...others] = buildings as readonly Feature[] as readonly [
    Feature,
    Feature,
    ...Feature[],
  ];
  await load([first, ...others]);
  expect(await qualityOf('buildings')).toEqual({ attributes: { filledPct: 100, missing: none } });
  expect(await qualityOf('trees')).toEqual({});

  const bare = { ...second, properties: { ...second.properties, storeys_below: null, parcel_ids: '' } };
  await load([bare]);
  expect(await qualityOf('buildings')).toEqual({
    attributes: { filledPct: 96, missing: { ...none, storeys_below: 1, parcel_ids: 1 } },
    previous: { objects: 9, loadedAt: expect.stringMatching(/^\d{4}-/) },
  });
  expect(await qualityOf('buildings', new Date())).toEqual({});
});
