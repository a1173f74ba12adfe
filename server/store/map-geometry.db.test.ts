import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROADS } from '../../core/catalogue/base-map.ts';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { classOf } from '../../core/feature/symbol.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import type { ShapesAsk } from '../../tiles/picture/map-source.ts';
import { PUBLIC_VIEW, type View } from '../access/view.ts';
import { postgisMaps } from './map-geometry.ts';

const FEATURES = sampleFeatures(60);
const STAFF_VIEW: View = { who: { who: 'clerk', roles: ['public', 'staff'] } };
const { easting, northing } = SAMPLE_ORIGIN;
const { signal } = new AbortController();
const parcels: Layer = { ...PARCELS, dataset: 'city', srid: 2177 };

function askFor(layer: Layer, sideM = 1000): ShapesAsk {
  const [minX, minY] = [easting - 1, northing - 1];
  const area = { minX, minY, maxX: minX + sideM, maxY: minY + sideM, srid: 2177 };
  return { layer, area, withLabels: true, smallest: 0 };
}

describe('postgisMaps', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, FEATURES);
  });
  afterAll(() => database.drop());
  const shapesFor = (view: View, ask: ShapesAsk) => postgisMaps(database.pool, view).shapes(ask, signal);

  it('puts every object into the class that the viewer puts it into, with its label', async () => {
    const expected = new Map<number, string[]>();
    for (const { layer, properties } of FEATURES) {
      if (layer !== 'parcels') continue;
      const entry = classOf(PARCELS.style, properties);
      const index = entry ? (PARCELS.style.classes?.entries.indexOf(entry) ?? -1) : -1;
      expected.set(index, [...(expected.get(index) ?? []), String(properties['parcel_number'])]);
    }
    const found = await shapesFor(PUBLIC_VIEW, askFor(parcels));
    expect(found.map(({ entry }) => entry).toSorted()).toEqual([...expected.keys()].toSorted());
    for (const { entry, labels } of found) {
      expect(labels.map(([number]) => number).toSorted()).toEqual(expected.get(entry)?.toSorted());
    }
  });

  it('draws closed roads as such, whatever their class', async () => {
    const roads: Layer = { ...ROADS, dataset: 'city', srid: 2177 };
    const road = (id: string, properties: Feature['properties']): Feature => ({
      layer: 'roads',
      id,
      geometry: {
        type: 'LineString',
        coordinates: [
          [easting, northing + 5],
          [easting + 90, northing + 5],
        ],
      },
      properties: { class: 'main', ...properties },
    });
    await fill(database.pool, [
      road('open', { closed: false }),
      road('shut', { closed: true }),
      road('half', { closed: true, closed_from_m: 10, closed_to_m: 40 }),
    ]);
    const found = await shapesFor(PUBLIC_VIEW, askFor(roads));
    const entries = ROADS.style.classes?.entries ?? [];
    expect(found.map(({ entry }) => entries[entry]?.label.en).toSorted()).toEqual([
      'closed in part',
      'closed to traffic',
      'main',
    ]);
  });

  it('draws by a column for staff only for them, in class and label', async () => {
    const byOwner: Layer = {
      ...parcels,
      style: {
        ...parcels.style,
        classes: {
          property: 'register_group',
          entries: [{ values: ['7'], label: { pl: 'osoby', en: 'persons' }, fill: '#ff0000' }],
        },
        label: { property: 'register_group', maxScaleDenominator: 1000, color: '#000000' },
      },
    };
    const open = await shapesFor(PUBLIC_VIEW, askFor(byOwner));
    expect(open.map(({ entry, labels }) => [entry, labels])).toEqual([[-1, []]]);
    const inside = await shapesFor(STAFF_VIEW, askFor(byOwner));
    expect(inside.map(({ entry }) => entry).toSorted()).toEqual([-1, 0]);
    expect(inside.flatMap(({ labels }) => labels)).toContainEqual(['7', null]);
  });

  it('leaves out what is not there, and what is too small to be seen', async () => {
    expect(await shapesFor(PUBLIC_VIEW, { ...askFor(parcels), smallest: 25 })).toEqual([]);
    const away = { ...askFor(parcels), area: { minX: 0, minY: 0, maxX: 1, maxY: 1, srid: 2177 } };
    expect(await shapesFor(PUBLIC_VIEW, away)).toEqual([]);
  });

  it('tells by its version of an edit in view, and of none elsewhere', async () => {
    const maps = postgisMaps(database.pool, PUBLIC_VIEW);
    const near = askFor(parcels, 50);
    const far = { layer: parcels, area: { ...near.area, minX: easting + 5000, maxX: easting + 5050 } };
    const before = await maps.versions([near, far], signal);
    const [first] = FEATURES;
    if (!first) return expect.unreachable('the sample is empty');
    await fill(database.pool, [{ ...first, properties: { ...first.properties, parcel_number: '999' } }]);
    const after = await maps.versions([near, far], signal);
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([false, true]);
  });
});
