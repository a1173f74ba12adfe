import validator from 'gltf-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { Position } from '../../core/geo/geometry.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { readGlb } from '../../test/support/glb-reader.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import { bytesOfSource, readTileset, tileIdOf } from '../../test/support/tileset-reader.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { networkTileset } from '../../tiles/tileset/network-tiles.ts';
import type { Identity } from '../access/identity.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { layersOf } from './layers.ts';
import { postgisNetworks } from './network-tiles.ts';
import { sql } from './sql.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const at = (x: number, y: number): Position => [E + x, N + y];
const STAFF: Identity = { who: 'clerk', roles: ['public', 'staff'] };
const never = new AbortController().signal;

const line = (
  id: string,
  y: number,
  lengthM: number,
  properties: Record<string, PropertyValue>,
): Feature => ({
  layer: 'utility_lines',
  id,
  geometry: { type: 'LineString', coordinates: [at(0, y), at(lengthM, y)] },
  properties: { course: 'underground', ...properties },
});

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, [
    line('LONG', 0, 300, {
      network: 'sewer',
      flow: 'gravity',
      start_height_m: 76,
      end_height_m: 75,
      diameter_mm: 400,
    }),
    line('MAIN', 5, 30, { network: 'water', role: 'main', diameter_mm: 600, depth_m: 3 }),
    line('LOST', 10, 30, { network: 'telecom' }),
    {
      layer: 'utility_devices',
      id: 'MANHOLE',
      geometry: { type: 'Point', coordinates: at(0, 0) },
      properties: { network: 'sewer', kind: 'manhole', top_height_m: 80, bottom_height_m: 76 },
    },
  ]);
});
afterAll(() => database.drop());

const source = (who = PUBLIC_VIEW.who, groundM: number | 'unknown' = 80) =>
  networkTileset(
    postgisNetworks(
      {
        pool: database.pool,
        layers: layersOf(database.pool),
        ground: flatGround(groundM === 'unknown' ? undefined : groundM),
        groundVersion: () => String(groundM),
      },
      { ...PUBLIC_VIEW, who },
    ),
    EGM96,
  );

/** The document of a set, and what lies in each tile. */
async function whole(layer: string, tiles = source()) {
  const made = await tiles.document(layer, never);
  if (!made || made === 'unchanged') throw new Error('no document');
  const { json, tiles: listed } = await readTileset(bytesOfSource(tiles, layer));
  const uris = listed.flatMap(({ uri }) => uri ?? []);
  const read = await Promise.all(
    uris.map(async (uri) => {
      const tile = await tiles.get(tileIdOf(layer, uri), never);
      if (!tile || tile === 'unchanged') throw new Error(`no tile ${uri}`);
      return { tile, glb: await readGlb(tile.bytes) };
    }),
  );
  return { document: json, listed, etag: made.etag, read };
}

const rowsOf = async (layer: string, tiles = source()) =>
  (await whole(layer, tiles)).read.flatMap(({ glb }) => glb.rows);

describe('networks as 3D Tiles', () => {
  it('have every line and every device once, long ones above short ones', async () => {
    const lines = await whole('utility_lines');
    expect(lines.document.metadata.properties['objects']).toBe(3);
    expect(lines.read.map(({ glb }) => glb.rows.map(({ id }) => id))).toEqual([['LONG'], ['LOST', 'MAIN']]);
    expect((await rowsOf('utility_devices')).map(({ id }) => id)).toEqual(['MANHOLE']);
  });

  it('say of each where its height comes from, and to the public no secret of a main', async () => {
    const told = async (who: Identity) =>
      Object.fromEntries(
        (await rowsOf('utility_lines', source(who))).map(({ id, height_source, depth_m }) => [
          String(id),
          [height_source, depth_m],
        ]),
      );
    expect(await told(PUBLIC_VIEW.who)).toMatchObject({
      LONG: ['heights', null],
      LOST: ['assumed', null],
      MAIN: ['assumed', null],
    });
    expect((await told(STAFF))['MAIN']).toEqual(['depth', 3]);
  });

  it('are sound glTF, each drawn and to be picked by its number', async () => {
    const { read } = await whole('utility_lines');
    for (const { tile, glb } of read) {
      const { issues } = await validator.validateBytes(tile.bytes, {
        ignoredIssues: ['UNSUPPORTED_EXTENSION'],
      });
      expect(issues.messages.filter(({ severity }) => severity < 2)).toEqual([]);
      expect(glb.vertices.size).toBe(glb.rows.length);
    }
  });

  it('have other validators for who is told more, and after the terrain has changed', async () => {
    const etags = await Promise.all(
      [source(), source(STAFF), source(PUBLIC_VIEW.who, 81)].map(
        async (tiles) => (await whole('utility_lines', tiles)).etag,
      ),
    );
    expect(new Set(etags).size).toBe(3);
    expect(await source().document('utility_lines', never, etags[0])).toBe('unchanged');
  });

  it('draw without a terrain model only what the register tells the height of', async () => {
    const { read } = await whole('utility_lines', source(PUBLIC_VIEW.who, 'unknown'));
    expect(read.flatMap(({ glb }) => glb.rows.map(({ id }) => id))).toEqual(['LONG']);
  });

  it('are found by the index on their tile', async () => {
    const connection = await database.pool.connect(never);
    // Three rows are read faster without it.
    await connection.run(sql`begin; set local enable_seqscan = off`);
    const plan = await connection.run<{ 'QUERY PLAN': string }>(
      sql`explain select id from city.utility_line where valid_to is null and twin.network_tile(geom) = '6/25/32'`,
    );
    await connection.run(sql`rollback`);
    connection.release();
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/utility_line_current_tile/);
  });
});
