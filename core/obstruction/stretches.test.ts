import { describe, expect, it } from 'vitest';
import { GRID_ORIGIN, roadGrid } from '../../test/support/road-grid.ts';
import type { Xy } from '../geo/plane.ts';
import { lengthOf } from '../geo/polyline.ts';
import { lineAlong } from './road-graph.ts';
import { matchLine, snapToRoad } from './stretches.ts';

const ROADS = roadGrid();
const at = (x: number, y: number): Xy => [GRID_ORIGIN.easting + x, GRID_ORIGIN.northing + y];
const told = (line: readonly Xy[]) =>
  matchLine(line, ROADS)?.stretches.map(({ road, fromM, toM }) => [road, Math.round(fromM), Math.round(toM)]);

describe('matchLine', () => {
  it('follows a line round a corner and takes nothing of the streets that it passes', () => {
    expect(told([at(50, 100), at(100, 100), at(100, 130)])).toEqual([
      ['R01-11', 50, 100],
      ['R11-12', 0, 30],
    ]);
    expect(told([at(20, 100), at(280, 100)])).toEqual([
      ['R01-11', 20, 100],
      ['R11-21', 0, 100],
      ['R21-31', 0, 80],
    ]);
  });

  it('takes a line drawn by hand some metres beside the street, and refuses one across', () => {
    expect(told([at(10, 108), at(90, 94)])).toEqual(
      [['R01-11', 10, 90]].map(([r, a, b]) => [
        r,
        expect.closeTo(Number(a), -1),
        expect.closeTo(Number(b), -1),
      ]),
    );
    expect(matchLine([at(50, 110), at(50, 190)], ROADS)).toBeUndefined();
    expect(matchLine([at(10, 150), at(90, 150)], ROADS)).toBeUndefined();
  });
});

describe('lineAlong', () => {
  const line = (from: Xy, to: Xy) => {
    const [a, b] = [snapToRoad(from, ROADS, 30), snapToRoad(to, ROADS, 30)];
    return a && b && lineAlong(a, b, ROADS);
  };

  it('goes the shortest way along streets between two snapped places', () => {
    const way = line(at(50, 104), at(204, 250)) ?? [];
    expect(way[0]).toEqual(at(50, 100));
    expect(way.at(-1)).toEqual(at(200, 250));
    expect(lengthOf(way)).toBeCloseTo(50 + 100 + 150, 6);
    // Whatever it draws, the register finds the same streets under it.
    expect(matchLine(way, ROADS)?.offM).toBeCloseTo(0, 1);
  });

  it('stays on one section in either direction', () => {
    expect(line(at(80, 100), at(20, 100))).toEqual([at(80, 100), at(20, 100)]);
  });

  it('finds no way where there is none, and no street far from all', () => {
    const island = {
      ...ROADS[0],
      id: 'X',
      fromNode: 'a',
      toNode: 'b',
      path: [at(0, -90), at(100, -90)],
    } as const;
    const all = [...ROADS, { ...island, street: null, lanes: null, widthM: null }];
    const [a, b] = [snapToRoad(at(50, -90), all, 30), snapToRoad(at(50, 0), all, 30)];
    expect(a && b && lineAlong(a, b, all)).toBeUndefined();
    expect(snapToRoad(at(50, 50), ROADS, 30)).toBeUndefined();
  });
});
