import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../test/support/sample-buildings.ts';
import { triangulate } from './triangulate.ts';

type Point = [number, number, number];

function facet(...rings: Point[][]) {
  const coordinates: number[] = [];
  const ends: [number, number][] = [];
  for (const ring of rings) {
    const start = coordinates.length / 3;
    coordinates.push(...ring.flat());
    ends.push([start, coordinates.length / 3]);
  }
  return triangulate(Float64Array.from(coordinates), ends);
}

/** Area of the triangles and their common normal, from the corners alone. */
function measure(made: NonNullable<ReturnType<typeof facet>>) {
  const at = (i: number): Point => [0, 1, 2].map((k) => made.corners[3 * i + k] ?? 0) as Point;
  let area = 0;
  let worst = 1;
  for (let t = 0; t < made.triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => at(made.triangles[t + k] ?? 0)) as [Point, Point, Point];
    const [u, v] = [b.map((x, k) => x - (a[k] ?? 0)), c.map((x, k) => x - (a[k] ?? 0))] as [Point, Point];
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as Point;
    const length = Math.hypot(...n);
    area += length / 2;
    if (length > 1e-9) {
      worst = Math.min(
        worst,
        n.reduce((sum, x, k) => sum + (x * (made.normal[k] ?? 0)) / length, 0),
      );
    }
  }
  return { area, worst };
}

const square: Point[] = [
  [0, 0, 5],
  [10, 0, 5],
  [10, 10, 5],
  [0, 10, 5],
  [0, 0, 5],
];
const hole: Point[] = [
  [3, 3, 5],
  [3, 7, 5],
  [7, 7, 5],
  [7, 3, 5],
  [3, 3, 5],
];

describe('triangulation of surfaces', () => {
  it('keeps area and facing of a roof with a hole', () => {
    const made = facet(square, hole);
    expect(made?.normal).toEqual([0, 0, 1]);
    expect(made && measure(made)).toEqual({ area: 84, worst: 1 });
  });

  it('faces the other way when the ring turns the other way', () => {
    const made = facet([...square].reverse());
    expect(made?.normal).toEqual([0, 0, -1]);
    expect(made && measure(made).worst).toBeCloseTo(1, 12);
  });

  it('keeps area and facing of walls and slopes in every direction', () => {
    const random = seededRandom(7);
    for (let i = 0; i < 300; i++) {
      const [a, b] = [random() * 6.28, random() * 3.14];
      // An L-shaped polygon, turned in space about two axes.
      const shape = [
        [0, 0],
        [8, 0],
        [8, 3],
        [3, 3],
        [3, 9],
        [0, 9],
      ].map(([x = 0, y = 0]): Point => {
        const [x1, y1] = [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];
        return [x1, y1 * Math.cos(b), y1 * Math.sin(b) + 100];
      });
      const made = facet(shape);
      const measured = made && measure(made);
      expect(measured?.area).toBeCloseTo(42, 9);
      expect(measured?.worst).toBeCloseTo(1, 9);
    }
  });

  it('takes open rings and drops repeated corners', () => {
    const made = facet([
      [0, 0, 0],
      [0, 0, 0.00001],
      [4, 0, 0],
      [4, 0, 0],
      [4, 4, 0],
      [0, 4, 0],
    ]);
    expect(made?.corners.length).toBe(12);
    expect(made && measure(made).area).toBeCloseTo(16, 9);
  });

  it('has no triangles for points, lines, slivers and rings without numbers', () => {
    expect(facet([[1, 1, 1]])).toBeUndefined();
    expect(facet([])).toBeUndefined();
    expect(
      facet([
        [0, 0, 0],
        [5, 5, 5],
        [9, 9, 9],
        [0, 0, 0],
      ]),
    ).toBeUndefined();
    expect(
      facet([
        [0, 0, 0],
        [0.001, 0, 0],
        [0.001, 0.001, 0],
      ]),
    ).toBeUndefined();
    expect(
      facet([
        [Number.NaN, 0, 0],
        [1, Number.NaN, 0],
        [1, 1, Number.NaN],
      ]),
    ).toBeUndefined();
  });

  it('leaves out a hole that is no ring but keeps the surface', () => {
    const made = facet(square, [
      [5, 5, 5],
      [5, 5, 5],
      [6, 5, 5],
    ]);
    expect(made && measure(made).area).toBe(100);
  });
});
