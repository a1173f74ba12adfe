import { describe, expect, it } from 'vitest';
import { randomOf } from '../demo-city/random.ts';
import type { Xy } from '../geo/plane.ts';
import { shapeTerrainSchema } from '../wire/edits/terrain.ts';
import { countEarthwork } from './earthwork.ts';
import { groundShaped, type HeightAt, shapedGround } from './shaped-ground.ts';

const E = 6_427_000;
const N = 5_808_000;
const ring = (...corners: Xy[]) => corners.map(([x, y]): [number, number] => [E + x, N + y]);
const PAD = ring([0, 0], [20, 0], [20, 10], [0, 10]);
const shape = (more: object) =>
  shapedGround(shapeTerrainSchema.parse({ kind: 'shape-terrain', outline: PAD, ...more }));
const flat: HeightAt = () => 70;
const at = (x: number, y: number): Xy => [E + x, N + y];
/** Rises one metre in ten to the east. */
const eastward: HeightAt = ([e]) => 70 + (e - E) / 10;

/** Within what is said of the count, and that within a hundredth. */
function count(ground: HeightAt, more: object) {
  const counted = countEarthwork(ground, shape(more));
  if (!counted) throw new Error('the ground is not known');
  expect(counted.errorM3).toBeLessThan(0.01 * (counted.cutM3 + counted.fillM3) + 0.1);
  return counted;
}
const near = (value: number) => ({ from: value * 0.99 - 0.1, to: value * 1.01 + 0.1 });
function expectNear(value: number, wanted: number) {
  const { from, to } = near(wanted);
  expect([value, wanted, value >= from && value <= to]).toEqual([value, wanted, true]);
}

describe('a shape of the ground', () => {
  it('is level inside, runs out at its sides and leaves the rest as it was', () => {
    const made = groundShaped(flat, [shape({ heightM: 72, sideRun: 1.5 })]);
    expect(made(at(10, 5))).toBe(72);
    expect(made(at(21.5, 5))).toBeCloseTo(71, 9);
    expect(made(at(20 + 1.5 / Math.SQRT2, 10 + 1.5 / Math.SQRT2))).toBeCloseTo(71, 6);
    expect(made(at(23.01, 5))).toBe(70);
    expect(groundShaped(flat, [shape({ heightM: 72, sideRun: 0 })])(at(20.01, 5))).toBe(70);
  });

  it('falls as its slope says, from the height in its middle', () => {
    const made = groundShaped(flat, [shape({ heightM: 72, slope: { percent: 10, towardsDeg: 90 } })]);
    expect(made(at(10, 5))).toBeCloseTo(72, 9);
    expect(made(at(20, 5))).toBeCloseTo(71, 6);
    expect(made(at(0.01, 5))).toBeCloseTo(73, 2);
    const north = groundShaped(flat, [shape({ heightM: 72, slope: { percent: 10, towardsDeg: 0 } })]);
    expect(north(at(10, 9.99))).toBeCloseTo(71.5, 2);
  });

  it('follows the ground by a depth, and lies over the shapes before it', () => {
    const pit = shape({ byM: -3, sideRun: 0 });
    expect(groundShaped(eastward, [pit])(at(10, 5))).toBeCloseTo(68, 9);
    const bank = shape({ heightM: 80, sideRun: 0 });
    expect(groundShaped(eastward, [bank, pit])(at(10, 5))).toBeCloseTo(77, 9);
    expect(groundShaped(eastward, [pit, bank])(at(10, 5))).toBeCloseTo(80, 9);
  });

  it('gives unknown ground a height only where its surface lies', () => {
    const made = groundShaped(() => Number.NaN, [shape({ heightM: 72 })]);
    expect(made(at(10, 5))).toBe(72);
    expect(made(at(21, 5))).toBeNaN();
    expect(countEarthwork(() => Number.NaN, shape({ byM: -1 }))).toBeUndefined();
  });
});

describe('earthwork', () => {
  // 200 m² of platform; sides are wedges along 60 m and quarters of a cone at the corners.
  const sides = (h: number, run: number) => (60 * h * h * run) / 2 + (Math.PI * (run * h) ** 2 * h) / 3;
  it.each([
    ['a platform between walls', { heightM: 72, sideRun: 0 }, 0, 400],
    ['a platform with banks', { heightM: 72, sideRun: 1.5 }, 0, 400 + sides(2, 1.5)],
    ['a pit with banks', { heightM: 67, sideRun: 2 }, 600 + sides(3, 2), 0],
    ['a pit that follows the ground', { byM: -3, sideRun: 2 }, 600 + sides(3, 2), 0],
    // A wedge of 10 m by 1 m on each side of the middle, 10 m wide.
    [
      'a slope through its middle',
      { heightM: 70, slope: { percent: 10, towardsDeg: 90 }, sideRun: 0 },
      50,
      50,
    ],
  ])('of %s is what geometry says', (_, more, cutM3, fillM3) => {
    const counted = count(flat, more);
    const swapped = 'slope' in more ? [counted.fillM3, counted.cutM3] : [counted.cutM3, counted.fillM3];
    expectNear(swapped[0] ?? 0, cutM3);
    expectNear(swapped[1] ?? 0, fillM3);
  });

  it('of a level platform half way up a slope is balanced', () => {
    const { cutM3, fillM3, lowestM, highestM } = count(eastward, { heightM: 71, sideRun: 0 });
    expectNear(cutM3, 50);
    expectNear(fillM3, 50);
    expect([lowestM, highestM]).toEqual([71, 71]);
  });

  it('runs its sides down a falling slope until they meet it, and says when they do not', () => {
    // West of the platform the ground falls by 1 in 10, its bank by 1 in 2: they meet at 1 + d / 10 = d / 2.
    const west = count(eastward, { heightM: 71, sideRun: 2 });
    expect(west.reachM).toBeGreaterThan(2.4);
    expect(west.reachM).toBeLessThan(3.5);
    expect(west.meetsGround).toBe(true);
    const steep: HeightAt = ([e]) => 70 + (e - E);
    expect(count(steep, { heightM: 80, sideRun: 2 }).meetsGround).toBe(false);
  });

  it('never moves more than lies between the old and the new ground (property)', () => {
    const random = randomOf(7, 'earthwork');
    for (let i = 0; i < 20; i++) {
      const heightM = 66 + random.next() * 8;
      const { cutM3, fillM3, errorM3 } = count(eastward, { heightM, sideRun: 0 });
      // Along the platform the ground rises from 70 to 72.
      const balance = (heightM - 71) * 200;
      expect(Math.abs(fillM3 - cutM3 - balance)).toBeLessThanOrEqual(
        0.01 * Math.abs(balance) + errorM3 + 0.5,
      );
    }
  });
});

describe('the edit', () => {
  it.each([
    ['neither height nor depth', {}, /either heightM/],
    ['both', { heightM: 70, byM: 1 }, /either heightM/],
    ['a slope of what follows the ground', { byM: 1, slope: { percent: 1, towardsDeg: 0 } }, /no slope/],
  ])('with %s is refused', (_, more, message) => {
    const read = shapeTerrainSchema.safeParse({ kind: 'shape-terrain', outline: PAD, ...more });
    expect(read.error?.message).toMatch(message);
  });

  it('with an outline across itself is refused and says where', () => {
    const outline = ring([0, 0], [10, 10], [10, 0], [0, 10]);
    expect(() => shape({ outline, heightM: 70 })).toThrow(/ground to shape is drawn across itself/);
  });
});
