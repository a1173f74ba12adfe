import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type decoder from '@here/quantized-mesh-decoder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transformBetween } from '../../core/geo/crs.ts';
import { dot, enuAxes, geodeticToEcef } from '../../core/geo/ecef.ts';
import { constantUndulation } from '../../core/geo/geoid.ts';
import type { DocumentSource } from '../source.ts';
import { EGM96 } from './egm96.ts';
import { tileRectangle, tilesOver } from './geographic-tiles.ts';
import { type OpenTerrain, openTerrain } from './open-terrain.ts';
import { maxErrorM } from './terrain-tile.ts';
import { writeDtm } from './write-dtm.ts';

// The package is CommonJS with a default export.
const { default: decode } = createRequire(import.meta.url)('@here/quantized-mesh-decoder') as {
  default: typeof decoder;
};
const never = new AbortController().signal;
const extent = { minX: 6_428_000, minY: 5_806_000, maxX: 6_432_000, maxY: 5_810_000, srid: 2177 };
const [lon0, lat0] = transformBetween(2177, 4326)([6_429_900, 5_808_000]);
const CENTRE = { lon: lon0, lat: lat0 };
const hill = (e: number, n: number): number =>
  75 + 20 * Math.sin((e - extent.minX) / 180) * Math.cos((n - extent.minY) / 260);

async function tile(source: DocumentSource, z: number, x: number, y: number) {
  const made = await source.get({ layer: 'terrain', grid: 'geographic', z, x, y }, never);
  if (!made || made === 'unchanged') throw new Error(`no tile ${z}/${x}/${y}`);
  const { buffer } = made.bytes.slice();
  const mesh = decode(buffer);
  const count = mesh.vertexData.length / 3;
  const { minHeight = 0, maxHeight = 0 } = mesh.header;
  const box = tileRectangle(z, x, y);
  const vertex = (i: number) => {
    const [u = 0, v = 0, h = 0] = [0, 1, 2].map((k) => mesh.vertexData[k * count + i]);
    return {
      u,
      v,
      h,
      lon: box.west + ((box.east - box.west) * u) / 32_767,
      lat: box.south + ((box.north - box.south) * v) / 32_767,
      heightM: minHeight + ((maxHeight - minHeight) * h) / 32_767,
      normal: [...(mesh.extensions.vertexNormals?.subarray(2 * i, 2 * i + 2) ?? [])],
    };
  };
  const vertices = Array.from({ length: count }, (_, i) => vertex(i));
  return { bytes: made.bytes, etag: made.etag, mesh, vertices };
}

/** Height of the mesh at a place inside the tile. */
function meshHeight({ mesh, vertices }: Awaited<ReturnType<typeof tile>>, u: number, v: number): number {
  const { triangleIndices: t } = mesh;
  for (let i = 0; i < t.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => vertices[t[i + k] ?? -1]);
    if (!a || !b || !c) throw new Error('an index points nowhere');
    const double = (b.u - a.u) * (c.v - a.v) - (c.u - a.u) * (b.v - a.v);
    const p = ((b.u - u) * (c.v - v) - (c.u - u) * (b.v - v)) / double;
    const q = ((c.u - u) * (a.v - v) - (a.u - u) * (c.v - v)) / double;
    if (p >= 0 && q >= 0 && p + q <= 1) return p * a.heightM + q * b.heightM + (1 - p - q) * c.heightM;
  }
  throw new Error('a place in the tile is in no triangle');
}

const tileAt = (z: number, lon: number, lat: number) => {
  const { startX, startY } = tilesOver(z, { west: lon, east: lon, south: lat, north: lat });
  return [z, startX, startY] as const;
};

describe('terrain over a model', () => {
  let folder: string;
  let terrain: OpenTerrain;
  let source: DocumentSource;
  const toStore = transformBetween(4326, 2177);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'terrain-'));
    const path = join(folder, 'dtm.tif');
    writeFileSync(path, writeDtm({ extent, cellM: 5, heightM: hill }));
    terrain = await openTerrain(path, EGM96);
    source = terrain.source;
  });
  afterAll(async () => {
    await terrain.close();
    rmSync(folder, { recursive: true });
  });

  it('says exactly which tiles exist: all of those, and no others', async () => {
    const made = await source.document('terrain', never);
    if (!made || made === 'unchanged') throw new Error('no layer.json');
    const layer = JSON.parse(new TextDecoder().decode(made.bytes));
    expect(layer.format).toBe('quantized-mesh-1.0');
    expect(layer.maxzoom).toBe(16);
    expect(layer.available).toHaveLength(17);
    expect(layer.available[0]).toEqual([{ startX: 0, startY: 0, endX: 1, endY: 0 }]);
    for (const z of [0, 5, 6, 12, 16]) {
      const [{ startX, startY, endX, endY }] = layer.available[z];
      const get = (x: number, y: number) =>
        source.get({ layer: 'terrain', grid: 'geographic', z, x, y }, never);
      expect(await get(startX, startY)).toBeDefined();
      expect(await get(endX, endY)).toBeDefined();
      expect(await get(startX - 1, startY)).toBeUndefined();
      expect(await get(endX, endY + 1)).toBeUndefined();
    }
    expect(
      await source.get({ layer: 'terrain', grid: 'geographic', z: 17, x: 0, y: 0 }, never),
    ).toBeUndefined();
  });

  it('stands at the height of the model plus the undulation, within the error of the level', async () => {
    for (const z of [13, 14, 15, 16]) {
      const here = await tile(source, ...tileAt(z, CENTRE.lon, CENTRE.lat));
      const rectangle = tileRectangle(...tileAt(z, CENTRE.lon, CENTRE.lat));
      let worst = 0;
      for (let i = 0.5; i < 24; i++) {
        for (let j = 0.5; j < 24; j++) {
          const [lon, lat] = [
            rectangle.west + ((rectangle.east - rectangle.west) * i) / 24,
            rectangle.south + ((rectangle.north - rectangle.south) * j) / 24,
          ];
          const [e, n] = toStore([lon, lat]);
          const expected = hill(e, n) + EGM96.undulationM(lon, lat);
          const actual = meshHeight(here, (i / 24) * 32_767, (j / 24) * 32_767);
          worst = Math.max(worst, Math.abs(actual - expected));
        }
      }
      expect(worst).toBeLessThan(maxErrorM(z) * 2 + 0.1);
      if (z === 16) expect(worst).toBeLessThan(0.5);
    }
  });

  it('shares edges with its neighbours to the last bit, normals included', async () => {
    const edge = ({ vertices }: Awaited<ReturnType<typeof tile>>, axis: 'u' | 'v', value: number) =>
      vertices
        .filter((vertex) => vertex[axis] === value)
        .map(({ u, v, h, normal }) => [axis === 'u' ? v : u, h, ...normal])
        .sort(([a = 0], [b = 0]) => a - b);
    for (const z of [3, 5, 9, 11, 13, 16]) {
      const [, x, y] = tileAt(z, CENTRE.lon, CENTRE.lat);
      // At coarse levels the neighbours must exist; at fine ones they lie in the city.
      const here = await tile(source, z, x, y);
      const east = await tile(source, z, x + 1, y).catch(() => undefined);
      const north = await tile(source, z, x, y + 1).catch(() => undefined);
      if (east) {
        expect(edge(here, 'u', 32_767)).toEqual(edge(east, 'u', 0));
        expect(here.mesh.header['minHeight']).toBe(east.mesh.header['minHeight']);
        expect(here.mesh.header['maxHeight']).toBe(east.mesh.header['maxHeight']);
      }
      if (north) expect(edge(here, 'v', 32_767)).toEqual(edge(north, 'v', 0));
      if (z <= 5 || z >= 13) expect(east && north).toBeDefined();
      expect(edge(here, 'u', 32_767)).toHaveLength(65);
    }
  });

  it('lists on each edge the vertices that lie there', async () => {
    const { mesh, vertices } = await tile(source, ...tileAt(14, CENTRE.lon, CENTRE.lat));
    for (const [indices, axis, value] of [
      [mesh.westIndices, 'u', 0],
      [mesh.southIndices, 'v', 0],
      [mesh.eastIndices, 'u', 32_767],
      [mesh.northIndices, 'v', 32_767],
    ] as const) {
      expect(new Set(indices)).toEqual(
        new Set([...vertices.keys()].filter((i) => vertices[i]?.[axis] === value)),
      );
    }
  });

  it('has normals that point up where it is flat and lean away from a slope', async () => {
    const flat = await openTerrain(undefined, constantUndulation(35));
    const level = await tile(flat.source, 5, 35, 25);
    const { lon, lat, normal } = level.vertices[200] ?? {};
    const [x = 0, y = 0] = (normal ?? []).map((byte) => (byte / 255) * 2 - 1);
    const z = 1 - Math.abs(x) - Math.abs(y);
    const folded =
      z < 0 ? [(1 - Math.abs(y)) * (x < 0 ? -1 : 1), (1 - Math.abs(x)) * (y < 0 ? -1 : 1)] : [x, y];
    const length = Math.hypot(folded[0] ?? 0, folded[1] ?? 0, z);
    const decoded = [(folded[0] ?? 0) / length, (folded[1] ?? 0) / length, z / length] as const;
    expect(dot(decoded, enuAxes(lon ?? 0, lat ?? 0).up)).toBeGreaterThan(0.999);
  });

  it('is enclosed by its sphere and faces outwards', async () => {
    for (const z of [0, 4, 12, 16]) {
      const { mesh, vertices } = await tile(source, ...tileAt(z, CENTRE.lon, CENTRE.lat));
      const h = mesh.header;
      const points = vertices.map(({ lon, lat, heightM }) => geodeticToEcef(lon, lat, heightM));
      for (const [x, y, w] of points) {
        const distance = Math.hypot(
          x - (h['boundingSphereCenterX'] ?? 0),
          y - (h['boundingSphereCenterY'] ?? 0),
          w - (h['boundingSphereCenterZ'] ?? 0),
        );
        // Quantised corners stray by the step of u and v.
        expect(distance).toBeLessThanOrEqual((h['boundingSphereRadius'] ?? 0) * 1.001 + 1);
      }
      for (let i = 0; i < mesh.triangleIndices.length; i += 3) {
        const [a, b, c] = [0, 1, 2].map((k) => vertices[mesh.triangleIndices[i + k] ?? -1]);
        if (!a || !b || !c) throw new Error('an index points nowhere');
        expect((b.u - a.u) * (c.v - a.v) - (c.u - a.u) * (b.v - a.v)).toBeGreaterThan(0);
      }
    }
  });

  it('falls to the geoid outside the model without a cliff', async () => {
    const [z, x, y] = tileAt(8, CENTRE.lon, CENTRE.lat);
    const { vertices } = await tile(source, z, x, y);
    const far = vertices.filter(({ lon, lat }) => {
      const [e, n] = toStore([lon, lat]);
      return Math.hypot(e - 6_430_000, n - 5_808_000) > 12_000;
    });
    expect(far.length).toBeGreaterThan(100);
    for (const { lon, lat, heightM } of far) {
      expect(Math.abs(heightM - EGM96.undulationM(lon, lat))).toBeLessThan(0.05);
    }
  });

  it('answers "unchanged" to who has it, and another validator when the model changes', async () => {
    const [z, x, y] = tileAt(14, CENTRE.lon, CENTRE.lat);
    const { etag } = await tile(source, z, x, y);
    const id = { layer: 'terrain', grid: 'geographic', z, x, y };
    expect(await source.get(id, never, etag)).toBe('unchanged');
    const other = join(folder, 'other.tif');
    writeFileSync(other, writeDtm({ extent, cellM: 10, heightM: hill }));
    const changed = await openTerrain(other, EGM96);
    expect((await tile(changed.source, z, x, y)).etag).not.toBe(etag);
    await changed.close();
  });
});

describe('terrain without a model', () => {
  it('is flat on the geoid and says so', async () => {
    const { source, hasModel } = await openTerrain(join(tmpdir(), 'no-such-dtm.tif'), EGM96);
    expect(hasModel).toBe(false);
    const made = await source.document('terrain', never);
    if (!made || made === 'unchanged') throw new Error('no layer.json');
    const layer = JSON.parse(new TextDecoder().decode(made.bytes));
    expect(layer.description).toMatch(/No terrain model is configured: flat on the geoid, undulation EGM96/);
    expect(layer.maxzoom).toBe(5);
    const { vertices } = await tile(source, ...tileAt(5, 16.9, 52.4));
    for (const { lon, lat, heightM } of vertices) {
      expect(Math.abs(heightM - EGM96.undulationM(lon, lat))).toBeLessThan(0.1);
    }
  });

  it('bends with the Earth at the coarsest level', async () => {
    const { source } = await openTerrain(undefined, constantUndulation(0));
    const { mesh } = await tile(source, 0, 0, 0);
    expect(mesh.triangleIndices.length / 3).toBeGreaterThan(500);
  });
});
