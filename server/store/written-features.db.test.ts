import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource, WrittenForm } from '../../core/feature/source.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { sampleFeatures, sampleParcelId } from '../../test/support/sample-city.ts';
import { PUBLIC_VIEW, type View } from '../access/view.ts';
import { postgisSource } from './features.ts';
import { KeptPieces } from './kept-pieces.ts';
import { layerOf } from './layers.ts';
import { relationFor } from './relation.ts';
import { sql } from './sql.ts';

const { signal } = new AbortController();
const STAFF_VIEW: View = { who: { who: 'clerk', roles: ['public', 'staff'] } };
const FIRST_FORTY: FeatureQuery & { readonly limit: number } = { layer: 'parcels', limit: 40 };
const PLAIN = layerOf(PARCELS, 'city', 2177);
/** As if the sheets of all parcels carried the town. */
const CRITICAL: Layer = {
  ...PLAIN,
  critical: {
    objects: [{ area_precision: [null, '1', '2'] }],
    properties: ['map_sheet'],
    note: { pl: 'bez arkuszy', en: 'without sheets' },
  },
};

/** A form that counts what it writes. */
function countingForm(): WrittenForm & { readonly ids: string[] } {
  const ids: string[] = [];
  return {
    ids,
    key: 'json',
    write: (feature) => {
      ids.push(feature.id);
      return Buffer.from(`${JSON.stringify(feature)}\n`);
    },
  };
}

describe('features written once', () => {
  let database: TestDatabase;
  const pieces = new KeptPieces(2 ** 20);
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, sampleFeatures(60));
  });
  afterAll(() => database.drop());
  const sourceFor = (view: View, layer = PLAIN): FeatureSource =>
    postgisSource(
      database.pool,
      async () => [layer],
      (layer) => relationFor(layer, view),
      pieces,
    );
  const read = async (
    view: View,
    query: typeof FIRST_FORTY,
    form: WrittenForm = countingForm(),
    layer = PLAIN,
  ) => {
    const page = await sourceFor(view, layer).written?.(query, form, signal);
    const text = Buffer.from(page?.bytes ?? []).toString();
    return {
      ...page,
      features: text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Feature),
    };
  };
  const readOneByOne = async (view: View, query: FeatureQuery) => {
    const features: unknown[] = [];
    for await (const each of sourceFor(view).query(query, signal))
      features.push(JSON.parse(JSON.stringify(each)));
    return features;
  };

  it('are the rows of the query in its order, with the end of the page told', async () => {
    for (const query of [
      FIRST_FORTY,
      { ...FIRST_FORTY, offset: 30 },
      { ...FIRST_FORTY, after: sampleParcelId(7), srid: 2180 },
      { ...FIRST_FORTY, sort: [{ property: 'registered_area_ha', descending: true }] },
      { ...FIRST_FORTY, properties: ['parcel_number'], withGeometry: false },
    ]) {
      const expected = await readOneByOne(PUBLIC_VIEW, query);
      const { limit: _, ...unlimited } = query;
      const all = await readOneByOne(PUBLIC_VIEW, unlimited);
      for (let turn = 0; turn < 2; turn++) {
        const page = await read(PUBLIC_VIEW, query);
        expect(page.features).toEqual(expected);
        expect(page.count).toBe(expected.length);
        expect(page.hasMore).toBe(all.length > expected.length);
        if (!query.sort) expect(page.lastId).toBe(page.features.at(-1)?.id);
      }
    }
  });

  it('are written again after their row has changed, and no other', async () => {
    await read(PUBLIC_VIEW, FIRST_FORTY);
    const changed = sampleParcelId(3);
    await database.pool.read(sql`update city.parcel set land_use = 'Wp' where id = ${changed}::text`);
    const form = countingForm();
    const { features } = await read(PUBLIC_VIEW, FIRST_FORTY, form);
    expect(form.ids).toEqual([changed]);
    expect(features.find(({ id }) => id === changed)?.properties['land_use']).toBe('Wp');
  });

  it('are kept apart for the eyes that may see more', async () => {
    await database.pool.read(sql`update city.parcel set register_group = '7'`);
    const staffs = await read(STAFF_VIEW, FIRST_FORTY);
    expect(staffs.features.every(({ properties }) => properties['register_group'] === '7')).toBe(true);
    const { features } = await read(PUBLIC_VIEW, FIRST_FORTY);
    expect(features).toHaveLength(40);
    expect(features.some(({ properties }) => 'register_group' in properties)).toBe(false);
  });

  it('are kept apart for those from whom critical detail is kept back', async () => {
    const sheetsFor = async (view: View) => {
      const { features } = await read(view, FIRST_FORTY, countingForm(), CRITICAL);
      return new Set(features.map(({ properties }) => properties['map_sheet']));
    };
    expect(await sheetsFor(STAFF_VIEW)).toContain('AR_10');
    expect(await sheetsFor(PUBLIC_VIEW)).toEqual(new Set([null]));
    expect(await sheetsFor(STAFF_VIEW)).toContain('AR_10');
  });

  it('are not offered where a scenario has edited the layer', async () => {
    const scenario = { id: 's', base: new Date(), layers: ['parcels'] } as unknown as NonNullable<
      View['scenario']
    >;
    const source = sourceFor({ ...PUBLIC_VIEW, scenario });
    expect(await source.written?.(FIRST_FORTY, countingForm(), signal)).toBeUndefined();
  });
});
