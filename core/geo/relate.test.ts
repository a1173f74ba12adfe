import { describe, expect, it } from 'vitest';
import type { Geometry, Polygon, Position } from './geometry.ts';
import { distanceBetween, geometriesIntersect, relate } from './relate.ts';

const box = (x0: number, y0: number, x1: number, y1: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
      [x0, y0],
    ],
  ],
});
const line = (...coordinates: Position[]): Geometry => ({ type: 'LineString', coordinates });
const point = (x: number, y: number): Geometry => ({ type: 'Point', coordinates: [x, y] });

/** The matrix as the standard writes it, row by row. */
function matrix(a: Geometry, b: Geometry): string {
  const places = ['interior', 'boundary', 'exterior'] as const;
  const relation = relate(a, b);
  return places
    .flatMap((p) => places.map((q) => relation[`${p}/${q}`]))
    .map((dimension) => (dimension < 0 ? 'F' : String(dimension)))
    .join('');
}

const ringWithHole: Polygon = {
  type: 'Polygon',
  coordinates: [...box(0, 0, 10, 10).coordinates, ...box(3, 3, 6, 6).coordinates],
};

// Expected values from PostGIS 3.3 (ST_Relate).
describe('relate', () => {
  it.each([
    ['apart', box(0, 0, 1, 1), box(2, 2, 3, 3), 'FF2FF1212'],
    ['overlapping', box(0, 0, 2, 2), box(1, 1, 3, 3), '212101212'],
    ['sharing an edge', box(0, 0, 1, 1), box(1, 0, 2, 1), 'FF2F11212'],
    ['sharing a corner', box(0, 0, 1, 1), box(1, 1, 2, 2), 'FF2F01212'],
    ['inside', box(1, 1, 2, 2), box(0, 0, 3, 3), '2FF1FF212'],
    ['inside along an edge', box(0, 1, 2, 2), box(0, 0, 3, 3), '2FF11F212'],
    ['equal, other direction', box(0, 0, 1, 1), reversed(box(0, 0, 1, 1)), '2FFF1FFF2'],
    ['filling a hole', box(3, 3, 6, 6), ringWithHole, 'FF2F1F212'],
    ['inside a hole', box(4, 4, 5, 5), ringWithHole, 'FF2FF1212'],
  ])('tells how two areas lie: %s', (_, a, b, expected) => {
    expect(matrix(a, b)).toBe(expected);
  });

  it.each([
    ['a line through an area', line([-1, 1], [5, 1]), box(0, 0, 2, 2), '101FF0212'],
    ['a line in an area', line([0.5, 1], [1, 1]), box(0, 0, 2, 2), '1FF0FF212'],
    ['a line on an edge', line([0, 0], [2, 0]), box(0, 0, 2, 2), 'F1FF0F212'],
    ['lines that cross', line([0, 0], [2, 2]), line([0, 2], [2, 0]), '0F1FF0102'],
    ['lines end to end', line([0, 0], [1, 1]), line([1, 1], [2, 0]), 'FF1F00102'],
    ['lines along each other', line([0, 0], [2, 0]), line([1, 0], [3, 0]), '1010F0102'],
    ['a point in an area', point(1, 1), box(0, 0, 2, 2), '0FFFFF212'],
    ['a point on an edge', point(0, 1), box(0, 0, 2, 2), 'F0FFFF212'],
    ['a point on a line', point(1, 1), line([0, 0], [2, 2]), '0FFFFF102'],
    ['a point at the end of a line', point(0, 0), line([0, 0], [2, 2]), 'F0FFFF102'],
    ['points', point(1, 1), point(1, 1), '0FFFFFFF2'],
  ])('tells how lines and points lie: %s', (_, a, b, expected) => {
    expect(matrix(a, b)).toBe(expected);
  });

  it('keeps its head at coordinates of a Polish zone', () => {
    const [e, n] = [6_426_123.37, 5_807_654.91];
    const parcel = box(e, n, e + 20.11, n + 31.07);
    const neighbour = box(e + 20.11, n, e + 40.5, n + 31.07);
    expect(matrix(parcel, neighbour)).toBe('FF2F11212');
  });
});

describe('geometriesIntersect', () => {
  it('counts a shared border', () => {
    expect(geometriesIntersect(box(0, 0, 1, 1), box(1, 0, 2, 1))).toBe(true);
    expect(geometriesIntersect(box(0, 0, 1, 1), box(1.0001, 0, 2, 1))).toBe(false);
  });

  it('sees one inside the other, either way round', () => {
    expect(geometriesIntersect(box(0, 0, 9, 9), box(3, 3, 4, 4))).toBe(true);
    expect(geometriesIntersect(box(3, 3, 4, 4), box(0, 0, 9, 9))).toBe(true);
    expect(geometriesIntersect(line([3, 3], [4, 4]), box(0, 0, 9, 9))).toBe(true);
    expect(geometriesIntersect(box(0, 0, 9, 9), point(3, 3))).toBe(true);
    expect(geometriesIntersect(box(4, 4, 5, 5), ringWithHole)).toBe(false);
  });

  it('sees edges that cross although no vertex lies inside', () => {
    expect(geometriesIntersect(box(0, 1, 9, 2), box(1, 0, 2, 9))).toBe(true);
  });

  it('takes a corner that rounding put beside a slanted side for what it is, as PostGIS does', () => {
    const corner = point(6_426_129, 5_807_661.9);
    const slanted = line([6_426_129.9, 5_807_661.7], [6_426_123.6, 5_807_663.1]);
    expect(geometriesIntersect(corner, slanted)).toBe(false);
  });

  it('looks beyond envelopes', () => {
    const diagonal = line([0, 0], [10, 10]);
    expect(geometriesIntersect(diagonal, box(6, 1, 9, 4))).toBe(false);
  });
});

describe('distanceBetween', () => {
  it.each([
    [box(0, 0, 1, 1), box(4, 5, 6, 6), 5],
    [box(0, 0, 9, 9), point(3, 3), 0],
    [line([0, 0], [10, 0]), point(4, 3), 3],
    [ringWithHole, point(4.5, 4), 1],
  ])('is measured between the nearest parts', (a, b, expected) => {
    expect(distanceBetween(a, b)).toBeCloseTo(expected, 12);
  });
});

function reversed(polygon: Polygon): Polygon {
  return { type: 'Polygon', coordinates: polygon.coordinates.map((ring) => ring.toReversed()) };
}
