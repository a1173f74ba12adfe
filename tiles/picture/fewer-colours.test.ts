import { expect, it } from 'vitest';
import { reduceColours } from './fewer-colours.ts';

/** Smooth shades on white with one thin line of a colour of its own. */
const shaded = () =>
  Uint32Array.from({ length: 10_000 }, (_, i) => {
    const shade = i % 1_000;
    return i >= 9_990 ? 0xff0000ff : (0xff000000 | (shade % 256) | ((shade >> 2) << 8) | (0xff << 16)) >>> 0;
  });

it('leaves at most so many colours, none of them far off, and a thin line in its own', () => {
  const words = shaded();
  const before = words.slice();
  expect(new Set(before).size).toBeGreaterThan(900);
  const worst = reduceColours(words, 256);
  expect(new Set(words).size).toBeLessThanOrEqual(256);
  expect(worst).toBeLessThanOrEqual(16);
  expect(words.slice(9_990)).toEqual(before.slice(9_990));
});

it('leaves a picture of few colours as it is', () => {
  const words = Uint32Array.of(1, 2, 3, 2, 1);
  expect(reduceColours(words, 3)).toBe(0);
  expect([...words]).toEqual([1, 2, 3, 2, 1]);
});
