import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type decoder from '@here/quantized-mesh-decoder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transformBetween } from '../../core/geo/crs.ts';
import { constantUndulation } from '../../core/geo/geoid.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { type ShapedGround, shapedGround } from '../../core/scenario/shaped-ground.ts';
import { shapeTerrainSchema } from '../../core/wire/edits/terrain.ts';
import type { DocumentSource } from '../source.ts';
import { tileRectangle, tilesOver } from './geographic-tiles.ts';
import { type OpenTerrain, openTerrain } from './open-terrain.ts';
import { maxErrorM } from './terrain-tile.ts';
import { writeDtm } from './write-dtm.ts';

// The package is CommonJS with a default export.
const { default: decode } = createRequire(import.meta.url)('@here/quantized-mesh-decoder') as {
  default: typeof decoder;
};
const never = new AbortController().signal;
const UNDULATION_M = 35;
const E = 6_429_900;
const N = 5_808_000;
const square = (halfM: number, e = E, n = N): Xy[] => [
  [e - halfM, n - halfM],
  [e + halfM, n - halfM],
  [e + halfM, n + halfM],
  [e - halfM, n + halfM],
];
const shape = (more: object): ShapedGround =>
  shapedGround(
    shapeTerrainSchema.parse({ kind: 'shape-terrain', outline: square(60), sideRun: 2, ...more }),
    60,
  );
const hill = (e: number, n: number): number => 75 + 6 * Math.sin((e - E) / 180) * Math.cos((n - N) / 260);

/** The same ground in the cadastral CRS and in that of the state. */
describe.each([
  ['in the CRS of the shapes', 2177],
  ['in another CRS', 2180],
])('shaped ground over a model %s', (_, srid) => {
  let folder: string;
  let terrain: OpenTerrain;
  const toDtm = transformBetween(2177, srid);
  const fromDtm = transformBetween(srid, 2177);
  const toLonLat = transformBetween(2177, 4326);
  const toStore = transformBetween(4326, 2177);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shaped-'));
    const path = join(folder, 'dtm.tif');
    const [x, y] = toDtm([E, N]);
    const extent = { minX: x - 700, minY: y - 700, maxX: x + 700, maxY: y + 700, srid };
    const heightM = (e: number, n: number): number => {
      const [easting, northing] = fromDtm([e, n]);
      return hill(easting, northing);
    };
    writeFileSync(path, writeDtm({ extent, cellM: 5, heightM }));
    terrain = await openTerrain(path, constantUndulation(UNDULATION_M));
  });
  afterAll(async () => {
    await terrain.close();
    rmSync(folder, { recursive: true });
  });

  const withShapes = (...shapes: ShapedGround[]): DocumentSource =>
    terrain.shaped(async () => ({ shapes, srid: 2177 }), terrain.source);
  const tileAt = (z: number, place: Xy) => {
    const [lon, lat] = toLonLat(place);
    const { startX: x, startY: y } = tilesOver(z, { west: lon, east: lon, south: lat, north: lat });
    return { layer: 'terrain', grid: 'geographic', z, x, y };
  };
  async function made(source: DocumentSource, id: ReturnType<typeof tileAt>) {
    const tile = await source.get(id, never);
    if (!tile || tile === 'unchanged') throw new Error('no tile');
    return tile;
  }
  /** Corners of a mesh as a decoder of others reads it. */
  function corners({ bytes }: { bytes: Uint8Array }, { z, x, y }: ReturnType<typeof tileAt>) {
    const { vertexData, header } = decode(bytes.slice().buffer);
    const count = vertexData.length / 3;
    const { west, south, east, north } = tileRectangle(z, x, y);
    const { minHeight = 0, maxHeight = 0 } = header;
    return Array.from({ length: count }, (_, i) => {
      const [u = 0, v = 0, h = 0] = [0, 1, 2].map((k) => (vertexData[k * count + i] ?? 0) / 32_767);
      const [e, n] = toStore([west + (east - west) * u, south + (north - south) * v]);
      return { place: [e, n] as Xy, heightM: minHeight + (maxHeight - minHeight) * h - UNDULATION_M, u, v };
    });
  }
  const farOut = ([e, n]: Xy): number => Math.max(Math.abs(e - E), Math.abs(n - N)) - 60;

  it('is level where it was levelled, and as before where it was not', async () => {
    const id = tileAt(16, [E, N]);
    const [before, made16] = [
      corners(await made(terrain.source, id), id),
      corners(await made(withShapes(shape({ heightM: 82 })), id), id),
    ];
    const inside = made16.filter(({ place }) => farOut(place) < -1);
    expect(inside.length).toBeGreaterThan(0);
    for (const { heightM } of inside) expect(heightM).toBeCloseTo(82, 1);
    const outside = made16.filter(({ place }) => farOut(place) > 30);
    for (const { place, heightM } of outside) expect(Math.abs(heightM - hill(...place))).toBeLessThan(0.3);
    expect(before.every(({ heightM }) => heightM < 81.5)).toBe(true);
  });

  it('changes tiles that it touches, and of all others neither validator nor bytes', async () => {
    const source = withShapes(shape({ byM: -4 }));
    for (const z of [8, 12, 14, 16]) {
      for (const east of [-500, -300, -150, 0, 100, 250, 500]) {
        const id = tileAt(z, [E + east, N]);
        const { west, east: eastern, south, north } = tileRectangle(id.z, id.x, id.y);
        const [a, b] = [toStore([west, south]), toStore([eastern, north])];
        const isUnder = a[0] < E + 60 && b[0] > E - 60 && a[1] < N + 60 && b[1] > N - 60;
        const isFar = a[0] > E + 140 || b[0] < E - 140 || a[1] > N + 140 || b[1] < N - 140;
        const [plain, shaped] = [await made(terrain.source, id), await made(source, id)];
        if (isUnder) expect([id, shaped.etag === plain.etag]).toEqual([id, false]);
        if (isFar) expect([id, shaped]).toEqual([id, plain]);
        expect(await source.get(id, never, shaped.etag)).toBe('unchanged');
      }
    }
  });

  it('has the same heights on the edges that tiles share', async () => {
    const source = withShapes(shape({ heightM: 60 }), shape({ byM: 3, outline: square(30, E + 80, N) }));
    const left = tileAt(15, [E, N]);
    const right = { ...left, x: left.x + 1 };
    const [one, other] = [
      corners(await made(source, left), left).filter(({ u }) => u === 1),
      corners(await made(source, right), right).filter(({ u }) => u === 0),
    ];
    const heights = new Map(other.map(({ v, heightM }) => [v, heightM]));
    const shared = one.filter(({ v }) => heights.has(v));
    expect(shared.length).toBeGreaterThan(1);
    for (const { v, heightM } of shared) expect(heightM).toBeCloseTo(heights.get(v) ?? Number.NaN, 1);
  });

  it('reaches above and below all that the model has', async () => {
    const id = tileAt(16, [E, N]);
    for (const heightM of [-20, 240]) {
      const mesh = corners(await made(withShapes(shape({ heightM, sideRun: 0 })), id), id);
      const inside = mesh.filter(({ place }) => farOut(place) < -1);
      for (const corner of inside) expect(corner.heightM).toBeCloseTo(heightM, 1);
      expect(inside.length).toBeGreaterThan(0);
    }
  });

  it('names another version in layer.json as long as there is a shape', async () => {
    const versionOf = async (source: DocumentSource) => {
      const document = await source.document('terrain', never);
      if (!document || document === 'unchanged') throw new Error('no document');
      return [JSON.parse(new TextDecoder().decode(document.bytes)).version, document.etag];
    };
    const base = await versionOf(terrain.source);
    expect(await versionOf(withShapes())).toEqual(base);
    const [one, two] = [
      await versionOf(withShapes(shape({ byM: 1 }))),
      await versionOf(withShapes(shape({ byM: 2 }))),
    ];
    expect(new Set([base[0], one[0], two[0]]).size).toBe(3);
  });

  it('is what buildings stand on, and what earth is counted against', async () => {
    const pad = shape({ heightM: 82 });
    const lowest = (shapes: ShapedGround[]) => terrain.lowestM(square(10), { shapes, srid: 2177 });
    expect(await lowest([])).toBeCloseTo(Math.min(...square(10).map(([e, n]) => hill(e, n))), 0);
    expect(await lowest([pad])).toBeCloseTo(82, 2);
    expect(await lowest([pad, shape({ byM: -3 })])).toBeCloseTo(79, 2);
    const first = await terrain.earthwork(shape({ heightM: 82, sideRun: 0 }), { shapes: [], srid: 2177 });
    // 120 m × 120 m, some 7 m high: the hill is as much above 75 m as below it.
    expect(first?.fillM3).toBeGreaterThan(0.99 * 120 * 120 * 7);
    expect(first?.fillM3).toBeLessThan(1.01 * 120 * 120 * 7);
    const again = await terrain.earthwork(shape({ heightM: 82, sideRun: 0 }), {
      shapes: [shape({ heightM: 82, sideRun: 0 })],
      srid: 2177,
    });
    expect([again?.cutM3, again?.fillM3]).toEqual([0, 0]);
  });

  it('keeps the mesh within the error of its level', async () => {
    const pad = shape({ heightM: 82, sideRun: 5 });
    for (const z of [14, 15, 16]) {
      const id = tileAt(z, [E, N]);
      const middle = corners(await made(withShapes(pad), id), id).filter(({ place }) => farOut(place) < -1);
      for (const { heightM } of middle) expect(Math.abs(heightM - 82)).toBeLessThan(maxErrorM(z) + 0.05);
    }
  });
});
