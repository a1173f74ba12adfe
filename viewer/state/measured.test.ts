import { afterEach, describe, expect, it } from 'vitest';
import {
  addMeasurePoint,
  cancelMeasure,
  finishMeasure,
  measurement,
  startMeasure,
  stopMeasure,
  undoMeasurePoint,
} from './measure.ts';
import { measuredOf } from './measured.ts';
import { metresPerPixel } from './twin-state.ts';

const corner = (east: number, north: number, heightM?: number) => ({
  at: [6_430_000 + east, 5_808_000 + north] as const,
  ...(heightM === undefined ? {} : { heightM }),
});
const triangle = [corner(0, 0), corner(30, 0), corner(30, 40)];

describe('what the points of a measurement say', () => {
  it('adds up the parts of a line, and closes those of an area', () => {
    expect(measuredOf(triangle, false)).toMatchObject({
      segmentsM: [30, 40],
      lengthM: 70,
      areaM2: undefined,
    });
    expect(measuredOf(triangle, true)).toMatchObject({ segmentsM: [30, 40, 50], lengthM: 120, areaM2: 600 });
  });

  it('gives the ellipsoid a little more than the plane so near the axis of the zone', () => {
    const result = measuredOf([corner(0, 0), corner(0, 1000)], false);
    expect(result?.scaleFactor).toBeCloseTo(0.999983, 6);
    expect(result?.ellipsoidLengthM).toBeCloseTo(1000 / (result?.scaleFactor ?? 0), 3);
  });

  it('rises from the first to the last point, and knows no height where one is missing', () => {
    const up = measuredOf([corner(0, 0, 80), corner(3, 0, 84)], false);
    expect(up).toMatchObject({ riseM: 4, slopeLengthM: 5, lengthM: 3 });
    expect(measuredOf([corner(0, 0, 80), corner(3, 0)], false)).toMatchObject({
      riseM: undefined,
      slopeLengthM: undefined,
    });
  });
});

describe('a measurement', () => {
  afterEach(() => {
    stopMeasure();
    metresPerPixel.value = 1;
  });
  const count = () => measurement.value?.points.length;

  it('takes both clicks of a double click as one point, and begins anew after its end', () => {
    metresPerPixel.value = 0.1;
    startMeasure('distance');
    for (const point of [...triangle, corner(30.1, 40)]) addMeasurePoint(point);
    finishMeasure();
    expect(measurement.value).toMatchObject({ points: triangle, finished: true });
    addMeasurePoint(corner(5, 5));
    expect(measurement.value).toMatchObject({ points: [corner(5, 5)], finished: false });
  });

  it('does not end an area with two corners; takes back the last point, then Esc clears and leaves', () => {
    startMeasure('area');
    for (const point of triangle) addMeasurePoint(point);
    undoMeasurePoint();
    finishMeasure();
    expect(measurement.value).toMatchObject({ points: triangle.slice(0, 2), finished: false });
    cancelMeasure();
    expect(count()).toBe(0);
    cancelMeasure();
    expect(measurement.value).toBeUndefined();
  });

  it('ends a height with its second point', () => {
    startMeasure('height');
    addMeasurePoint(corner(0, 0, 80));
    addMeasurePoint(corner(0, 0, 92.5));
    expect(measurement.value?.finished).toBe(true);
  });
});
