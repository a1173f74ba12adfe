import { describe, expect, it } from 'vitest';
import type { Geometry } from './geometry.ts';
import { asType, structuralFault } from './structure.ts';

const RING = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
] as const;

describe('structuralFault', () => {
  it.each<Geometry>([
    { type: 'Point', coordinates: [1, 2] },
    { type: 'MultiPoint', coordinates: [[1, 2, 3]] },
    { type: 'LineString', coordinates: RING },
    { type: 'MultiLineString', coordinates: [RING] },
    { type: 'Polygon', coordinates: [RING, RING] },
    { type: 'MultiPolygon', coordinates: [[RING]] },
  ])('finds none in a whole $type', (geometry) => {
    expect(structuralFault(geometry)).toBeUndefined();
  });

  it.each<[Geometry, RegExp]>([
    [{ type: 'Point', coordinates: [Number.NaN, 2] }, /not a number/],
    [{ type: 'Point', coordinates: [1, 2, Infinity] }, /not a number/],
    [{ type: 'MultiPoint', coordinates: [] }, /no points/],
    [{ type: 'LineString', coordinates: [[1, 2]] }, /fewer than two/],
    [{ type: 'MultiLineString', coordinates: [RING, [[1, 2]]] }, /fewer than two/],
    [{ type: 'Polygon', coordinates: [] }, /no rings/],
    [{ type: 'Polygon', coordinates: [RING, RING.slice(0, 3)] }, /3 points, needs at least 4/],
    [{ type: 'Polygon', coordinates: [[...RING.slice(0, 3), [5, 5]]] }, /does not close/],
    [{ type: 'MultiPolygon', coordinates: [[RING], []] }, /no rings/],
    [{ type: 'MultiPolygon', coordinates: [] }, /no polygons/],
  ])('says what is wrong with %j', (geometry, expected) => {
    expect(structuralFault(geometry)).toMatch(expected);
  });

  it('compares heights too', () => {
    const ring = RING.map(([x, y], index) => [x, y, index === 3 ? 5 : 0] as const);
    expect(structuralFault({ type: 'Polygon', coordinates: [ring] })).toMatch(/does not close/);
  });
});

describe('asType', () => {
  it('makes a multi-geometry of one part and back', () => {
    const polygon: Geometry = { type: 'Polygon', coordinates: [RING] };
    const multi: Geometry = { type: 'MultiPolygon', coordinates: [[RING]] };
    expect(asType(polygon, 'MultiPolygon')).toEqual(multi);
    expect(asType(multi, 'Polygon')).toEqual(polygon);
    expect(asType(multi, 'MultiPolygon')).toBe(multi);
    expect(asType({ type: 'Point', coordinates: [1, 2] }, 'MultiPoint')).toEqual({
      type: 'MultiPoint',
      coordinates: [[1, 2]],
    });
    expect(asType({ type: 'LineString', coordinates: RING }, 'MultiLineString')).toEqual({
      type: 'MultiLineString',
      coordinates: [RING],
    });
  });

  it('does not bend one kind into another', () => {
    expect(asType({ type: 'MultiPolygon', coordinates: [[RING], [RING]] }, 'Polygon')).toBeUndefined();
    expect(asType({ type: 'Point', coordinates: [1, 2] }, 'MultiPolygon')).toBeUndefined();
    expect(asType({ type: 'LineString', coordinates: RING }, 'Polygon')).toBeUndefined();
  });
});
