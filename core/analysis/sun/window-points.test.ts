import { describe, expect, it } from 'vitest';
import { blockAt, shapeOf } from '../../../test/support/sample-street.ts';
import { gabledRoof } from '../../building/roofs.ts';
import { builtGround } from './built-ground.ts';
import { facadePoints } from './window-points.ts';

const HERE = [6_426_900, 5_808_700] as const;
const OPTIONS = { storeys: 2, spacingM: 3, sillM: 1 };
const free = () => false;

describe('points of a façade', () => {
  it('stand on each wall by storeys, a sill above the floor, and look out', () => {
    const points = facadePoints(blockAt('b', HERE, [12, 6], 6, 70), OPTIONS, free);
    // 4 + 2 + 4 + 2 places on two storeys of 3 m.
    expect(points).toHaveLength(24);
    expect(new Set(points.map(({ heightM }) => heightM))).toEqual(new Set([71, 74]));
    const south = points.filter(({ outward }) => outward[1] < -0.99);
    expect(south.filter(({ storey }) => storey === 1)).toHaveLength(4);
    for (const { easting, northing } of points) {
      const [x, y] = [easting - HERE[0], northing - HERE[1]];
      expect(x > 0 && x < 12 && y > 0 && y < 6).toBe(false);
    }
    const middles = south.map(({ easting }) => easting - HERE[0]).sort((a, b) => a - b);
    expect(middles[0]).toBeCloseTo(1.5, 6);
    expect(middles.at(-1)).toBeCloseTo(10.5, 6);
  });

  it('leave out what adjoins a neighbour, and stand above a lower one', () => {
    const own = blockAt('own', HERE, [12, 6], 9);
    const options = { ...OPTIONS, storeys: 3 };
    const east = (heightM: number) => {
      const built = builtGround([own, blockAt('next', [HERE[0] + 12, HERE[1] - 2], [10, 10], heightM)]);
      return facadePoints(own, options, built).filter(({ outward }) => outward[0] > 0.99);
    };
    expect(east(9)).toEqual([]);
    expect(new Set(east(6).map(({ storey }) => storey))).toEqual(new Set([2]));
  });

  it('stand under gables by the storeys below the eaves', () => {
    const ring = [
      [0, 0],
      [10, 0],
      [10, 8],
      [0, 8],
    ] as const;
    const house = shapeOf('house', [{ ring, planes: gabledRoof(ring, [0, 2], 3, 1) }], HERE);
    const points = facadePoints(house, { ...OPTIONS, storeys: 1 }, free);
    const eaves = points.filter(({ outward }) => Math.abs(outward[1]) > 0.99);
    expect(new Set(eaves.map(({ heightM }) => heightM))).toEqual(new Set([1]));
    // 7 m high in the middle of a gable: an attic window fits.
    const gables = points.filter(({ outward }) => Math.abs(outward[0]) > 0.99);
    expect(Math.max(...gables.map(({ heightM }) => heightM))).toBe(4);
  });

  it('are none on a building whose walls are not told', () => {
    const shape = blockAt('b', HERE, [12, 6], 6);
    expect(facadePoints({ ...shape, surfaceKinds: '' }, OPTIONS, free)).toEqual([]);
  });
});
