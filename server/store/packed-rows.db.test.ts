import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { sampleFeatures } from '../../test/support/sample-city.ts';
import { geoPackages } from '../geopackage/geo-packages.ts';
import { postgisSource } from './features.ts';
import { packedRows, wholeRows } from './packed-rows.ts';
import { currentRelation } from './relation.ts';
import { sql, withLiterals } from './sql.ts';

const parcels: Layer = { ...PARCELS, dataset: 'city', srid: 2177 };
const FEATURES = sampleFeatures(60);
const { signal } = new AbortController();

describe('packed rows', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, FEATURES);
  });
  afterAll(() => database.drop());
  const packed = (until: AbortSignal = signal, srid = 2177) =>
    packedRows(database.pool, currentRelation(parcels), { layer: 'parcels', srid }, until);

  it.each([2177, 4326])('in EPSG:%i are the features of the same query, in their order', async (srid) => {
    const features: Feature[] = [];
    const source = postgisSource(database.pool, async () => [parcels]);
    for await (const feature of source.query({ layer: 'parcels', srid }, signal)) features.push(feature);
    const columns = [
      { name: 'id', type: 'TEXT' as const },
      ...parcels.properties.map(({ name, type }) => ({
        name,
        type:
          type === 'number'
            ? ('REAL' as const)
            : type === 'datetime'
              ? ('DATETIME' as const)
              : ('TEXT' as const),
      })),
    ];
    const layer = { name: 'parcels', title: '', geometryType: 'GEOMETRY' as const, srid, columns };
    const file = await geoPackages.writeSmall([{ ...layer, rows: packed(signal, srid) }], new Date(0));
    const [read] = await geoPackages.read(file, 1_000);
    const found = read?.rows.map(({ geometry, values: { fid: _, geom: __, id, ...properties } }) => ({
      ...{ layer: 'parcels', id, geometry, properties },
    }));
    expect(features.length).toBeGreaterThan(50);
    expect(found).toEqual(features);
  });

  it('end with their signal, and leave the pool usable', async () => {
    const given = new AbortController();
    const begun = packed(given.signal);
    await begun.next();
    given.abort(new Error('gone'));
    await expect(
      (async () => {
        for await (const _ of begun);
      })(),
    ).rejects.toThrow('gone');
    for (let turn = 0; turn < 20; turn++) for await (const _ of packed()) break;
    expect(await database.pool.read(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('fail as the store does, by the statement', async () => {
    const odd = { layer: parcels, branches: [sql`select 1/0 as id, null::geometry as geom`] as const };
    const rows = packedRows(database.pool, odd, { layer: 'parcels', properties: [] }, signal);
    await expect(rows.next()).rejects.toMatchObject({ name: 'TwinError' });
  });

  it('take values for literals that the server reads as they were', async () => {
    const words = [`o'k`, 'back\\slash', `E'\\''; drop table x --`, 'żółć', '{"a",b}', ''];
    const values = sql`${words}::text[] as words, ${words[2]}::text as word, ${-1.5}::float8 - ${-2}::int as number,
      ${Buffer.from([0, 39, 92, 255])}::bytea as bytes, ${true}::boolean as truth, ${null}::text as nothing`;
    const [apart] = await database.pool.read(sql`select ${values}`);
    const [literal] = await database.pool.read(sql`select ${withLiterals(values)}`);
    expect(literal).toEqual(apart);
    expect(literal).toMatchObject({ words, word: words[2], number: 0.5 });
  });
});

describe('whole rows', () => {
  it('are the same wherever the stream is cut', async () => {
    const head = Buffer.alloc(19, 1);
    const row = (text: string) =>
      Buffer.concat([Buffer.from([0, 2, 255, 255, 255, 255, 0, 0, 0, text.length]), Buffer.from(text)]);
    const rows = [row(''), row('abc'), row('x'.repeat(20))];
    const stream = Buffer.concat([head, ...rows, Buffer.from([255, 255])]);
    for (let size = 1; size <= stream.length; size++) {
      const chunks: Buffer[] = [];
      async function* pieces() {
        for (let at = 0; at < stream.length; at += size) yield stream.subarray(at, at + size);
      }
      for await (const chunk of wholeRows(pieces())) chunks.push(chunk);
      expect(Buffer.concat(chunks)).toEqual(Buffer.concat(rows));
    }
  });
});
