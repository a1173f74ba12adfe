import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { seededRandom } from '../../test/support/sample-buildings.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import type { ClassShapes, MapSource } from '../../tiles/picture/map-source.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { areaVersions } from './area-versions.ts';
import { KeptShapes } from './kept-shapes.ts';
import { postgisMaps } from './map-geometry.ts';
import type { Pool } from './pool.ts';

const { easting, northing } = SAMPLE_ORIGIN;
const { signal } = new AbortController();
const LAYER: Layer = { ...PARCELS, dataset: 'city', srid: 2177 };
const STREET_M = 1_500;

/** A parcel of a street across many cells, beside the squares of the sample. */
const street = (id: string, shiftM: number): Feature => ({
  ...(sampleFeatures(1)[0] as Feature),
  id,
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [easting - 400, northing + shiftM],
          [easting - 400 + STREET_M, northing + shiftM],
          [easting - 400 + STREET_M, northing + shiftM + 9],
          [easting - 400, northing + shiftM + 9],
          [easting - 400, northing + shiftM],
        ],
      ],
    ],
  },
});

describe('shapes kept by cells', () => {
  let database: TestDatabase;
  let reads = 0;
  let failsNext = false;
  let kept: MapSource;
  const fresh = () => postgisMaps(database.pool, PUBLIC_VIEW);
  const mapsOf = (shapes: KeptShapes) => {
    const pool = counting();
    return postgisMaps(pool, PUBLIC_VIEW, areaVersions(pool), shapes);
  };
  /** A pool that counts, and fails when it is told to. */
  const counting = (): Pool => ({
    ...database.pool,
    read: (statement, ...more) => {
      reads++;
      if (failsNext && statement.parts.some((part) => part.includes('packed'))) {
        failsNext = false;
        return Promise.reject(new Error('planted'));
      }
      return database.pool.read(statement, ...more);
    },
  });

  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, [...sampleFeatures(80), street('s1', 30), street('s2', 300)]);
  });
  beforeEach(() => {
    kept = mapsOf(new KeptShapes(1_000_000));
    reads = 0;
  });
  afterAll(() => database.drop());

  const areaAt = (x: number, y: number, sideM: number): Bbox => ({
    ...{ minX: easting + x, minY: northing + y, maxX: easting + x + sideM, maxY: northing + y + sideM },
    srid: 2177,
  });

  /** Shapes with their labels, whatever their order. */
  async function shown(maps: MapSource, area: Bbox, withLabels = true): Promise<readonly string[]> {
    const ask = { layer: LAYER, area, withLabels, smallest: 0 };
    const [version] = await maps.versions([ask], signal);
    const classes = await maps.shapes({ ...ask, version }, signal);
    return classes.flatMap(objectsOf).toSorted();
  }

  it('are those that the store holds, for any boxes one after another', async () => {
    const random = seededRandom(2177);
    for (let round = 0; round < 60; round++) {
      const [x, y, sideM] = [random() * 2_000 - 700, random() * 1_600 - 700, 1 + random() * 900];
      const area = areaAt(x, y, sideM);
      const withLabels = random() < 0.5;
      expect(await shown(kept, area, withLabels)).toEqual(await shown(fresh(), area, withLabels));
    }
  });

  it('are read once, and not again for a picture beside it', async () => {
    await shown(kept, areaAt(0, 0, 500));
    reads = 0;
    expect(await shown(kept, areaAt(20, 10, 300))).not.toEqual([]);
    expect(reads, 'the versions alone').toBe(1);
  });

  it('are those after an edit, and only the touched cells are read again', async () => {
    const [near, far] = [areaAt(0, 0, 200), areaAt(-300, 280, 40)];
    await shown(kept, near);
    await shown(kept, far);
    const [first] = sampleFeatures(1);
    if (!first) return expect.unreachable('the sample is empty');
    const edited = { ...first, properties: { ...first.properties, parcel_number: '4711' } };
    await fill(database.pool, [edited, street('s3', 120)]);
    const after = await shown(kept, near);
    expect(after).toEqual(await shown(fresh(), near));
    expect(after.some((object) => object.includes('4711'))).toBe(true);
    await fill(database.pool, [street('s2', 310)]);
    expect(await shown(kept, far)).toEqual(await shown(fresh(), far));
    reads = 0;
    await shown(kept, far);
    expect(reads).toBe(1);
  });

  it('stay right when there is hardly room for them', async () => {
    const narrow = mapsOf(new KeptShapes(3_000));
    for (const x of [0, 400, -500, 0, 400]) {
      const areas = [areaAt(x, 0, 300), areaAt(x - 100, 0, 700)];
      const found = await Promise.all(areas.map((area) => shown(narrow, area)));
      expect(found).toEqual(await Promise.all(areas.map((area) => shown(fresh(), area))));
    }
  });

  it('are asked for anew after a reading that failed', async () => {
    failsNext = true;
    await expect(shown(kept, areaAt(0, 0, 200))).rejects.toThrow('planted');
    expect(await shown(kept, areaAt(0, 0, 200))).toEqual(await shown(fresh(), areaAt(0, 0, 200)));
  });
});

/** Each object of a class as a text: class, shape and label. All are multipolygons of one ring. */
function objectsOf({ entry, wkb, labels }: ClassShapes): string[] {
  const bytes = Buffer.from(wkb);
  const objects: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const positions = bytes.readUInt32LE(at + 18);
    const end = at + 22 + 16 * positions;
    objects.push(
      `${entry} ${bytes.toString('hex', at, end)} ${JSON.stringify(labels[objects.length] ?? null)}`,
    );
    at = end;
  }
  return objects;
}
