import { describe, expect, it } from 'vitest';
import type { MultiPolygon } from '../geo/geometry.ts';
import { type BirdsEyeScene, birdsEyeBox, paintBirdsEye } from './birds-eye.ts';

const FRAME = { widthPx: 600, heightPx: 400, middle: [100, 100], widthM: 120 } as const;

/** A box with its faces counter-clockwise from outside. */
function box(e: number, n: number, sideM: number, heightM: number, footM = 0): MultiPolygon {
  const [w, x, s, y] = [e - sideM / 2, e + sideM / 2, n - sideM / 2, n + sideM / 2];
  const [lo, hi] = [footM, footM + heightM];
  const wall = (a: readonly [number, number], b: readonly [number, number]) => [
    [
      [...a, lo],
      [...b, lo],
      [...b, hi],
      [...a, hi],
      [...a, lo],
    ] as [number, number, number][],
  ];
  const flat = (corners: readonly (readonly [number, number])[], h: number) => [
    [...corners, corners[0] ?? [0, 0]].map(([ce, cn]): [number, number, number] => [ce, cn, h]),
  ];
  const round = [
    [w, s],
    [x, s],
    [x, y],
    [w, y],
  ] as const;
  return {
    type: 'MultiPolygon',
    coordinates: [
      flat(round, hi),
      flat(round.toReversed(), lo),
      wall(round[0], round[1]),
      wall(round[1], round[2]),
      wall(round[2], round[3]),
      wall(round[3], round[0]),
    ],
  };
}

const scene = (...boxes: readonly MultiPolygon[]): BirdsEyeScene => ({
  frame: FRAME,
  ground: [],
  buildings: boxes.map((geometry) => ({ geometry, isMeant: false })),
  trees: [],
});

describe('a view from the air', () => {
  it('shows of a box its roof and the two walls that face south and west', () => {
    const shapes = paintBirdsEye(scene(box(100, 100, 20, 10)));
    expect(shapes).toHaveLength(3);
    const areas = shapes.map(({ positions }) => Math.round(Math.abs(areaOf(positions)) / 25));
    // 20 m of wall and 10 m of height at 5 px a metre: seen at cos 25°, sin 25° and from 42° above.
    const [wallPx, roofPx] = [20 * 10 * Math.cos(0.733), 20 * 20 * Math.sin(0.733)];
    expect(areas.toSorted((a, b) => a - b)).toEqual(
      [wallPx * Math.sin(0.4363), wallPx * Math.cos(0.4363), roofPx].map((value) => Math.round(value)),
    );
  });

  it('paints what is far before what is near, in whichever order it comes', () => {
    const [near, far] = [box(100, 80, 10, 10), box(100, 120, 10, 10)];
    const painted = paintBirdsEye(scene(near, far));
    expect(painted).toEqual(paintBirdsEye(scene(far, near)));
    const rows = painted.map(({ positions }) => positions[1] ?? 0);
    expect(Math.max(...rows.slice(0, 3))).toBeLessThan(Math.min(...rows.slice(3)));
  });

  it('sets a building on level ground, whatever the height of its foot', () => {
    expect(paintBirdsEye(scene(box(100, 100, 10, 8, 61.4)))).toEqual(
      paintBirdsEye(scene(box(100, 100, 10, 8))).map((shape) => ({
        ...shape,
        positions: expect.toSatisfy((positions: Float64Array) =>
          positions.every((value, at) => Math.abs(value - (shape.positions[at] ?? 0)) < 1e-6),
        ),
      })),
    );
  });

  it('asks for ground that holds every corner of the paper', () => {
    const [west, south, east, north] = birdsEyeBox(FRAME);
    expect([west, south].every((value) => value < 100 - 60)).toBe(true);
    expect([east, north].every((value) => value > 100 + 60)).toBe(true);
  });
});

function areaOf(positions: Float64Array): number {
  let twice = 0;
  for (let at = 0; at < positions.length; at += 2) {
    const next = (at + 2) % positions.length;
    twice +=
      (positions[at] ?? 0) * (positions[next + 1] ?? 0) - (positions[next] ?? 0) * (positions[at + 1] ?? 0);
  }
  return twice / 2;
}
