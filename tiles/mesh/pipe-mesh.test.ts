import { describe, expect, it } from 'vitest';
import type { LaidLine } from '../../core/analysis/dig/laid-line.ts';
import type { MeshGroup } from './building-mesh.ts';
import type { LocalMap } from './local-map.ts';
import { addPipe, addShaft } from './pipe-mesh.ts';

const asItIs: LocalMap = (x, y, z, out, at) => {
  [out[at], out[at + 1], out[at + 2]] = [x, y, z];
};
const empty = (): MeshGroup => ({ positions: [], normals: [], features: [], indices: [] });
const pipe = (axis: LaidLine['axis'], widthM = 1): LaidLine => ({
  ...{ axis, widthM, heightM: widthM, isSizeKnown: true, heightSource: 'heights', heightBoundM: 0.2 },
});
const drawn = (axis: LaidLine['axis'], widthM = 1) => {
  const group = empty();
  addPipe(group, pipe(axis, widthM), 7, asItIs);
  return group;
};

const corner = ({ positions }: MeshGroup, vertex: number) => positions.slice(3 * vertex, 3 * vertex + 3);

/** By the divergence theorem: right only where every triangle looks outwards and none is missing. */
function volume(group: MeshGroup): number {
  let six = 0;
  for (let i = 0; i < group.indices.length; i += 3) {
    const [a = [], b = [], c = []] = [0, 1, 2].map((k) => corner(group, group.indices[i + k] ?? 0));
    const [[ax = 0, ay = 0, az = 0], [bx = 0, by = 0, bz = 0], [cx = 0, cy = 0, cz = 0]] = [a, b, c];
    six += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return six / 6;
}

/** Area of the regular polygon in a circle of diameter 1. */
const areaOf = (sides: number) => (sides / 8) * Math.sin((2 * Math.PI) / sides);

describe('a pipe', () => {
  it('is a closed tube whose volume is that of its cross-section along its axis', () => {
    expect(
      volume(
        drawn([
          [0, 0, 5],
          [10, 0, 5],
        ]),
      ),
    ).toBeCloseTo(10 * areaOf(8), 6);
    expect(
      volume(
        drawn(
          [
            [3, 3, 0],
            [3, -17, -2],
          ],
          0.5,
        ),
      ),
    ).toBeCloseTo(20 * 0.25 * areaOf(8), 6);
  });

  it('keeps its width round a bend', () => {
    const square = volume(
      drawn([
        [0, 0, 0],
        [10, 0, 0],
        [10, 10, 0],
      ]),
    );
    expect(square).toBeCloseTo(20 * areaOf(8), 3);
  });

  it('stays whole where it turns back upon itself or repeats a place', () => {
    const group = drawn([
      [0, 0, 0],
      [0, 0, 0],
      [5, 0, 0],
      [1, 0, 0],
    ]);
    expect(group.positions.every(Number.isFinite)).toBe(true);
    expect(group.normals.every(Number.isFinite)).toBe(true);
  });

  it('is nothing where it has no length', () => {
    expect(
      drawn([
        [1, 2, 3],
        [1, 2, 3],
      ]).indices,
    ).toEqual([]);
  });

  it('has normals of length one that look away from its axis, and its number at every vertex', () => {
    const group = drawn([
      [0, 0, 5],
      [10, 0, 5],
    ]);
    for (let vertex = 0; vertex < group.features.length; vertex++) {
      const [x = 0, y = 0, z = 0] = group.normals.slice(3 * vertex, 3 * vertex + 3);
      expect(Math.hypot(x, y, z)).toBeCloseTo(1, 9);
      const [, up = 0, south = 0] = corner(group, vertex);
      expect(y * (up - 5) + z * south).toBeGreaterThanOrEqual(-1e-9);
    }
    expect(new Set(group.features)).toEqual(new Set([7]));
  });
});

it('a shaft is a closed cylinder from its bottom to its top', () => {
  const group = empty();
  addShaft(group, { at: [4, 4], topM: 3, bottomM: 1, diameterM: 1 }, 0, asItIs);
  expect(volume(group)).toBeCloseTo(2 * areaOf(12), 6);
  const heights = group.positions.filter((_, i) => i % 3 === 1);
  expect([Math.min(...heights), Math.max(...heights)]).toEqual([1, 3]);
});
