import validator from 'gltf-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { readInstances } from '../../test/support/instance-reader.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import { bytesOfSource, readTileset, tileIdOf } from '../../test/support/tileset-reader.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { treeTileset } from '../../tiles/tileset/tree-tiles.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { layersOf } from './layers.ts';
import { sql } from './sql.ts';
import { postgisTrees } from './tree-tiles.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const never = new AbortController().signal;
const GROUND_M = 80;

const tree = (id: string, x: number, properties: Record<string, PropertyValue>): Feature => ({
  layer: 'trees',
  id,
  geometry: { type: 'Point', coordinates: [E + x, N] },
  properties,
});

const PLANTED = [
  tree('OAK', 0, { species: 'dąb szypułkowy', form: 'broadleaved', height_m: 24, crown_diameter_m: 14 }),
  tree('LIME', 10, { species: 'lipa', form: 'broadleaved', height_m: 12, crown_diameter_m: 7 }),
  tree('PINE', 20, {
    species_latin: 'Pinus sylvestris',
    form: 'coniferous',
    height_m: 13,
    crown_diameter_m: 5,
  }),
  tree('BARE', 30, {
    species: 'lipa',
    form: 'broadleaved',
    height_m: 9,
    crown_diameter_m: 4,
    health: 'dead',
  }),
  tree('YOUNG', 40, { form: 'broadleaved' }),
  tree('WILD', 50, { form: 'broadleaved', height_m: 2630, crown_diameter_m: 5 }),
];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, PLANTED);
});
afterAll(() => database.drop());

const source = (groundM: number | 'unknown' = GROUND_M) =>
  treeTileset(
    postgisTrees(
      {
        pool: database.pool,
        layers: layersOf(database.pool),
        ground: flatGround(groundM === 'unknown' ? undefined : groundM),
        groundVersion: () => String(groundM),
      },
      PUBLIC_VIEW,
    ),
    EGM96,
  );

async function drawn(tiles = source()) {
  const { json, tiles: listed } = await readTileset(bytesOfSource(tiles, 'trees'));
  const read = await Promise.all(
    listed
      .flatMap((tile) => (tile.uri === undefined ? [] : { ...tile, uri: tile.uri }))
      .map(async ({ uri, contentRegion, level }) => {
        const made = await tiles.get(tileIdOf('trees', uri), never);
        if (!made || made === 'unchanged') throw new Error(`no tile ${uri}`);
        return { uri, level, contentRegion, made, ...(await readInstances(made.bytes)) };
      }),
  );
  return { json, read };
}

describe('trees as 3D Tiles', () => {
  it('have every tree once, tall ones above short ones', async () => {
    const { json, read } = await drawn();
    expect(json.metadata.properties['trees']).toBe(PLANTED.length);
    expect(read.map(({ level, rows }) => [level, rows.map(({ id }) => id)])).toEqual([
      [2, ['WILD']],
      [3, ['OAK']],
      [5, ['BARE', 'LIME', 'PINE', 'YOUNG']],
    ]);
  });

  it('draw each in its own size on the ground, by its habit, as another reader finds it', async () => {
    const { read } = await drawn();
    const standing = new Map(
      read.flatMap(({ rows, instances }) =>
        instances.map((instance) => [String(rows[instance.feature]?.['id']), instance] as const),
      ),
    );
    expect([...standing].map(([id, { shape, heightM, crownM }]) => [id, shape, heightM, crownM])).toEqual(
      expect.arrayContaining([
        ['OAK', 'round', 24, 14],
        ['LIME', 'round', 12, 7],
        ['PINE', 'pine', 13, 5],
        ['BARE', 'dead', 9, 4],
        ['YOUNG', 'round', 8, expect.closeTo(4.4, 1)],
        ['WILD', 'round', 60, 5],
      ]),
    );
    const [oak, lime] = [standing.get('OAK'), standing.get('LIME')];
    // Both in the frame of the same cell; it lies level to a few centimetres over ten metres.
    expect((lime?.at[0] ?? 0) - (oak?.at[0] ?? 0)).toBeCloseTo(10, 1);
    expect((lime?.at[1] ?? 0) - (oak?.at[1] ?? 0)).toBeCloseTo(0, 1);
  });

  it('say which size is of the register and which is assumed', async () => {
    const { read } = await drawn();
    const told = Object.fromEntries(
      read.flatMap(({ rows }) =>
        rows.map(({ id, height_m, size_source }) => [String(id), [height_m, size_source]]),
      ),
    );
    expect(told).toMatchObject({ OAK: [24, 'register'], YOUNG: [null, 'assumed'], WILD: [2630, 'register'] });
  });

  it('are sound glTF with a call for each shape, within their volumes', async () => {
    const { read } = await drawn();
    for (const { made, shapes, contentRegion } of read) {
      const { issues } = await validator.validateBytes(made.bytes, {
        ignoredIssues: ['UNSUPPORTED_EXTENSION'],
      });
      expect(issues.messages.filter(({ severity }) => severity < 2)).toEqual([]);
      expect(shapes).toBeLessThanOrEqual(7);
      const [low = 0, high = 0] = contentRegion?.slice(4) ?? [];
      const groundM = GROUND_M + EGM96.undulationM(16.9, 52.4);
      expect(low).toBeLessThan(groundM);
      expect(high).toBeGreaterThan(groundM + 60);
    }
  });

  it('are not drawn without a terrain model, and have other validators on another', async () => {
    expect((await drawn(source('unknown'))).read).toEqual([]);
    const etags = await Promise.all(
      [source(), source(81)].map(async (tiles) => (await drawn(tiles)).read.map(({ made }) => made.etag)),
    );
    expect(new Set(etags.flat()).size).toBe(6);
  });

  it('change one tile when one tree is felled', async () => {
    const tiles = source();
    const before = new Map((await drawn(tiles)).read.map(({ uri, made }) => [uri, made.etag]));
    await database.pool.read(
      sql`update city.tree set valid_to = now() where id = 'OAK' and valid_to is null returning id`,
    );
    const after = (uri: string) => tiles.get(tileIdOf('trees', uri), never, before.get(uri));
    const changed = await Promise.all(
      [...before.keys()].map(async (uri) => [await after(uri), uri] as const),
    );
    expect(changed.filter(([made]) => made !== 'unchanged')).toHaveLength(1);
  });

  it('are found by the index on their tile', async () => {
    const connection = await database.pool.connect(never);
    // A handful of rows is read faster without it.
    await connection.run(sql`begin; set local enable_seqscan = off`);
    const plan = await connection.run<{ 'QUERY PLAN': string }>(
      sql`explain select id from city.tree where valid_to is null and twin.tree_tile(geom, height_m) = '6/25/32'`,
    );
    await connection.run(sql`rollback`);
    connection.release();
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/tree_current_tile/);
  });
});
