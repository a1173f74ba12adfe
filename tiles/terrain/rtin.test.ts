import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../test/support/sample-buildings.ts';
import { type GridMesh, meshWithin, nodeErrors } from './rtin.ts';

const SIZE = 33;
const flat = () => 0;

function hills(seed: number): Float64Array {
  const random = seededRandom(seed);
  const waves = Array.from({ length: 6 }, () => [random() * 0.6, random() * 0.6, random() * 6, random() * 8]);
  return Float64Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    return waves.reduce((sum, [a = 0, b = 0, c = 0, d = 0]) => sum + d * Math.sin(a * x + b * y + c), 0);
  });
}

function triangleList({ nodes, triangles }: GridMesh) {
  const point = (i: number) => {
    const node = nodes[triangles[i] ?? -1] ?? Number.NaN;
    return { x: node % SIZE, y: Math.floor(node / SIZE), node };
  };
  return Array.from({ length: triangles.length / 3 }, (_, t) => [
    point(3 * t),
    point(3 * t + 1),
    point(3 * t + 2),
  ]);
}

describe('the mesh of a grid', () => {
  it('covers the square once, counter-clockwise', () => {
    for (const maxError of [0, 0.5, 3, 100]) {
      const mesh = meshWithin(SIZE, nodeErrors(SIZE, hills(3), flat), maxError);
      let area = 0;
      for (const [a, b, c] of triangleList(mesh)) {
        if (!a || !b || !c) throw new Error('a triangle lacks a corner');
        const double = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
        expect(double).toBeGreaterThan(0);
        area += double / 2;
      }
      expect(area).toBe((SIZE - 1) ** 2);
    }
  });

  it('stays within the error at every node, and needs fewer triangles for more error', () => {
    const heights = hills(5);
    const errors = nodeErrors(SIZE, heights, flat);
    let before = Infinity;
    for (const maxError of [0, 0.2, 1, 5]) {
      const mesh = meshWithin(SIZE, errors, maxError);
      const triangles = triangleList(mesh);
      expect(triangles.length).toBeLessThan(before);
      before = triangles.length;
      for (const [a, b, c] of triangles) {
        if (!a || !b || !c) throw new Error('a triangle lacks a corner');
        const double = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
        for (let y = Math.min(a.y, b.y, c.y); y <= Math.max(a.y, b.y, c.y); y++) {
          for (let x = Math.min(a.x, b.x, c.x); x <= Math.max(a.x, b.x, c.x); x++) {
            const u = ((b.x - x) * (c.y - y) - (c.x - x) * (b.y - y)) / double;
            const v = ((c.x - x) * (a.y - y) - (a.x - x) * (c.y - y)) / double;
            if (u < 0 || v < 0 || u + v > 1) continue;
            const mesh =
              u * (heights[a.node] ?? 0) + v * (heights[b.node] ?? 0) + (1 - u - v) * (heights[c.node] ?? 0);
            // The hierarchy bounds the error at midpoints of long sides; errors of nested ones add up.
            expect(Math.abs(mesh - (heights[y * SIZE + x] ?? 0))).toBeLessThanOrEqual(maxError * 5 + 1e-9);
          }
        }
      }
    }
  });

  it('has no crack inside: each inner side belongs to two triangles', () => {
    const mesh = meshWithin(SIZE, nodeErrors(SIZE, hills(9), flat), 1);
    const sides = new Map<string, number>();
    for (const corners of triangleList(mesh)) {
      corners.forEach((a, i) => {
        const b = corners[(i + 1) % 3] ?? a;
        const key = [a.node, b.node].sort((p, q) => p - q).join('-');
        sides.set(key, (sides.get(key) ?? 0) + 1);
      });
    }
    for (const [key, count] of sides) {
      const [a = 0, b = 0] = key.split('-').map(Number);
      const sameColumn = a % SIZE === b % SIZE && (a % SIZE === 0 || a % SIZE === SIZE - 1);
      const [rowA, rowB] = [Math.floor(a / SIZE), Math.floor(b / SIZE)];
      const sameRow = rowA === rowB && (rowA === 0 || rowA === SIZE - 1);
      expect(count).toBe(sameColumn || sameRow ? 1 : 2);
    }
  });

  it('keeps every node of the edges even when the ground is flat', () => {
    const mesh = meshWithin(SIZE, nodeErrors(SIZE, new Float64Array(SIZE * SIZE), flat), 10);
    const nodes = new Set(mesh.nodes);
    for (let i = 0; i < SIZE; i++) {
      for (const node of [i, (SIZE - 1) * SIZE + i, i * SIZE, i * SIZE + SIZE - 1]) {
        expect(nodes.has(node)).toBe(true);
      }
    }
    expect(nodes.size).toBeLessThan(SIZE * 12);
  });

  it('keeps more nodes where the Earth curves away under a long side', () => {
    const level = new Float64Array(SIZE * SIZE);
    const plain = meshWithin(SIZE, nodeErrors(SIZE, level, flat), 1).nodes.length;
    const curved = meshWithin(
      SIZE,
      nodeErrors(SIZE, level, (span) => span / 4),
      1,
    ).nodes.length;
    expect(curved).toBeGreaterThan(plain);
  });
});
