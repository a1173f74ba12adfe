import { expect, it } from 'vitest';
import type { Xy } from '../../geo/plane.ts';
import { facadeLevels, hearingOf } from './facade-noise.ts';
import { factorGrid, type NoiseGround } from './noise-ground.ts';
import type { NoisyLine } from './noise-sources.ts';
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
  facadeLevels(hearingOf([line], { states: line.powerPerM.length, screens }), [outline])[0] ?? [];

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

/** A short street, as good as a point. */
const SPOT: NoisyLine = {
  path: [
    [-5, 0],
    [5, 0],
  ],
  powerPerM: [HUM],
};
const levelOver = (on: NoiseGround, n = 60) =>
  facadeLevels(hearingOf([SPOT], { states: 1, screens: [], ground: on }), [block(-5, 5, n, n + 8)])[0]?.[0] ??
  0;

it('loses over meadows, and behind a ridge', () => {
  const box = [-200, -200, 200, 200] as const;
  const meadow = [
    [-200, 5],
    [200, 5],
    [200, 200],
    [-200, 200],
    [-200, 5],
  ] as const;
  const soft = levelOver({ factor: factorGrid(box, 5, [{ rings: [meadow], factor: 1 }]) });
  expect(levelOver({}) - soft).toBeGreaterThan(1);
  expect(levelOver({}) - soft).toBeLessThan(8);
  const heightOf = (row: number) => Math.max(0, 10 - Math.abs(-200 + 5 * row - 30));
  const relief = {
    ...{ origin: [-200, -200] as const, stepM: 5, columns: 81, rows: 81 },
    heights: Float32Array.from({ length: 81 * 81 }, (_, n) => heightOf(Math.floor(n / 81))),
  };
  expect(levelOver({}) - levelOver({ relief })).toBeGreaterThan(10);
  // A slope that is even bends nothing.
  const slope = { ...relief, heights: relief.heights.map((_, n) => 0.05 * Math.floor(n / 81)) };
  expect(levelOver({ relief: slope })).toBeCloseTo(levelOver({}), 0);
});

it('hears a street around the corners of a tower, not around a long block', () => {
  const behind = (halfM: number) =>
    levelOf(block(-5, 5, 60, 68), [{ outline: block(-halfM, halfM, 25, 35), heightM: 100 }], SPOT)[0] ?? 0;
  expect(behind(2) - behind(300)).toBeGreaterThan(5);
  expect(levelOver({}) - behind(2)).toBeGreaterThan(5);
});

it('hears the street once more in the façades across it: as far behind them as they are away, a fifth swallowed', () => {
  const home = block(-5, 5, 10, 18);
  const across: Screen = { outline: block(-500, 500, -20, -10), heightM: 12 };
  const louder = (levelOf(home, [across])[0] ?? 0) - (levelOf(home)[0] ?? 0);
  expect(Math.abs(louder - 10 * Math.log10(1 + 0.8 / 3))).toBeLessThan(0.25);
});

it('paints ground by its middle of each cell, holes left as they were', () => {
  const ring = (from: number, to: number) => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
    [from, from],
  ];
  const { columns, percent } = factorGrid([0, 0, 50, 50], 10, [
    { rings: [ring(0, 50)], factor: 0.5 },
    { rings: [ring(0, 50), ring(10, 40)], factor: 1 },
  ]);
  const rows = Array.from({ length: 5 }, (_, row) => [
    ...percent.subarray(row * columns, (row + 1) * columns),
  ]);
  const [rim, middle] = [
    [100, 100, 100, 100, 100],
    [100, 50, 50, 50, 100],
  ];
  expect(rows).toEqual([rim, middle, middle, middle, rim]);
});
