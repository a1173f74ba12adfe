import { describe, expect, it } from 'vitest';
import { blockAt, shapeOf } from '../../../test/support/sample-street.ts';
import { flatRoof, gabledRoof } from '../../building/roofs.ts';
import { obstaclesOf } from './obstacles.ts';
import { obstructionsBefore } from './open-sector.ts';
import { inForce, OPEN_SECTOR_RULES, type OpenSectorRule } from './sun-rules.ts';

const [RULE] = inForce(OPEN_SECTOR_RULES, '2026-06-30') as [OpenSectorRule];
const HERE = [6_426_900, 5_808_700] as const;
/** A window that looks north, its sill a metre above level ground. */
const obstructing = (shapes: Parameters<typeof obstaclesOf>[0], isDowntown = false, except = 'own') =>
  obstructionsBefore(
    obstaclesOf(shapes),
    {
      point: { easting: HERE[0], northing: HERE[1], heightM: 1, outward: [0, 1] },
      isDowntown,
    },
    RULE,
    except,
  );
const block = (x: number, y: number, width: number, depth: number, heightM: number) =>
  blockAt('block', [HERE[0] + x, HERE[1] + y], [width, depth], heightM);

describe('the sector before a window', () => {
  it('is open when a long wall is as far as it rises above the sill, and not when it is nearer', () => {
    expect(obstructing([block(-50, 20, 100, 10, 20.9)])).toEqual([]);
    expect(obstructing([block(-50, 20, 100, 10, 21.5)])).toEqual([
      { id: 'block', lackingM: expect.closeTo(0.5, 6), distanceM: expect.closeTo(20, 6), riseM: 20.5 },
    ]);
  });

  it('asks 35 m of anything higher', () => {
    expect(obstructing([block(-50, 35.01, 100, 10, 90)])).toEqual([]);
    expect(obstructing([block(-50, 34, 100, 10, 90)])[0]?.lackingM).toBeCloseTo(1, 6);
  });

  it('halves downtown', () => {
    expect(obstructing([block(-50, 10, 100, 5, 20.9)], true)).toEqual([]);
    expect(obstructing([block(-50, 10, 100, 5, 23)], true)[0]?.lackingM).toBeCloseTo(1, 6);
  });

  it('ends 30° from the axis on both sides', () => {
    // The near corner at 10 m north lies on the arm at 5.7735 m east.
    const side = 10 * Math.tan(Math.PI / 6);
    for (const [x, isSeen] of [
      [side + 0.1, false],
      [side - 0.1, true],
      [-side - 20.1, false],
      [-side - 19.9, true],
    ] as const)
      expect([x, obstructing([block(x, 10, 20, 0.1, 40)]).length]).toEqual([x, isSeen ? 1 : 0]);
  });

  it('measures to the corner that stands in the sector, not to the nearest one of the building', () => {
    // A wall from the arm outwards: only the part within the sector counts, and that is further away.
    const [found] = obstructing([block(2, 10, 20, 0.05, 41)]);
    expect(found?.distanceM).toBeCloseTo(Math.hypot(2, 10), 2);
  });

  it('holds the ridge of a roof to its own place', () => {
    const ring = [
      [0, 0],
      [40, 0],
      [40, 10],
      [0, 10],
    ] as const;
    const house = (y: number) =>
      shapeOf('house', [{ ring, planes: gabledRoof(ring, [0, 2], 6, 1) }], [HERE[0] - 20, HERE[1] + y]);
    // Eaves rise 5 m above the sill, the ridge 10 m, and the ridge stands 5 m behind the eaves.
    expect(obstructing([house(5.01)])).toEqual([]);
    expect(obstructing([house(4)])[0]).toMatchObject({ lackingM: expect.closeTo(1, 6) });
  });

  it('finds the worst place of an edge that climbs past the window', () => {
    const ring = [
      [-10, 0],
      [10, 0],
      [10, 6],
      [-10, 6],
    ] as const;
    const roof = [{ a: 0.4, b: 0, c: 9 }];
    const [found] = obstructing([shapeOf('shed', [{ ring, planes: roof }], [HERE[0], HERE[1] + 5])]);
    // 8 + 0.4 x - √(25 + x²) above the sill is greatest at x = 2.18: 8 - 5 √(1 - 0.4²).
    expect(found?.lackingM).toBeCloseTo(8 - 5 * Math.sqrt(1 - 0.16), 3);
  });

  it('lets a slender tower stand from 10 m on, however high', () => {
    expect(obstructing([block(-1.4, 10.1, 2.8, 2.8, 80)])).toEqual([]);
    expect(obstructing([block(-1.4, 9.5, 2.8, 2.8, 80)])).toHaveLength(1);
    expect(obstructing([block(-1.6, 12, 3.2, 2.8, 80)])).toHaveLength(1);
  });

  it('leaves out what stands behind, what is lower than the sill, and the building itself', () => {
    expect(obstructing([block(-50, -20, 100, 5, 80)])).toEqual([]);
    expect(obstructing([block(-50, 2, 100, 5, 0.9)])).toEqual([]);
    expect(obstructing([block(-50, 5, 100, 5, 30)], false, 'block')).toEqual([]);
    expect(obstructing([])).toEqual([]);
  });

  it('agrees with a walk along every edge', () => {
    const shapes = [
      shapeOf(
        'one',
        [
          {
            ring: [
              [0, 0],
              [30, 4],
              [28, 18],
              [-2, 14],
            ],
            planes: flatRoof(22),
          },
        ],
        [HERE[0] - 12, HERE[1] + 9],
      ),
      shapeOf(
        'two',
        [
          {
            ring: [
              [0, 0],
              [14, 0],
              [14, 9],
              [0, 9],
            ],
            planes: gabledRoof(
              [
                [0, 0],
                [14, 0],
                [14, 9],
                [0, 9],
              ],
              [0, 2],
              30,
              1.2,
            ),
          },
        ],
        [HERE[0] - 16, HERE[1] + 18],
        0.7,
      ),
    ];
    const { edges, owner } = obstaclesOf(shapes);
    const { origin } = obstaclesOf(shapes);
    const lacking = [-1, -1];
    for (const [edge, building] of owner.entries()) {
      if (building < 0) continue;
      for (let n = 0; n <= 20_000; n++) {
        const [x, y, z] = [0, 1, 2].map(
          (axis) =>
            (edges[edge * 6 + axis] ?? 0) * (1 - n / 20_000) +
            (edges[edge * 6 + axis + 3] ?? 0) * (n / 20_000),
        ) as [number, number, number];
        const [east, north] = [x + origin[0] - HERE[0], y + origin[1] - HERE[1]];
        if (Math.abs(east) > north * Math.tan(Math.PI / 6)) continue;
        lacking[building] = Math.max(lacking[building] ?? 0, Math.min(z - 1, 35) - Math.hypot(east, north));
      }
    }
    const found = obstructing(shapes);
    expect(found.map(({ id }) => id).toSorted()).toEqual(['one', 'two']);
    for (const { id, lackingM } of found) expect(lackingM).toBeCloseTo(lacking[id === 'one' ? 0 : 1] ?? 0, 2);
  });
});
