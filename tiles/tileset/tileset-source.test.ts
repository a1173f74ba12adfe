import validator from 'gltf-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import { transformBetween } from '../../core/geo/crs.ts';
import { ecefToGeodetic } from '../../core/geo/ecef.ts';
import { positionsOf } from '../../core/geo/geometry.ts';
import { readGlb } from '../../test/support/glb-reader.ts';
import {
  BUILDINGS_3D_LAYER,
  type SampleBuilding,
  sampleBuildings,
} from '../../test/support/sample-buildings.ts';
import {
  bytesOfSource,
  type ReadTileset,
  readTileset,
  type TilesetTile,
  tileIdOf,
} from '../../test/support/tileset-reader.ts';
import { surfacesOf } from '../mesh/surfaces.ts';
import type { Tile as ServedTile } from '../source.ts';
import { EGM96 } from '../terrain/egm96.ts';
import type { BuildingRow } from './building-store.ts';
import { MemoryBuildings } from './memory-buildings.ts';
import { SUBTREE_TILING, tilesetSource } from './tileset-source.ts';

const never = new AbortController().signal;
const rowOf = ({ geometry, ...sample }: SampleBuilding): BuildingRow => ({
  ...sample,
  surfaces: surfacesOf(geometry),
});

const addressOf = (uri: string) => tileIdOf('buildings_3d', uri);

function given(tile: ServedTile | 'unchanged' | undefined): ServedTile {
  if (!tile || tile === 'unchanged') throw new Error(`expected a tile, got ${tile}`);
  return tile;
}

describe('a tileset of a made-up town', () => {
  const town = sampleBuildings(600);
  const store = new MemoryBuildings(BUILDINGS_3D_LAYER, town.map(rowOf));
  const source = tilesetSource(store, EGM96);
  let tileset: ReadTileset;
  let listed: (TilesetTile & { readonly uri: string })[];
  beforeAll(async () => {
    tileset = await readTileset(bytesOfSource(source, 'buildings_3d'));
    listed = tileset.tiles.flatMap((tile) => (tile.uri === undefined ? [] : { ...tile, uri: tile.uri }));
  });

  it('holds every building in exactly one tile', async () => {
    const ids: unknown[] = [];
    for (const { uri, count } of listed) {
      const { rows } = await readGlb(given(await source.get(addressOf(uri), never)).bytes);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.length).toBe(count);
      ids.push(...rows.map(({ id }) => id));
    }
    expect(ids.length).toBe(town.length);
    expect(new Set(ids)).toEqual(new Set(town.map(({ id }) => id)));
    expect(new Set(listed.map(({ uri }) => uri)).size).toBe(listed.length);
    expect(tileset.json.metadata.properties['buildings']).toBe(town.length);
  });

  it('shows something on every level, big buildings first', () => {
    const levels = new Set(listed.map(({ uri }) => addressOf(uri).z));
    expect([...levels].sort((a, b) => a - b)).toEqual([6, 7, 8, 9, 10, 11]);
    expect(tileset.json.root.refine).toBe('ADD');
  });

  it('has volumes that hold their children and errors that fall from parent to child', () => {
    const inside = (a: number[], b: number[]): boolean =>
      [0, 1, 4].every((i) => (a[i] ?? 0) >= (b[i] ?? 0)) &&
      [2, 3, 5].every((i) => (a[i] ?? 0) <= (b[i] ?? 0));
    const { json, tiles } = tileset;
    const parents = new Set(tiles.map(({ parent }) => parent));
    for (const tile of tiles) {
      const { parent, contentRegion, region, geometricError } = tile;
      if (contentRegion) expect(inside([...contentRegion], [...region])).toBe(true);
      expect(inside([...region], [...(parent?.region ?? json.root.boundingVolume.region)])).toBe(true);
      expect(geometricError).toBeLessThan(parent?.geometricError ?? json.root.geometricError);
      expect(geometricError === 0).toBe(!parents.has(tile));
    }
    expect(json.geometricError).toBe(json.root.geometricError);
  });

  it('has 0 errors and warnings in gltf-validator, in every tile', async () => {
    for (const { uri } of listed) {
      const { bytes } = given(await source.get(addressOf(uri), never));
      const report = await validator.validateBytes(bytes, {
        maxIssues: 20,
        ignoredIssues: ['UNSUPPORTED_EXTENSION'],
      });
      expect({ uri, messages: report.issues.messages.filter(({ severity }) => severity < 2) }).toEqual({
        uri,
        messages: [],
      });
    }
  });

  it('lands within 3 cm of the source, undulation included, and inside its volume', async () => {
    const byId = new Map(town.map((building) => [building.id, building]));
    const toStore = transformBetween(4326, 2177);
    let worst = 0;
    let checked = 0;
    for (const { uri, contentRegion: region = [], transform: m } of listed) {
      const { rows, vertices } = await readGlb(given(await source.get(addressOf(uri), never)).bytes);
      const [west = 0, south = 0, east = 0, north = 0, low = 0, high = 0] = region;
      for (const [feature, points] of vertices) {
        const source2177 = points.map(([x, y, z]) => {
          // glTF y-up to z-up (3D Tiles 1.1, 11.2.3), then the tile's transform.
          const [e, n, u] = [x, -z, y];
          const world = [0, 1, 2].map(
            (row) => (m[row] ?? 0) * e + (m[4 + row] ?? 0) * n + (m[8 + row] ?? 0) * u + (m[12 + row] ?? 0),
          ) as [number, number, number];
          const [lon, lat, h] = ecefToGeodetic(world);
          const radians = Math.PI / 180;
          expect(lon * radians >= west && lon * radians <= east).toBe(true);
          expect(lat * radians >= south && lat * radians <= north).toBe(true);
          expect(h >= low && h <= high).toBe(true);
          const [easting, northing] = toStore([lon, lat]);
          return [easting, northing, h - EGM96.undulationM(lon, lat)] as const;
        });
        const building = byId.get(String(rows[feature]?.['id']));
        if (!building) throw new Error('unknown id');
        for (const [x, y, z = 0] of positionsOf(building.geometry)) {
          const nearest = Math.min(...source2177.map(([a, b, c]) => Math.hypot(a - x, b - y, c - z)));
          worst = Math.max(worst, nearest);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(15_000);
    expect(worst).toBeLessThan(tileset.json.metadata.properties['maxPositionErrorM'] ?? 0);
  });

  it('carries the attributes, and says which are not known', async () => {
    const byId = new Map(town.map((building) => [building.id, building]));
    for (const { uri } of listed.slice(0, 12)) {
      const { rows, json } = await readGlb(given(await source.get(addressOf(uri), never)).bytes);
      expect(json.extensionsUsed).toContain('EXT_structural_metadata');
      for (const row of rows) {
        const expected = byId.get(String(row['id']))?.properties;
        for (const name of ['building_id', 'lod', 'state', 'function', 'roof_type', 'storeys_above']) {
          expect([name, row[name]]).toEqual([name, expected?.[name]]);
        }
        const heightM = expected?.['height_m'];
        if (typeof heightM === 'number') expect(row['height_m']).toBeCloseTo(heightM, 4);
        else expect(row['height_m']).toBeNull();
      }
    }
  });

  it('parts roofs, walls and grounds', async () => {
    const { materials } = await readGlb(
      given(await source.get(addressOf(listed.at(-1)?.uri ?? ''), never)).bytes,
    );
    expect(materials).toEqual(['roof', 'wall', 'ground']);
  });

  it('knows no tiles outside its levels, of other layers and of other tilings', async () => {
    const tile = addressOf(listed[0]?.uri ?? '');
    for (const wrong of [
      { z: 5 },
      { z: 12 },
      { z: 7, grid: SUBTREE_TILING },
      { x: -1 },
      { y: 1e9 },
      { layer: 'parcels' },
      { grid: 'EPSG2177' },
    ]) {
      expect(await source.get({ ...tile, ...wrong }, never)).toBeUndefined();
    }
    expect(await source.document('parcels', never)).toBeUndefined();
  });

  it('answers an empty, valid tile where nothing stands', async () => {
    const { bytes } = given(await source.get({ ...addressOf('6-0-0/0/0/0.glb'), z: 11, x: 0, y: 0 }, never));
    expect((await validator.validateBytes(bytes)).issues.numErrors).toBe(0);
  });

  it('changes the validators of the touched tile and the document, and of no other tile', async () => {
    const edited = new MemoryBuildings(BUILDINGS_3D_LAYER, town.map(rowOf));
    const other = tilesetSource(edited, EGM96);
    const etags = async () =>
      new Map(
        await Promise.all(
          listed.map(async ({ uri }) => [uri, given(await other.get(addressOf(uri), never)).etag] as const),
        ),
      );
    const before = await etags();
    const subtrees = () =>
      Promise.all(tileset.subtrees.map(async (uri) => given(await other.get(addressOf(uri), never)).etag));
    const subtreesBefore = await subtrees();
    const document = given(await other.document('buildings_3d', never)).etag;
    const [first] = town;
    if (!first) throw new Error('empty town');
    edited.put({ ...rowOf(first), properties: { ...first.properties, state: 'demolished' } });
    const after = await etags();
    const changed = [...before].filter(([uri, etag]) => after.get(uri) !== etag);
    expect(changed.length).toBe(1);
    expect(subtreesBefore.length).toBeGreaterThan(1);
    const subtreesAfter = await subtrees();
    expect(subtreesAfter.filter((etag, at) => etag !== subtreesBefore[at])).toHaveLength(1);
    expect(given(await other.document('buildings_3d', never)).etag).not.toBe(document);
    const [uri, etag] = [...after][0] ?? ['', ''];
    expect(await other.get(addressOf(uri), never, etag)).toBe('unchanged');
  });
});

it('writes a tileset for an empty layer', async () => {
  const source = tilesetSource(new MemoryBuildings(BUILDINGS_3D_LAYER), EGM96);
  const { bytes } = given(await source.document('buildings_3d', never));
  const { root } = JSON.parse(new TextDecoder().decode(bytes));
  expect(root.children).toBeUndefined();
  expect(root.boundingVolume.region).toHaveLength(6);
});
