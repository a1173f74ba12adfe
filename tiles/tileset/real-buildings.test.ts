import { readFileSync } from 'node:fs';
import validator from 'gltf-validator';
import { expect, it } from 'vitest';
import type { Layer } from '../../core/feature/layer.ts';
import { CITYGML } from '../../core/formats/citygml/reader.ts';
import { crsOf, parseCrs } from '../../core/geo/crs.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { readGlb } from '../../test/support/glb-reader.ts';
import { BUILDINGS_3D_LAYER } from '../../test/support/sample-buildings.ts';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { addBuilding, emptyMesh } from '../mesh/building-mesh.ts';
import { surfacesOf } from '../mesh/surfaces.ts';
import { EGM96 } from '../terrain/egm96.ts';
import type { BuildingRow } from './building-store.ts';
import { MemoryBuildings } from './memory-buildings.ts';
import { BUILDING_TILING, tilesetSource } from './tileset-source.ts';

const never = new AbortController().signal;

async function buildingsOf(file: string): Promise<{ srid: number; rows: BuildingRow[] }> {
  async function* chunks() {
    yield readFileSync(sharedData('citygml', file), 'utf8');
  }
  const rows: BuildingRow[] = [];
  let srid = 0;
  for await (const event of CITYGML.read(chunks(), { crs: parseCrs('EPSG:25833') })) {
    if (event.kind !== 'object') continue;
    const { id, geometry, properties } = event.feature;
    srid = event.srid;
    rows.push({
      id,
      surfaces: surfacesOf(geometry as MultiPolygon),
      surfaceKinds: String(properties['surface_kinds'] ?? ''),
      properties,
    });
  }
  return { srid, rows };
}

/** Area of the polygons by Newell's formula and of the triangles made of them, in a metric frame without a map. */
function areas(row: BuildingRow): { polygons: number; triangles: number } {
  const [x0 = 0, y0 = 0] = row.surfaces.coordinates;
  const mesh = emptyMesh();
  addBuilding(mesh, row.surfaces, row.surfaceKinds, 0, (x, y, z, out, at) => {
    out[at] = x - x0;
    out[at + 1] = y - y0;
    out[at + 2] = z;
  });
  let triangles = 0;
  for (const { positions, indices } of Object.values(mesh)) {
    for (let i = 0; i < indices.length; i += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => {
        const at = 3 * (indices[i + k] ?? 0);
        return positions.slice(at, at + 3);
      }) as [number[], number[], number[]];
      triangles += Math.hypot(...cross(minus(b, a), minus(c, a))) / 2;
    }
  }
  let polygons = 0;
  let [ring, start] = [0, 0];
  for (const lastRing of row.surfaces.polygonEnds) {
    const sum = [0, 0, 0];
    let outer: number[] | undefined;
    for (; ring < lastRing; ring++) {
      const end = row.surfaces.ringEnds[ring] ?? start;
      const points = Array.from({ length: end - start }, (_, i) =>
        [...row.surfaces.coordinates.subarray(3 * (start + i), 3 * (start + i) + 3)].map(
          (value, axis) => value - ([x0, y0, 0][axis] ?? 0),
        ),
      );
      const vector = points.reduce(
        (total, p, i) => plus(total, cross(p, points[(i + 1) % points.length] ?? p)),
        [0, 0, 0],
      );
      outer ??= vector;
      // A hole takes area away, whichever way it turns.
      const sign = vector === outer || dot(vector, outer) < 0 ? 1 : -1;
      vector.forEach((value, axis) => {
        sum[axis] = (sum[axis] ?? 0) + sign * value;
      });
      start = end;
    }
    polygons += Math.hypot(...sum) / 2;
  }
  return { polygons, triangles };
}

const minus = (a: number[], b: number[]): number[] => a.map((value, i) => value - (b[i] ?? 0));
const plus = (a: number[], b: number[]): number[] => a.map((value, i) => value + (b[i] ?? 0));
const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
const cross = ([a = 0, b = 0, c = 0]: number[], [x = 0, y = 0, z = 0]: number[]): number[] => [
  b * z - c * y,
  c * x - a * z,
  a * y - b * x,
];

describeWithSharedData('real buildings as tiles', () => {
  it.each([
    ['pl-lod1-gugik-0464.gml', 6],
    ['delft-citygml2.xml', 3],
    ['LOD2_Buildings_v100.gml', 90],
    ['berlin-open-data-citygml10.gml', 20],
    ['plateau-64413325_bldg_6697_op.gml', 5],
  ])('%s: every building, every square metre, 0 errors in gltf-validator', async (file, atLeast) => {
    const { srid, rows } = await buildingsOf(file);
    expect(rows.length).toBeGreaterThanOrEqual(atLeast);
    const layer: Layer = { ...BUILDINGS_3D_LAYER, dataset: 'x', name: 'x.buildings_3d', srid };
    const store = new MemoryBuildings(layer, rows);
    const source = tilesetSource(store, EGM96);
    const ids: unknown[] = [];
    for (const { z, x, y } of await store.extents()) {
      const tile = await source.get({ layer: layer.name, grid: BUILDING_TILING, z, x, y }, never);
      if (!tile || tile === 'unchanged') throw new Error('no tile');
      const { issues } = await validator.validateBytes(tile.bytes, {
        ignoredIssues: ['UNSUPPORTED_EXTENSION'],
      });
      expect(issues.messages.filter(({ severity }) => severity < 2)).toEqual([]);
      const read = await readGlb(tile.bytes);
      ids.push(...read.rows.map(({ id }) => id));
      // Each of them can be seen and picked.
      expect(read.vertices.size).toBe(read.rows.length);
    }
    expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)));
    if (crsOf(srid).unit !== 'm') return;
    for (const row of rows) {
      const { polygons, triangles } = areas(row);
      expect([row.id, Math.abs(triangles - polygons) / polygons < 0.005]).toEqual([row.id, true]);
    }
  });
});
