import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tiles3DArchiveFileLoader, Tiles3DLoader } from '@loaders.gl/3d-tiles';
import { load, parse } from '@loaders.gl/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { readGlb } from '../../test/support/glb-reader.ts';
import { sampleBuildings } from '../../test/support/sample-buildings.ts';
import { bytesOfSource, readTileset } from '../../test/support/tileset-reader.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { tilesetSource } from '../../tiles/tileset/tileset-source.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { postgisBuildings } from '../store/building-tiles.ts';
import { layersOf } from '../store/layers.ts';
import { beginLoad } from '../store/load.ts';
import { exportTiles, type TilesExported } from './export-tiles.ts';

const { signal } = new AbortController();
const TOWN = sampleBuildings(250);
const DEMOLISHED = TOWN[7]?.id ?? '';
const ROOFLESS = TOWN[11]?.id ?? '';

let database: TestDatabase;
let folder: string;
let asFolder: TilesExported;
let asArchive: TilesExported;

beforeAll(async () => {
  database = await testDatabase();
  const transaction = await beginLoad(database.pool, {
    ...{ dataset: 'city', srid: 2177, fileName: 'sample', format: 'test', source: 'test' },
    ...{ synthetic: true, dryRun: false, allowOutside: true },
  });
  for (const { id, geometry, properties } of TOWN) {
    const state = id === DEMOLISHED ? { state: 'demolished' } : {};
    const whole = geometry.coordinates;
    const body = id === ROOFLESS ? { ...geometry, coordinates: whole.slice(0, -1) } : geometry;
    const feature = { layer: 'buildings_3d', id, geometry: body, properties: { ...properties, ...state } };
    await transaction.write(feature, 2177, false);
  }
  await transaction.finish();
  folder = await mkdtemp(join(tmpdir(), 'tiles-'));
  const exported = (path: string) =>
    exportTiles({ pool: database.pool, geoid: EGM96, path: join(folder, path), signal });
  asFolder = await exported('city');
  asArchive = await exported('city.3tz');
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await database.drop();
});

const inFolder = async (uri: string) => new Uint8Array(await readFile(join(folder, 'city', uri)));
/** By the index of the archive, as a reader of others finds it. */
async function inArchive(path: string): Promise<Uint8Array> {
  const file = await readFile(join(folder, 'city.3tz'));
  const options = { core: { worker: false }, '3d-tiles-archive': { path } };
  const bytes = await parse(new Uint8Array(file).buffer, Tiles3DArchiveFileLoader, options);
  return new Uint8Array(bytes as ArrayBuffer);
}

describe('3D tiles for any server of files', () => {
  it('are the bytes that are served, in the folder and in the archive', async () => {
    const served = bytesOfSource(
      tilesetSource(postgisBuildings(database.pool, layersOf(database.pool), PUBLIC_VIEW), EGM96),
      'buildings_3d',
    );
    const { tiles, subtrees } = await readTileset(served);
    const uris = ['tileset.json', ...subtrees, ...tiles.flatMap(({ uri }) => uri ?? [])];
    expect(asFolder.files).toBe(uris.length);
    expect(asArchive.files).toBe(uris.length);
    for (const uri of uris) expect([uri, await inFolder(uri)]).toEqual([uri, await served(uri)]);
    for (const uri of [...uris.slice(0, 6), ...uris.slice(-6)]) {
      expect([uri, await inArchive(uri)]).toEqual([uri, await served(uri)]);
    }
  });

  it('hold each building that stands once, and the report says so', async () => {
    const { tiles } = await readTileset(inFolder);
    const ids: unknown[] = [];
    for (const { uri } of tiles) {
      if (uri !== undefined) ids.push(...(await readGlb(await inFolder(uri))).rows.map(({ id }) => id));
    }
    const standing = TOWN.map(({ id }) => id).filter((id) => id !== DEMOLISHED);
    expect(ids.toSorted()).toEqual(standing.toSorted());
    for (const { buildings, faulty } of [asFolder, asArchive]) {
      expect(faulty.filter(({ id }) => id === ROOFLESS)).toEqual([{ id: ROOFLESS, faults: ['open'] }]);
      expect(buildings).toEqual({
        ...{ inDatabase: TOWN.length, demolished: 1, inTiles: TOWN.length - 1 },
        ...{ missing: [], repeated: [] },
      });
    }
  });

  it('are walked by a reader of others, down to every tile', async () => {
    const fetchFile = async (url: string | URL | Request) => {
      const path = String(url).replace('http://tiles/', '');
      // It finds what lies beside a file by the address that the answer says.
      return Object.defineProperty(new Response(await inFolder(path)), 'url', { value: String(url) });
    };
    const tileset = await load('http://tiles/tileset.json', Tiles3DLoader as never, {
      core: { worker: false, fetch: fetchFile },
    });
    interface Walked {
      readonly contentUrl?: string;
      readonly children?: readonly Walked[];
    }
    const urls = ({ contentUrl, children = [] }: Walked): string[] => [
      ...(contentUrl === undefined ? [] : [contentUrl]),
      ...children.flatMap(urls),
    ];
    const found = urls((tileset as unknown as { root: Walked }).root).map((url) =>
      url.replace('http://tiles/', ''),
    );
    const { tiles } = await readTileset(inFolder);
    expect(found.toSorted()).toEqual(tiles.flatMap(({ uri }) => uri ?? []).toSorted());
  });

  it('do not take the place of a folder that is there', async () => {
    const again = exportTiles({ pool: database.pool, geoid: EGM96, path: join(folder, 'city'), signal });
    await expect(again).rejects.toMatchObject({ kind: 'conflict' });
    expect(await inFolder('tileset.json')).not.toHaveLength(0);
  });
});
