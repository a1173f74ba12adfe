import { describe, expect, it } from 'vitest';
import { measurePlane } from './plane-measures.ts';

const square = (side: number, e = 6_430_000, n = 5_808_000) =>
  [
    [e, n],
    [e + side, n],
    [e + side, n + side],
    [e, n + side],
    [e, n],
  ] as const;

describe('measuring in the plane', () => {
  it('takes holes off the area and adds them to the perimeter', () => {
    const measured = measurePlane({
      type: 'Polygon',
      coordinates: [square(20.5), square(2, 6_430_004, 5_808_004)],
    });
    expect(measured?.areaM2).toBeCloseTo(20.5 ** 2 - 4, 6);
    expect(measured?.perimeterM).toBeCloseTo(4 * 20.5 + 8, 6);
  });

  it('measures no lines', () => {
    expect(
      measurePlane({
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      }),
    ).toBeUndefined();
  });
});
