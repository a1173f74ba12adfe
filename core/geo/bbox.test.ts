import { describe, expect, it } from 'vitest';
import { bboxesIntersect, bboxOf, parseBbox, reprojectBbox } from './bbox.ts';
import { transformBetween } from './crs.ts';

describe('parseBbox', () => {
  it.each([
    ['1,2,3,4', { minX: 1, minY: 2, maxX: 3, maxY: 4 }],
    [' 1 , 2 , 3 , 4 ', { minX: 1, minY: 2, maxX: 3, maxY: 4 }],
    ['1,2,9,3,4,9', { minX: 1, minY: 2, maxX: 3, maxY: 4 }],
    ['-1e3,2,3,2', { minX: -1000, minY: 2, maxX: 3, maxY: 2 }],
  ])('reads %j, easting first', (text, expected) => {
    expect(parseBbox(text, 2177, 'easting-northing')).toEqual({ ...expected, srid: 2177 });
  });

  it('turns northing first into the order of the house', () => {
    expect(parseBbox('52.1,16.8,52.5,17.1', 4326, 'northing-easting')).toEqual({
      minX: 16.8,
      minY: 52.1,
      maxX: 17.1,
      maxY: 52.5,
      srid: 4326,
    });
  });

  it.each([
    '',
    '1,2,3',
    '1,2,3,4,5',
    '1,2,3,4,5,6,7',
    '1,2,3,',
    '1,2,,4',
    'NaN,2,3,4',
    'Infinity,2,3,4',
    '1;2;3;4',
    '3,2,1,4',
    '1,4,3,2',
  ])('refuses %j', (text) => {
    expect(() => parseBbox(text, 2177, 'easting-northing', 'BBOX')).toThrow(
      expect.objectContaining({ kind: 'invalid-parameter', parameter: 'BBOX' }),
    );
  });
});

describe('bboxesIntersect', () => {
  const box = (minX: number, minY: number, maxX: number, maxY: number) => ({
    minX,
    minY,
    maxX,
    maxY,
    srid: 2177,
  });

  it('counts shared edges and corners', () => {
    expect(bboxesIntersect(box(0, 0, 1, 1), box(1, 1, 2, 2))).toBe(true);
    expect(bboxesIntersect(box(0, 0, 1, 1), box(1.1, 0, 2, 1))).toBe(false);
    expect(bboxesIntersect(box(0, 0, 1, 1), box(0, -1, 1, -0.1))).toBe(false);
  });
});

describe('bboxOf', () => {
  it('surrounds every position', () => {
    expect(
      bboxOf(
        {
          type: 'LineString',
          coordinates: [
            [3, 4, 100],
            [1, 9],
          ],
        },
        2177,
      ),
    ).toEqual({
      minX: 1,
      minY: 4,
      maxX: 3,
      maxY: 9,
      srid: 2177,
    });
  });

  it('is undefined for nothing', () => {
    expect(bboxOf({ type: 'MultiPolygon', coordinates: [] }, 2177)).toBeUndefined();
  });
});

describe('reprojectBbox', () => {
  it('contains every point of the box', () => {
    const box = { minX: 16.7, minY: 52.3, maxX: 17.1, maxY: 52.5, srid: 4326 };
    const around = reprojectBbox(box, 2177);
    const transform = transformBetween(4326, 2177);
    for (let i = 0; i <= 8; i++) {
      for (let j = 0; j <= 8; j++) {
        const [x, y] = transform([16.7 + (i * 0.4) / 8, 52.3 + (j * 0.2) / 8]);
        expect(x).toBeGreaterThanOrEqual(around.minX);
        expect(x).toBeLessThanOrEqual(around.maxX);
        expect(y).toBeGreaterThanOrEqual(around.minY);
        expect(y).toBeLessThanOrEqual(around.maxY);
      }
    }
  });

  it('is the same box in the same CRS', () => {
    const box = { minX: 1, minY: 2, maxX: 3, maxY: 4, srid: 2177 };
    expect(reprojectBbox(box, 2177)).toBe(box);
  });
});
