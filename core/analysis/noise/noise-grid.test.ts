import { expect, it } from 'vitest';
import { isInside, signedArea, type Xy } from '../../geo/plane.ts';
import { hearingOf } from './facade-noise.ts';
import { areasAt } from './noise-bands.ts';
import { EVEN_DB, gridLevels, noiseFrame } from './noise-grid.ts';
import type { NoisyLine } from './noise-sources.ts';

const HUM = [-99, -99, -99, -99, 80, -99, -99, -99];
const STREET: NoisyLine = {
  path: [
    [-1000, 0],
    [1000, 0],
  ],
  powerPerM: [HUM],
};
const HOUSE = [
  [40, 30],
  [80, 30],
  [80, 70],
  [40, 70],
  [40, 30],
] as const satisfies readonly Xy[];
const FRAME = noiseFrame([-100, -100, 100, 100], { mostPlaces: 1_700, finestM: 2 });
const town = hearingOf([STREET], { states: 1, screens: [{ outline: HOUSE, heightM: 12 }] });
const levels = gridLevels(town, FRAME)[0] ?? [];
const at = (e: number, n: number) => {
  const [column, row] = [(e + 100) / FRAME.stepM, (n + 100) / FRAME.stepM];
  return levels[row * FRAME.columns + column];
};

it('chooses its step by the area, and never a finer one than is allowed', () => {
  expect(FRAME).toEqual({ origin: [-100, -100], stepM: 5, columns: 41, rows: 41 });
  expect(noiseFrame([0, 0, 10, 10], { mostPlaces: 1_000, finestM: 10 })).toMatchObject({
    stepM: 10,
    columns: 2,
  });
});

it('tells the noise in the open as at a place of its own, and none within a house', () => {
  const alone = (e: number, n: number) => {
    const heard = town.openAt([e, n]);
    const power = (town.directAt([e, n], heard)[0] ?? 0) + (town.mirroredAt([e, n], heard)[0] ?? 0);
    return 10 * Math.log10(power);
  };
  for (const [e, n] of [
    [-60, 20],
    [-95, -95],
    [60, 90],
    [35, 50],
  ] as const) {
    expect(Math.abs((at(e, n) ?? 0) - alone(e, n))).toBeLessThanOrEqual(EVEN_DB + 0.1);
  }
  expect(at(60, 50)).toBeNull();
  expect((at(-60, 90) ?? 0) - (at(60, 90) ?? 0)).toBeGreaterThan(3);
});

it('draws isophones around what is as loud, louder ones within quieter ones, holes left open', () => {
  const [quiet, loud] = [60, 70].map((db) => areasAt(FRAME, levels, db)) as [
    ReturnType<typeof areasAt>,
    ReturnType<typeof areasAt>,
  ];
  const areaOf = (areas: ReturnType<typeof areasAt>) =>
    areas.reduce(
      (sum, rings) =>
        sum + rings.reduce((all, ring, k) => all + (k === 0 ? 1 : -1) * Math.abs(signedArea(ring)), 0),
      0,
    );
  expect(areaOf(loud)).toBeGreaterThan(100);
  expect(areaOf(quiet)).toBeGreaterThan(areaOf(loud));
  const isIn = (areas: ReturnType<typeof areasAt>, place: Xy) =>
    areas.some(
      ([outer, ...holes]) => outer && isInside(outer, place) && !holes.some((hole) => isInside(hole, place)),
    );
  for (let row = 2; row < FRAME.rows - 2; row++) {
    for (let column = 2; column < FRAME.columns - 2; column++) {
      const level = levels[row * FRAME.columns + column];
      if (level === null || level === undefined || Math.abs(level - 60) < 0.05) continue;
      expect(
        isIn(quiet, [-100 + column * FRAME.stepM + 0.01, -100 + row * FRAME.stepM + 0.01]),
        `${column} ${row}`,
      ).toBe(level >= 60);
    }
  }
});
