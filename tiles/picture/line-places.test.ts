import { describe, expect, it } from 'vitest';
import { areaPlace } from './label-places.ts';
import { joinedLines, lettersAlong } from './line-places.ts';
import type { PixelShapes } from './pixel-shapes.ts';
import { TakenRoom } from './taken-room.ts';

const shapes = (...runs: readonly (readonly number[])[]): PixelShapes => {
  let end = 0;
  return {
    positions: Float64Array.from(runs.flat()),
    ends: Int32Array.from(runs.map((run) => (end += run.length))),
    features: Int32Array.of(runs.length),
  };
};
const section = (...run: readonly number[]) => ({ shapes: shapes(run), feature: 0 });

describe('a name along a line', () => {
  it('runs over sections that meet, whichever way each was drawn', () => {
    const [line, ...others] = joinedLines([
      section(0, 0, 50, 0),
      section(200, 0, 100, 0),
      section(50, 0, 100, 0),
    ]);
    expect([line?.length, others.length]).toEqual([200, 0]);
  });

  it('can be read from left to right on lines of either direction', () => {
    for (const ends of [
      [0, 0, 100, 10],
      [100, 10, 0, 0],
    ]) {
      const [line] = joinedLines([section(...ends)]);
      const letters = line && lettersAlong(line, ['a', 'b', 'c'], [10, 10, 10], 50);
      expect(letters?.map(({ letter }) => letter).join('')).toBe('abc');
      const xs = letters?.map(({ x }) => x) ?? [];
      expect(xs).toEqual(xs.toSorted((a, b) => a - b));
      expect(letters?.every(({ angle }) => Math.cos(angle) > 0.9)).toBe(true);
    }
  });

  it('is not bent around a corner', () => {
    const [line] = joinedLines([section(0, 0, 50, 0, 50, 50)]);
    expect(line && lettersAlong(line, ['a', 'b', 'c'], [10, 10, 10], 50)).toBeUndefined();
    expect(line && lettersAlong(line, ['a', 'b', 'c'], [10, 10, 10], 20)).toHaveLength(3);
  });
});

describe('a label in an area', () => {
  const view = { widthPx: 100, heightPx: 100 };

  it('lies in the widest part, beside a hole, not in it', () => {
    const ring = [10, 10, 90, 10, 90, 50, 10, 50];
    const hole = [60, 12, 20, 12, 20, 48, 60, 48];
    const place = areaPlace(shapes(ring, hole), 0, view);
    expect(place?.x).toBeGreaterThan(60);
    expect(place?.roomPx).toBeCloseTo(30);
  });

  it('lies in the part that is seen of an area far larger than the picture', () => {
    const place = areaPlace(shapes([-5000, -5000, 60, -5000, 60, 5000, -5000, 5000]), 0, view);
    expect([place?.x, place?.y]).toEqual([30, 50]);
  });
});

it('room is given once', () => {
  const taken = new TakenRoom();
  const box = { minX: 50, minY: 50, maxX: 90, maxY: 70 };
  expect(taken.take([box])).toBe(true);
  expect(taken.take([{ ...box, minX: 85, maxX: 100 }])).toBe(false);
  expect(taken.take([{ ...box, minX: 90, maxX: 130 }])).toBe(true);
});
