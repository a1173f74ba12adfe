import { expect, it } from 'vitest';
import type { Xy } from '../../geo/plane.ts';
import { facadeLevels } from './facade-noise.ts';

/** 80 dB(A) by metre, all of it at 1 kHz. */
const STREET = {
  path: [
    [-2000, 0],
    [2000, 0],
  ] as readonly Xy[],
  powerPerM: [-99, -99, -99, -99, 80, -99, -99, -99],
};
const wallAt = (n: number): readonly Xy[] => [
  [0, n],
  [10, n],
  [10, n + 8],
  [0, n + 8],
  [0, n],
];

it('falls off from a long street as from a line: 3 dB with each doubling, in closed form over hard ground', () => {
  const [near, far] = facadeLevels([STREET], [wallAt(10), wallAt(20)]);
  // Of a line over hard ground: Lw' + 3 − 10 lg(4 π d) + 10 lg π, at 4 m height.
  const closed = (d: number) => 80 + 3 - 10 * Math.log10(4 * Math.hypot(d, 4)) - 0.1;
  expect(Math.abs((near ?? 0) - closed(10))).toBeLessThan(0.6);
  expect(Math.abs((far ?? 0) - closed(20))).toBeLessThan(0.6);
  expect(facadeLevels([STREET], [wallAt(1000)])).toEqual([null]);
});

it('gains 3 dB when the traffic doubles', () => {
  const doubled = { ...STREET, powerPerM: STREET.powerPerM.map((level) => level + 10 * Math.log10(2)) };
  const [once] = facadeLevels([STREET], [wallAt(15)]);
  const [twice] = facadeLevels([doubled], [wallAt(15)]);
  expect((twice ?? 0) - (once ?? 0)).toBeCloseTo(3, 1);
});
