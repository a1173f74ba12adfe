/** Bodies cut in two: nothing is lost, nothing stays open, whatever the line. */
import { describe, expect, it } from 'vitest';
import { sampleBuildings } from '../../test/support/sample-buildings.ts';
import type { Ring } from '../geo/geometry.ts';
import type { Xy } from '../geo/plane.ts';
import { type Body, blockBody, heightRange, openCorner, volumeM3 } from './body.ts';
import { cutBody } from './cut-body.ts';
import { joinBodies } from './join-bodies.ts';

const E = 6_428_000;
const N = 5_806_500;
const ring = (...corners: readonly Xy[]): Ring =>
  [...corners, corners[0] as Xy].map(([x, y]) => [E + x, N + y] as const);

/** A yard of 10 m in a block of 30 m. */
const WITH_YARD = blockBody(
  [ring([0, 0], [30, 0], [30, 30], [0, 30]), ring([10, 10], [20, 10], [20, 20], [10, 20])],
  60,
  12,
);
/** Like a U, open to the north. */
const HORSESHOE = blockBody(
  [ring([0, 0], [30, 0], [30, 30], [20, 30], [20, 10], [10, 10], [10, 30], [0, 30])],
  60,
  9,
);

const volume = (body: Body | undefined) => (body ? volumeM3(body.faces) : 0);
const at = (x: number, y: number): Xy => [E + x, N + y];

describe('a body cut by a line', () => {
  it.each([
    ['through a yard', WITH_YARD, at(-5, 15), at(35, 15), [4800, 4800]],
    ['beside a yard', WITH_YARD, at(-5, 5), at(35, 5), [7800, 1800]],
    ['along a wall of the yard', WITH_YARD, at(0, 10), at(1, 10), [6000, 3600]],
    ['through both arms of a horseshoe', HORSESHOE, at(-5, 20), at(35, 20), [1800, 4500]],
    [
      'from corner to corner',
      blockBody([ring([0, 0], [10, 0], [10, 10], [0, 10])], 60, 6),
      at(0, 0),
      at(10, 10),
      [300, 300],
    ],
    [
      'along an outer wall',
      blockBody([ring([0, 0], [10, 0], [10, 10], [0, 10])], 60, 6),
      at(0, 0),
      at(10, 0),
      [600, 0],
    ],
    [
      'past it',
      blockBody([ring([0, 0], [10, 0], [10, 10], [0, 10])], 60, 6),
      at(0, -1),
      at(10, -1),
      [600, 0],
    ],
  ] as const)('%s gives two closed bodies of the right volume', (_, body, from, to, [leftM3, rightM3]) => {
    const { left, right } = cutBody(body, from, to);
    for (const part of [left, right]) if (part) expect(openCorner(part.faces)).toBeUndefined();
    expect(volume(left)).toBeCloseTo(leftM3, 6);
    expect(volume(right)).toBeCloseTo(rightM3, 6);
    expect(left?.kinds).toHaveLength(left?.faces.length ?? -1);
  });

  it('keeps roofs of every shape: houses, halls and blocks with yards, each by three lines', () => {
    let cuts = 0;
    for (const [index, { geometry, surfaceKinds }] of sampleBuildings(300).entries()) {
      const body: Body = { faces: geometry.coordinates, kinds: surfaceKinds };
      const corners = body.faces.flat(2);
      const [x, y] = [0, 1].map(
        (axis) => corners.reduce((sum, p) => sum + (p[axis] ?? 0), 0) / corners.length,
      ) as [number, number];
      for (const turn of [0.1, 1.3, 2.6]) {
        const angle = index * 0.7 + turn;
        const { left, right } = cutBody(body, [x, y], [x + Math.cos(angle), y + Math.sin(angle)]);
        for (const part of [left, right])
          if (part) expect([index, openCorner(part.faces)]).toEqual([index, undefined]);
        expect(Math.abs(volume(left) + volume(right) - volume(body))).toBeLessThan(0.001 * volume(body));
        expect(Math.min(volume(left), volume(right))).toBeGreaterThan(0);
        cuts++;
      }
    }
    expect(cuts).toBeGreaterThan(300);
  });
});

it('bodies joined lose the walls between them, and come back to what was cut', () => {
  const body = HORSESHOE;
  const { left, right } = cutBody(body, at(-5, 20), at(35, 20));
  const joined = joinBodies([left, right].flatMap((part) => part ?? []));
  expect(openCorner(joined.faces)).toBeUndefined();
  expect(volume(joined)).toBeCloseTo(volume(body), 6);
  const walls = (kinds: string) => [...kinds].filter((kind) => kind === 'W').length;
  expect(walls(joined.kinds)).toBe(walls((left?.kinds ?? '') + (right?.kinds ?? '')) - 4);
});

it('tells where a body is open, and how high it reaches', () => {
  expect(heightRange(WITH_YARD.faces)).toEqual([60, 72]);
  expect(openCorner(WITH_YARD.faces.slice(1))).toBeDefined();
  expect(
    openCorner(WITH_YARD.faces.map((face, i) => (i === 1 ? face.map((each) => each.toReversed()) : face))),
  ).toBeDefined();
});
