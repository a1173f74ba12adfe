import { describe, expect, it } from 'vitest';
import { randomOf } from '../../demo-city/random.ts';
import { type Disk, unionOfDisks } from './union-of-disks.ts';

/** Where the disks really lie: products of such coordinates would eat the digits. */
const FAR = { x: 6_427_000, y: 5_808_000 };
const disk = (x: number, y: number, r: number): Disk => ({ x: FAR.x + x, y: FAR.y + y, r });

/** What two equal disks share (closed form). */
const lens = (r: number, apart: number) =>
  2 * r ** 2 * Math.acos(apart / (2 * r)) - (apart / 2) * Math.sqrt(4 * r ** 2 - apart ** 2);

describe('unionOfDisks', () => {
  it.each<[string, readonly Disk[], number]>([
    ['nothing', [], 0],
    ['one', [disk(0, 0, 3)], 9 * Math.PI],
    ['two apart', [disk(0, 0, 3), disk(10, 0, 2)], 13 * Math.PI],
    ['two that touch', [disk(0, 0, 3), disk(6, 0, 3)], 18 * Math.PI],
    ['two that overlap', [disk(0, 0, 3), disk(2, 3, 3)], 18 * Math.PI - lens(3, Math.sqrt(13))],
    ['one inside another', [disk(0, 0, 3), disk(1, 1, 1)], 9 * Math.PI],
    ['the same twice', [disk(0, 0, 3), disk(0, 0, 3)], 9 * Math.PI],
    ['one without a radius', [disk(0, 0, 3), disk(1, 0, 0)], 9 * Math.PI],
    // Three in a row, the middle one over both: the outer two do not meet.
    ['a chain', [disk(0, 0, 2), disk(3, 0, 2), disk(6, 0, 2)], 12 * Math.PI - 2 * lens(2, 3)],
  ])('%s', (_, disks, area) => {
    expect(unionOfDisks(disks)).toBeCloseTo(area, 6);
  });

  it('agrees with counting points, whatever the order', () => {
    const random = randomOf(7, 'disks');
    const disks = Array.from({ length: 40 }, () =>
      disk(random.next() * 40, random.next() * 40, 0.5 + random.next() * 5),
    );
    const step = 0.15;
    let inside = 0;
    for (let x = -6; x < 46; x += step) {
      for (let y = -6; y < 46; y += step) {
        if (disks.some((each) => Math.hypot(each.x - FAR.x - x, each.y - FAR.y - y) <= each.r)) inside++;
      }
    }
    const area = unionOfDisks(disks);
    expect(Math.abs(area / (inside * step * step) - 1)).toBeLessThan(0.005);
    expect(unionOfDisks(disks.toReversed())).toBeCloseTo(area, 6);
  });
});
