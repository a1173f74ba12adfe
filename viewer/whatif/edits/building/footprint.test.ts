import { describe, expect, it } from 'vitest';
import { isConvex, nearest, type Place, squared } from './footprint.ts';

const E = 6_426_800;
const N = 5_808_800;
const at = (e: number, n: number): Place => [E + e, N + n];
const L_SHAPE = [at(0, 0), at(20, 0), at(20, 10), at(10, 10), at(10, 20), at(0, 20)];

describe('a footprint that is drawn', () => {
  it('turns by right angles, whichever way the first side runs', () => {
    const corners = [at(0, 0), at(8, 6)];
    const [e, n] = squared(corners, at(3, 14), 0.5);
    const [side, next] = [
      [8, 6],
      [e - E - 8, n - N - 6],
    ] as const;
    expect(side[0] * next[0] + side[1] * next[1]).toBeCloseTo(0, 6);
    expect(Math.hypot(next[0], next[1])).toBeGreaterThan(8);
  });

  it('goes on along the last side where the pointer stays near its line', () => {
    expect(squared([at(0, 0), at(10, 0)], at(18, 1), 0.5)).toEqual(at(18, 0));
  });

  it('closes a rectangle: the fourth corner stands level with the first', () => {
    const corners = [at(0, 0), at(10, 0), at(10, 6)];
    expect(squared(corners, at(0.3, 6.2), 0.5)).toEqual(at(0, 6));
    expect(squared(corners, at(2, 6.2), 0.5)).toEqual(at(2, 6));
  });

  it('leaves the first two corners as they are', () => {
    expect(squared([at(0, 0)], at(3, 4), 1)).toEqual(at(3, 4));
  });

  it('snaps to the nearest corner in reach only', () => {
    const known = [at(0, 0), at(1, 0)];
    expect(nearest(known, at(0.8, 0.1), 0.5)).toEqual(at(1, 0));
    expect(nearest(known, at(5, 5), 0.5)).toBeUndefined();
  });

  it('is bent or not, corners in the middle of a side aside', () => {
    expect(isConvex(L_SHAPE)).toBe(false);
    expect(isConvex([at(0, 0), at(5, 0), at(10, 0), at(10, 10), at(0, 10)])).toBe(true);
  });
});
