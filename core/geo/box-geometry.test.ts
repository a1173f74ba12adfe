import { describe, expect, it } from 'vitest';
import type { Bbox } from './bbox.ts';
import { boxGeometry } from './box-geometry.ts';
import { transformBetween } from './crs.ts';
import { type Position, positionsOf } from './geometry.ts';
import { geometriesIntersect } from './relate.ts';

const box = (minX: number, minY: number, maxX: number, maxY: number, srid: number): Bbox => ({
  minX,
  minY,
  maxX,
  maxY,
  srid,
});
const point = (coordinates: Position) => ({ type: 'Point', coordinates }) as const;

describe('boxGeometry in the same CRS', () => {
  it('is the box itself, or what is left of it without area', () => {
    expect(boxGeometry(box(1, 2, 3, 4, 2177), 2177)).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [1, 2],
          [3, 2],
          [3, 4],
          [1, 4],
          [1, 2],
        ],
      ],
    });
    expect(boxGeometry(box(1, 2, 3, 2, 2177), 2177)).toMatchObject({ type: 'LineString' });
    expect(boxGeometry(box(1, 2, 1, 2, 2177), 2177)).toEqual(point([1, 2]));
  });
});

describe('boxGeometry in another CRS', () => {
  it.each([2180, 4326, 3857, 25833])(
    'tells inside from outside by the box of EPSG:%i to a millimetre',
    (srid) => {
      const toOther = transformBetween(2177, srid);
      const [x0, y0] = toOther([6_420_000, 5_800_000]);
      const [x1, y1] = toOther([6_440_000, 5_815_000]);
      const bbox = box(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1), srid);
      const shape = boxGeometry(bbox, 2177);
      if (!shape) return expect.unreachable();
      const back = transformBetween(srid, 2177);
      const metre = srid === 4326 ? 1e-5 : 1;
      // Along each edge: 3 mm inside is in, 3 mm outside is out (half a millimetre is granted for rounding).
      for (let i = 1; i < 40; i++) {
        const t = i / 40;
        const x = bbox.minX + t * (bbox.maxX - bbox.minX);
        const y = bbox.minY + t * (bbox.maxY - bbox.minY);
        const d = 0.003 * metre;
        const pairs: readonly (readonly [Position, Position])[] = [
          [
            [x, bbox.minY + d],
            [x, bbox.minY - d],
          ],
          [
            [x, bbox.maxY - d],
            [x, bbox.maxY + d],
          ],
          [
            [bbox.minX + d, y],
            [bbox.minX - d, y],
          ],
          [
            [bbox.maxX - d, y],
            [bbox.maxX + d, y],
          ],
        ];
        for (const [inside, outside] of pairs) {
          expect(geometriesIntersect(point(back(inside)), shape)).toBe(true);
          expect(geometriesIntersect(point(back(outside)), shape)).toBe(false);
        }
      }
    },
  );

  it.each([
    box(-180, -90, 180, 90, 4326),
    box(-1e12, -1e12, 1e12, 1e12, 3857),
    box(-1e12, -1e12, 1e12, 1e12, 2180),
    box(-1e12, -1e12, 1e12, 1e12, 2177),
  ])('holds the city for a box around everything: %j', (bbox) => {
    for (const srid of [2177, 2180, 3857, 4326, 25833]) {
      const shape = boxGeometry(bbox, srid);
      if (!shape) return expect.unreachable();
      const city = point(transformBetween(2177, srid)([6_427_000, 5_808_000]));
      expect(geometriesIntersect(city, shape)).toBe(true);
      for (const [x, y] of positionsOf(shape)) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
    }
  });

  it.each([
    box(100, -50, 110, -40, 4326),
    box(1e12, 1e12, 2e12, 2e12, 2180),
    box(-9e6, -9e6, -8e6, -8e6, 3857),
  ])('is nothing for a box beyond the domain: %j', (bbox) => {
    expect(boxGeometry(bbox, 2177)).toBeUndefined();
  });

  it('stays small', () => {
    const shape = boxGeometry(box(-180, -90, 180, 90, 4326), 2177);
    expect(shape && [...positionsOf(shape)].length).toBeLessThan(1_100);
    const street = boxGeometry(box(16.93, 52.4, 16.931, 52.401, 4326), 2177);
    expect(street && [...positionsOf(street)].length).toBe(5);
  });
});
