import { expect, it } from 'vitest';
import type { Xy } from '../../geo/plane.ts';
import { facadeLevels, type NoisyLine } from './facade-noise.ts';
import type { Screen } from './screens.ts';

/** By metre, 80 dB(A), all of it at 1 kHz. */
const HUM = [-99, -99, -99, -99, 80, -99, -99, -99];
const STREET: NoisyLine = {
  path: [
    [-2000, 0],
    [2000, 0],
  ],
  powerPerM: [HUM],
};
const block = (w: number, e: number, s: number, n: number): readonly Xy[] => [
  [w, s],
  [e, s],
  [e, n],
  [w, n],
  [w, s],
];
const wallAt = (n: number) => block(0, 10, n, n + 8);
const levelOf = (outline: readonly Xy[], screens: readonly Screen[] = [], line = STREET) =>
  facadeLevels([line], [outline], { states: line.powerPerM.length, screens })[0] ?? [];

it('falls off from a long street as from a line: 3 dB with each doubling, in closed form over hard ground', () => {
  // Of a line over hard ground: Lw' + 3 − 10 lg(4 π d) + 10 lg π, at 4 m height.
  const closed = (d: number) => 80 + 3 - 10 * Math.log10(4 * Math.hypot(d, 4)) - 0.1;
  for (const d of [10, 20]) expect(Math.abs((levelOf(wallAt(d))[0] ?? 0) - closed(d))).toBeLessThan(0.6);
  expect(levelOf(wallAt(1000))).toEqual([null]);
});

it('tells of two states at once what each alone would be: 3 dB more where traffic doubles', () => {
  const doubled = HUM.map((level) => level + 10 * Math.log10(2));
  const [once = 0, twice = 0] = levelOf(wallAt(15), [], { ...STREET, powerPerM: [HUM, doubled] }) as number[];
  expect(twice - once).toBeCloseTo(3, 1);
  expect(levelOf(wallAt(15), [], { ...STREET, powerPerM: [doubled, null] })).toEqual([twice, null]);
});

it('is quieter behind a row of houses, the more so the higher they are, and as loud as before beside a gap in it', () => {
  const behind = wallAt(60);
  const row = (heightM: number): Screen[] => [{ outline: block(-1000, 1000, 20, 30), heightM }];
  const open = levelOf(behind)[0] ?? 0;
  const [low = 0, high = 0] = [4, 15].map((heightM) => levelOf(behind, row(heightM))[0] ?? 0);
  expect(open - low).toBeGreaterThan(5);
  expect(low - high).toBeGreaterThan(3);
  expect(open - high).toBeLessThan(25);
  const gap: Screen[] = [
    { outline: block(-1000, -200, 20, 30), heightM: 15 },
    { outline: block(200, 1000, 20, 30), heightM: 15 },
  ];
  expect(open - (levelOf(behind, gap)[0] ?? 0)).toBeLessThan(1);
});

it('hears no street through the house itself', () => {
  const house = wallAt(15);
  const alone = levelOf(house);
  expect(levelOf(house, [{ outline: house, heightM: 8 }])).toEqual(alone);
});
