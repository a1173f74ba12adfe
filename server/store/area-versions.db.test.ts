import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import { areaVersions } from './area-versions.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';
import { tileVersionSql } from './tile-version.ts';

const { easting, northing } = SAMPLE_ORIGIN;
const LAYER: Layer = { ...PARCELS, dataset: 'city', srid: 2177 };
const areaAt = (x: number, sideM: number): Bbox => ({
  ...{ minX: easting + x, minY: northing, maxX: easting + x + sideM, maxY: northing + sideM, srid: 2177 },
});
const HERE = [{ layer: LAYER, area: areaAt(0, 10) }];
const AREAS = Array.from({ length: 40 }, (_, index) => areaAt(index * 60 - 900, 50 + index * 7));

describe('versions of areas', () => {
  let database: TestDatabase;
  let statements: Sql[] = [];
  const watched = (): Pool => ({
    ...database.pool,
    read: (statement, ...more) => {
      statements.push(statement);
      return database.pool.read(statement, ...more);
    },
  });
  const alone = async (area: Bbox): Promise<string> => {
    const [row] = await database.pool.read<{ version: string }>(tileVersionSql(LAYER, area, {}));
    return row?.version ?? 'none';
  };

  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, sampleFeatures(80));
    await fill(
      database.pool,
      sampleFeatures(1).map((feature) => ({ ...feature, id: `${feature.id}-later` })),
    );
  });
  afterAll(() => database.drop());

  it('are those of single questions, and many at once take few statements', async () => {
    statements = [];
    const versions = areaVersions(watched());
    const found = await Promise.all(AREAS.map((area) => versions.of([{ layer: LAYER, area }], {})));
    expect(statements.length).toBeLessThanOrEqual(4);
    expect(found.flat()).toEqual(await Promise.all(AREAS.map(alone)));
    expect(new Set(found.flat()).size).toBeGreaterThan(1);
  });

  it('of several layers and places come in their order, of none there are none', async () => {
    const versions = areaVersions(database.pool);
    const far = { ...areaAt(0, 10), srid: 4326, minX: 0, minY: 0, maxX: 1, maxY: 1 };
    const asked = [{ layer: LAYER, area: far }, ...HERE, { layer: LAYER, area: areaAt(9_000, 10) }];
    expect(await versions.of(asked, {})).toEqual(['0', await alone(areaAt(0, 10)), '0']);
    expect(await versions.of(asked, { at: new Date() })).toEqual(await versions.of(asked, {}));
    expect(await versions.of([], {})).toEqual([]);
  });

  it('are never older than the question, whatever is under way', async () => {
    const versions = areaVersions(database.pool);
    const [first] = sampleFeatures(1);
    if (!first) return expect.unreachable('the sample is empty');
    for (let round = 0; round < 5; round++) {
      const earlier = AREAS.map((area) => versions.of([{ layer: LAYER, area }], {}));
      await fill(database.pool, [
        { ...first, properties: { ...first.properties, parcel_number: `r${round}` } },
      ]);
      expect(await versions.of(HERE, {})).toEqual([await alone(areaAt(0, 10))]);
      await Promise.all(earlier);
    }
  });

  it('are waited for no longer by whoever leaves, and by all others', async () => {
    const versions = areaVersions(database.pool);
    const leaving = new AbortController();
    const [left, stayed] = [versions.of(HERE, {}, leaving.signal), versions.of(HERE, {})];
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect(await stayed).toEqual([await alone(areaAt(0, 10))]);
  });

  it('fail together when the statement fails, and work again after it', async () => {
    let isDown = true;
    const versions = areaVersions({
      ...database.pool,
      read: (statement, ...more) =>
        isDown ? Promise.reject(new Error('down')) : database.pool.read(statement, ...more),
    });
    const outcomes = await Promise.allSettled(AREAS.map((area) => versions.of([{ layer: LAYER, area }], {})));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    isDown = false;
    expect(await versions.of(HERE, {})).toEqual([await alone(areaAt(0, 10))]);
  });

  it('read only the cells asked for, by their index', async () => {
    statements = [];
    await Promise.all(AREAS.map((area) => areaVersions(watched()).of([{ layer: LAYER, area }], {})));
    const [statement] = statements;
    if (!statement) return expect.unreachable('nothing was asked');
    const rows = await database.pool.read(sql`explain ${statement}`);
    expect(JSON.stringify(rows)).toContain('tile_cell_pkey');
    expect(JSON.stringify(rows)).not.toContain('Seq Scan on tile_cell');
  });
});
