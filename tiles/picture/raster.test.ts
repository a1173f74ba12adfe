import { describe, expect, it } from 'vitest';
import { CLEAR, WHITE } from './colour.ts';
import { Raster } from './raster.ts';

const BLACK = { r: 0, g: 0, b: 0, a: 1 };
const coverage = (raster: Raster): readonly number[] =>
  Array.from({ length: raster.widthPx * raster.heightPx }, (_, i) => (raster.pixels[i * 4 + 3] ?? 0) / 255);

/** Share of each pixel within a shape, by many samples. */
function sampled(
  width: number,
  height: number,
  inside: (x: number, y: number) => boolean,
): readonly number[] {
  const n = 40;
  return Array.from({ length: width * height }, (_, i) => {
    let hits = 0;
    for (let k = 0; k < n * n; k++) {
      const x = (i % width) + ((k % n) + 0.5) / n;
      const y = Math.floor(i / width) + (Math.floor(k / n) + 0.5) / n;
      if (inside(x, y)) hits++;
    }
    return hits / (n * n);
  });
}

function isInside(ring: readonly number[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = [ring[i], ring[i + 1], ring[j], ring[j + 1]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

describe('a raster', () => {
  it.each([
    ['a triangle', [2.3, 1.2, 37.7, 5.9, 11.1, 18.6]],
    ['a sliver', [0.5, 0.5, 39.5, 2.2, 39.5, 2.4]],
    ['a shape beyond all edges', [-50, 3.3, 20.5, -40, 90, 9.1, 21, 60]],
  ])('covers of %s exactly its area in every pixel', (_, ring) => {
    const raster = new Raster(40, 20, CLEAR);
    raster.outline(ring);
    raster.sweep(BLACK);
    const expected = sampled(40, 20, (x, y) => isInside(ring, x, y));
    const wrong = coverage(raster).filter((value, i) => Math.abs(value - (expected[i] ?? 0)) > 0.03);
    expect(wrong).toEqual([]);
  });

  it('leaves no seam between neighbours and forgets a shape once it is painted', () => {
    const raster = new Raster(40, 20, CLEAR);
    raster.outline([0, 0, 13.3, 0, 25.9, 20, 0, 20]);
    raster.outline([13.3, 0, 40, 0, 40, 20, 25.9, 20]);
    raster.sweep(BLACK);
    expect(new Set(coverage(raster))).toEqual(new Set([1]));
    raster.outline([1, 1, 2, 1, 2, 2, 1, 2]);
    raster.sweep(WHITE);
    const white = Array.from(raster.pixels).filter((value, i) => i % 4 === 0 && value === 255);
    expect(white).toHaveLength(1);
  });

  it('takes positions that are no numbers, or far away, without harm', () => {
    const raster = new Raster(8, 8, CLEAR);
    raster.outline([Number.NaN, 1, 3, 3, 5, Number.NaN]);
    raster.outline([1e12, 1e12, -1e12, 3, Number.POSITIVE_INFINITY, 5]);
    raster.sweep(BLACK);
    raster.outline([0, 0, 8, 0, 8, 8, 0, 8]);
    raster.sweep(BLACK);
    expect(new Set(coverage(raster))).toEqual(new Set([1]));
  });
});
