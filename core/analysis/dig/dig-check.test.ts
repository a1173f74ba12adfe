import { describe, expect, it } from 'vitest';
import { provisionAt } from '../../law/law.ts';
import type { DayLaw } from '../parcel-check/rule.ts';
import { checkDig } from './dig-check.ts';
import type { DigLine } from './dig-facts.ts';
import { laidLine } from './laid-line.ts';

const law: DayLaw = { day: '2026-06-30', provision: (id) => provisionAt(id, '2026-06-30') };
/** Ground that rises one metre on a hundred to the east. */
const slope = ([e]: readonly [number, number]) => 80 + e / 100;
/** A pit of 4 by 4 m. */
const PIT = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
] as [number, number][];

const line = (given: Partial<DigLine>): DigLine => ({
  ...{ id: 'x', network: 'water', lineType: null, role: 'main', state: 'built', material: null },
  ...{ course: 'underground', flow: null, diameterMm: 200, widthMm: null, heightMm: null },
  ...{ depthM: null, startHeightM: null, endHeightM: null, builtYear: 2020, positionSource: 'O' },
  path: [
    [-10, 2],
    [14, 2],
  ],
  ...given,
});
const check = (lines: DigLine[], asked = {}, groundM: typeof slope = slope) =>
  checkDig({ outline: PIT, depthM: 1.5, clearanceM: 1, ...asked }, { lines, devices: [], groundM }, law);
const only = (given: Partial<DigLine>, asked = {}) => check([line(given)], asked).lines[0];

describe('where a line lies', () => {
  it('runs straight between its two levelled ends, and its axis half its height below the top', () => {
    const laid = laidLine(line({ startHeightM: 78, endHeightM: 79 }), slope);
    expect(laid).toMatchObject({
      heightSource: 'heights',
      heightBoundM: 0.2,
      widthM: 0.2,
      isSizeKnown: true,
    });
    expect(laid?.axis[0]?.[2]).toBeCloseTo(77.9, 9);
    expect(laid?.axis.at(-1)?.[2]).toBeCloseTo(78.9, 9);
  });

  it('has its axis above the invert where it is a gravity sewer', () => {
    const given = { network: 'sewer', flow: 'gravity', startHeightM: 78, endHeightM: 78 };
    expect(laidLine(line(given), slope)?.axis[0]?.[2]).toBeCloseTo(78.1, 9);
  });

  it('follows the ground at its depth, also between bends that lie far apart', () => {
    const laid = laidLine(
      line({
        depthM: 1,
        path: [
          [0, 0],
          [100, 0],
        ],
      }),
      ([e]) => (e === 40 ? 90 : 80),
    );
    expect(laid?.heightSource).toBe('depth');
    expect(laid?.axis.map(([e, , z]) => [e, Math.round(z * 100) / 100])).toEqual([
      [0, 78.9],
      [20, 78.9],
      [40, 88.9],
      [60, 78.9],
      [80, 78.9],
      [100, 78.9],
    ]);
  });

  it('is taken to lie at the usual depth where the register tells none, and says so', () => {
    expect(laidLine(line({ diameterMm: null }), slope)).toMatchObject({
      ...{ heightSource: 'assumed', heightBoundM: undefined, isSizeKnown: false },
    });
  });

  it('lies nowhere where neither heights nor ground are known', () => {
    expect(laidLine(line({ depthM: 1 }), () => Number.NaN)).toBeUndefined();
    expect(laidLine(line({ startHeightM: 1, endHeightM: 1 }), () => Number.NaN)).toBeDefined();
  });
});

describe('an excavation', () => {
  it('digs up a pipe whose top is surely above the bottom, and says by how much and how long', () => {
    // The ground within is 80.00 to 80.04, the bottom 78.50 to 78.54; the top lies at 79.2.
    expect(only({ startHeightM: 79.2, endHeightM: 79.2 })).toMatchObject({
      ...{ verdict: 'in-excavation', distanceM: 0, lengthM: 4, coverM: 0.8, gapM: -0.7, gapErrorM: 0.2 },
      ...{ top: { lowestM: 79.2, highestM: 79.2 }, heightSource: 'heights' },
    });
  });

  it.each([
    ['surely under the bottom', { startHeightM: 78.2, endHeightM: 78.2 }, 'under-bottom'],
    ['within the accuracy of its height', { startHeightM: 78.4, endHeightM: 78.4 }, 'may-be-in-excavation'],
    ['of unknown depth', {}, 'may-be-in-excavation'],
    ['deep by its depth', { depthM: 2.5 }, 'under-bottom'],
  ])('tells of a pipe %s', (_, given, verdict) => {
    expect(only(given)?.verdict).toBe(verdict);
  });

  it('tells the level distance to the outside of a line beside it', () => {
    const beside = {
      path: [
        [5, -5],
        [5, 9],
      ] as [number, number][],
      depthM: 1,
    };
    expect(only(beside)).toMatchObject({
      distanceM: 0.9,
      distanceErrorM: 0.2,
      lengthM: 0,
      verdict: 'too-near',
    });
    expect(only(beside, { clearanceM: 0.5 })?.verdict).toBe('near');
  });

  it('counts the parts of a line that leaves and comes back', () => {
    const bent = {
      path: [
        [1, -1],
        [1, 5],
        [3, 5],
        [3, -1],
      ] as [number, number][],
      depthM: 1,
    };
    expect(only(bent)?.lengthM).toBe(8);
  });

  it('names the control zone of gas, and what older pipelines may have beyond it', () => {
    const gas = {
      network: 'gas',
      lineType: 'gas_low',
      depthM: 1,
      path: [
        [4.4, -5],
        [4.4, 9],
      ] as [number, number][],
    };
    expect(
      only(gas)?.rules.map(({ law: { provision }, state, askedM }) => [provision, state, askedM]),
    ).toEqual([
      ['GAZ-10-a', 'within-accuracy', 0.5],
      ['BHP-144', 'to-agree', null],
    ]);
    const old = only({ ...gas, builtYear: 1970 });
    expect(old?.rules.map(({ law: { provision }, state }) => [provision, state])).toContainEqual([
      'GAZ-110',
      'not-assessed',
    ]);
  });

  it.each([
    ['power_low', 3.5, undefined],
    ['power_low', 2.5, 'broken'],
    ['power_medium', 9, 'broken'],
    ['power_high', 15.1, 'within-accuracy'],
    ['power_extra_high', 29, 'broken'],
    [null, 29, 'not-assessed'],
  ])('keeps machines from wires: %s at %d m', (lineType, awayM, state) => {
    const wires = {
      network: 'power',
      course: 'overhead',
      lineType,
      path: [
        [4 + awayM, -50],
        [4 + awayM, 50],
      ] as [number, number][],
    };
    const told = only(wires);
    expect(told?.rules[0]?.state).toBe(state);
    expect(told?.verdict).toBe('overhead');
  });

  it('does not know the bottom where the ground is not known, and says so', () => {
    const found = check([line({ startHeightM: 79, endHeightM: 79 })], {}, () => Number.NaN);
    expect(found).toMatchObject({ ground: null, bottom: null });
    expect(found.lines[0]).toMatchObject({ verdict: 'may-be-in-excavation', gapM: null, gapErrorM: null });
    expect(found.notAssessed.map(({ en }) => en).join()).toMatch(/height of the ground/);
  });

  it('leaves out what is far and asks for nothing', () => {
    expect(
      only({
        path: [
          [12, -5],
          [12, 9],
        ],
        depthM: 1,
      }),
    ).toBeUndefined();
  });
});
