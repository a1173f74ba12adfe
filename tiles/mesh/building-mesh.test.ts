import { describe, expect, it } from 'vitest';
import { dot } from '../../core/geo/ecef.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { sampleBuildings } from '../../test/support/sample-buildings.ts';
import { addBuilding, type BuildingMesh, emptyMesh } from './building-mesh.ts';
import type { LocalMap } from './local-map.ts';
import { surfacesOf } from './surfaces.ts';

const [house] = sampleBuildings(2).slice(1);
if (!house) throw new Error('the sample town is empty');

/** Metres from a corner near the house. */
const plain: LocalMap = (x, y, z, out, at) => {
  out[at] = x - 6_430_000;
  out[at + 1] = y - 5_808_000;
  out[at + 2] = z;
};

function meshOf(geometry: MultiPolygon, kinds: string): { mesh: BuildingMesh; dropped: number } {
  const mesh = emptyMesh();
  return { mesh, dropped: addBuilding(mesh, surfacesOf(geometry), kinds, 3, plain) };
}

const insideOut = (geometry: MultiPolygon): MultiPolygon => ({
  ...geometry,
  coordinates: geometry.coordinates.map((rings) => rings.map((ring) => [...ring].reverse())),
});

/** Volume enclosed by all triangles, positive when they face outwards. */
function volume(mesh: BuildingMesh): number {
  let six = 0;
  for (const { positions, indices } of Object.values(mesh)) {
    for (let i = 0; i < indices.length; i += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => {
        const at = 3 * (indices[i + k] ?? 0);
        return positions.slice(at, at + 3) as [number, number, number];
      });
      if (!a || !b || !c) throw new Error('an index points nowhere');
      six += dot(a, [b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0]]);
    }
  }
  return six / 6;
}

describe('the mesh of a building', () => {
  it('faces outwards, and so does that of a building given inside out', () => {
    const right = meshOf(house.geometry, house.surfaceKinds).mesh;
    const turned = meshOf(insideOut(house.geometry), house.surfaceKinds).mesh;
    expect(volume(right)).toBeGreaterThan(200);
    expect(volume(turned)).toBeCloseTo(volume(right), 3);
    for (const mesh of [right, turned]) {
      for (let i = 1; i < mesh.R.normals.length; i += 3) expect(mesh.R.normals[i]).toBeGreaterThan(0.2);
      for (let i = 1; i < mesh.G.normals.length; i += 3) expect(mesh.G.normals[i]).toBeCloseTo(-1, 6);
    }
  });

  it('lets slopes decide where kinds are missing or unknown', () => {
    const told = meshOf(house.geometry, house.surfaceKinds).mesh;
    for (const kinds of ['', 'GW', '???????']) {
      const guessed = meshOf(house.geometry, kinds).mesh;
      for (const kind of ['R', 'W', 'G', 'O'] as const) {
        expect(guessed[kind].indices.length).toBe(told[kind].indices.length);
      }
    }
  });

  it('gives every vertex the number of its building', () => {
    const { mesh } = meshOf(house.geometry, house.surfaceKinds);
    expect(new Set(Object.values(mesh).flatMap(({ features }) => features))).toEqual(new Set([3]));
  });

  it('counts the surfaces that it leaves out', () => {
    const sliver = [
      [
        [6_430_000, 5_808_000, 1],
        [6_430_001, 5_808_000, 1],
        [6_430_000, 5_808_000, 1],
      ],
    ] as const;
    const geometry: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: [...house.geometry.coordinates, sliver],
    };
    expect(meshOf(geometry, `${house.surfaceKinds}W`).dropped).toBe(1);
  });
});
