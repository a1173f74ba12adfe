import { describe, expect, it } from 'vitest';
import { blockAt, sampleStreet, shapeOf } from '../../../test/support/sample-street.ts';
import { facetsOf, isClear } from '../../../test/support/sun-by-rays.ts';
import { gabledRoof } from '../../building/roofs.ts';
import { randomOf } from '../../demo-city/random.ts';
import { obstaclesOf } from '../sun/obstacles.ts';
import { skyViewFactor } from './horizon.ts';
import { intrusions, lineOfSight } from './line-of-sight.ts';
import { againstLimit, massOf } from './mass.ts';

const [E, N] = [6_426_900, 5_808_700];
const block = (x: number, y: number, width: number, depth: number, height: number, id = 'block') =>
  blockAt(id, [E + x, N + y], [width, depth], height);

describe('sky view', () => {
  const seen = (...shapes: ReturnType<typeof block>[]) => skyViewFactor(obstaclesOf(shapes), [E, N, 0]);

  it('is the whole of it in the open', () => {
    expect(seen()).toBe(1);
    expect(seen(block(10, 10, 5, 5, 0.001))).toBeCloseTo(1, 6);
  });

  it.each([
    [10, 10],
    [10, 30],
    [25, 5],
  ])('before an endless wall %d m away and %d m high is (1 + cos β) / 2', (away, height) => {
    const expected = (1 + Math.cos(Math.atan2(height, away))) / 2;
    expect(Math.abs(seen(block(-50_000, away, 100_000, 5, height)) - expected)).toBeLessThan(0.003);
  });

  it('in the middle of a street is cos β (Oke)', () => {
    const [half, height] = [8, 12];
    const street = [block(-50_000, half, 100_000, 5, height), block(-50_000, -half - 5, 100_000, 5, height)];
    expect(Math.abs(seen(...street) - Math.cos(Math.atan2(height, half)))).toBeLessThan(0.003);
  });

  it('only shrinks when a building is added', () => {
    const { between } = randomOf('sky');
    const shapes = sampleStreet({ houses: 40, sizeM: 120, seed: 'sky' });
    const [fewer, all] = [obstaclesOf(shapes.slice(1)), obstaclesOf(shapes)];
    for (let n = 0; n < 40; n++) {
      const eye = [E + between(0, 120), N + between(0, 120), between(0, 20)] as const;
      expect(skyViewFactor(all, eye)).toBeLessThanOrEqual(skyViewFactor(fewer, eye));
    }
  });
});

describe('a line of sight', () => {
  const wall = obstaclesOf([block(10, -5, 2, 10, 12)]);
  it.each([
    [20, 0, 12.1, true],
    [20, 0, 22, false],
    // At 12 m of 40 the line to a height of 41 is 12.3 m up; it is lowest over the near side, at 10 m.
    [40, 0, 41, false],
    [40, 0, 50, true],
    [40, 30, 2, true],
  ] as const)('to %d east, %d north, %d m up', (x, y, z, isFree) => {
    const sight = lineOfSight(wall, [E, N, z === 12.1 ? 12.1 : 0], [E + x, N + y, z]);
    expect(sight.isClear).toBe(isFree);
    if (y === 0) expect(sight.building).toBe('block');
  });

  it('says by how much it clears or misses', () => {
    expect(lineOfSight(wall, [E, N, 2], [E + 40, N, 2]).clearanceM).toBeCloseTo(-10, 6);
    expect(lineOfSight(wall, [E, N, 0], [E + 40, N, 50]).clearanceM).toBeCloseTo(0.5, 6);
    expect(lineOfSight(wall, [E, N, 2], [E, N + 90, 2])).toEqual({
      isClear: true,
      clearanceM: null,
      building: null,
    });
  });

  it('agrees with rays against every surface among houses', () => {
    const shapes = sampleStreet({ houses: 50, sizeM: 150, seed: 'sight' });
    const [facets, obstacles] = [facetsOf(shapes), obstaclesOf(shapes)];
    const { between } = randomOf('sights');
    let [clear, hidden] = [0, 0];
    while (clear + hidden < 400) {
      const ends = [0, 1].map(
        () => [E + between(-20, 170), N + between(-20, 170), between(0.5, 35)] as const,
      );
      const [eye, target] = ends as [(typeof ends)[0], (typeof ends)[0]];
      if (!ends.every((end) => isClear(facets, end, [1e-3, 2e-3, 1]))) continue;
      const direction = [target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]] as const;
      const byRay = !isBetween(facets, eye, direction);
      const { isClear: ours, clearanceM } = lineOfSight(obstacles, eye, target);
      if (Math.abs(clearanceM ?? 1) > 0.001) expect([eye, target, ours]).toEqual([eye, target, byRay]);
      if (ours) clear++;
      else hidden++;
    }
    expect(Math.min(clear, hidden)).toBeGreaterThan(50);
  });
});

/** A ray knows no end: what stands between is met from the eye, and no more from the target on. */
function isBetween(
  facets: ReturnType<typeof facetsOf>,
  eye: readonly [number, number, number],
  direction: readonly [number, number, number],
): boolean {
  return facets.some(
    (facet) =>
      !isClear([facet], eye, direction) &&
      isClear([facet], [eye[0] + direction[0], eye[1] + direction[1], eye[2] + direction[2]], direction),
  );
}

describe('a corridor of view', () => {
  // From a bridge to a cathedral 400 m north, 60 m wide, whose roof is to be seen from 20 m up.
  const eye = [E, N, 2] as const;
  const target = [
    [E - 30, N + 400, 20],
    [E + 30, N + 400, 20],
  ] as const;
  const rising = (...shapes: ReturnType<typeof block>[]) => intrusions(obstaclesOf(shapes), eye, target);

  it('is free under its plane and beside it', () => {
    // Half way the plane is 11 m up.
    expect(rising(block(-5, 200, 10, 10, 10.9))).toEqual([]);
    expect(rising(block(40, 200, 10, 10, 60))).toEqual([]);
    expect(rising(block(-5, -60, 10, 10, 60))).toEqual([]);
    expect(rising(block(-5, 420, 10, 10, 90))).toEqual([]);
  });

  it('tells what rises into it, where and by how much', () => {
    const [worst, second] = rising(block(-5, 200, 10, 10, 15, 'one'), block(14, 200, 10, 10, 13, 'two'));
    expect(worst).toMatchObject({ id: 'one', risesM: expect.closeTo(4, 6) });
    expect(worst?.position[1]).toBeCloseTo(N + 200, 6);
    // Only its corner stands in the corridor, and the near edge of that is the worst.
    expect(second?.id).toBe('two');
    expect(second?.risesM).toBeGreaterThan(1);
  });
});

describe('mass', () => {
  it('of a gabled house follows from its shape', () => {
    const ring = [
      [0, 0],
      [12, 0],
      [12, 8],
      [0, 8],
    ] as const;
    const house = shapeOf('h', [{ ring, planes: gabledRoof(ring, [0, 2], 5, 1) }], [E, N], 0.4, 63);
    const { heightM, topM, volumeM3 } = massOf(house);
    expect(heightM).toBeCloseTo(9, 3);
    expect(topM).toBeCloseTo(72, 3);
    expect(volumeM3).toBeCloseTo(480 + (8 * 4 * 12) / 2, 0);
  });

  it('of surfaces that do not close has no volume', () => {
    const open = block(0, 0, 10, 10, 5);
    expect(massOf({ ...open, surfaces: open.surfaces.slice(1) }).volumeM3).toBeNull();
  });

  it('is held to a limit with its error', () => {
    expect(againstLimit(11.9, 12, 0.05)).toBe('keeps');
    expect(againstLimit(12, 12, 0.05)).toBe('keeps');
    expect(againstLimit(12.04, 12, 0.05)).toBe('within-accuracy');
    expect(againstLimit(12.2, 12, 0.05)).toBe('exceeds');
    expect(againstLimit(12.2, null, 0.05)).toBe('not-assessed');
  });
});
