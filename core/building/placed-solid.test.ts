import { describe, expect, it } from 'vitest';
import { randomOf } from '../demo-city/random.ts';
import type { MultiPolygon, Position } from '../geo/geometry.ts';
import { around, type Xy } from '../geo/plane.ts';
import { movedShape, raisedSolid } from './placed-solid.ts';
import { flatRoof, gabledRoof, hippedRoof, shedRoof } from './roofs.ts';
import { buildSolid } from './solid.ts';
import { solidGeometry, surfaceKinds } from './solid-geometry.ts';

const ORIGIN: Xy = [6_427_000, 5_808_000];
const GROUND_MM = 71_250;
const box: Xy[] = [
  [0, 0],
  [12, 0],
  [12, 8],
  [0, 8],
];
const ROOFS = {
  flat: flatRoof(6),
  gabled: gabledRoof(box, [0, 2], 6, 1),
  hipped: hippedRoof(box, 6, 1),
  shed: shedRoof(box, 0, 6, 0.5),
} as const;

/** Volume by tetrahedra from the first corner; turned faces and gaps make it wrong. */
function volumeM3({ coordinates }: MultiPolygon): number {
  const [ox = 0, oy = 0, oz = 0] = coordinates[0]?.[0]?.[0] ?? [];
  let sixfold = 0;
  for (const [ring = []] of coordinates) {
    const [a, ...rest] = ring.map(([x, y, z = 0]) => [x - ox, y - oy, z - oz] as const);
    for (let i = 0; a && i + 1 < rest.length; i++) {
      const [b = a, c = a] = [rest[i], rest[i + 1]];
      sixfold +=
        a[0] * (b[1] * c[2] - b[2] * c[1]) -
        a[1] * (b[0] * c[2] - b[2] * c[0]) +
        a[2] * (b[0] * c[1] - b[1] * c[0]);
    }
  }
  return sixfold / 6;
}

/** Edges that are not walked once in each direction. */
function openEdges({ coordinates }: MultiPolygon): string[] {
  const walked = coordinates.flatMap(([ring = []]) =>
    ring.slice(0, -1).map((p, i) => `${p}>${around(ring.slice(0, -1), i + 1)}`),
  );
  const all = new Set(walked);
  return walked.filter((edge) => !all.has(edge.split('>').toReversed().join('>')));
}
const heights = ({ coordinates }: MultiPolygon) => coordinates.flat(2).map(([, , z = 0]: Position) => z);

describe.each(Object.entries(ROOFS))('a solid under a %s roof', (_, planes) => {
  const solid = buildSolid([{ ring: box, planes }]);
  const shape = solidGeometry(solid, ORIGIN, GROUND_MM);
  const kinds = surfaceKinds(solid);
  const volume = volumeM3(shape);

  it('keeps its volume wherever it is moved and turned, and stays closed (property)', () => {
    const random = randomOf(3, 'moves');
    for (let i = 0; i < 20; i++) {
      const move = {
        pivot: [ORIGIN[0] + 6, ORIGIN[1] + 4] as Xy,
        byM: [random.next() * 400 - 200, random.next() * 400 - 200] as Xy,
        turnDeg: random.next() * 360,
        raiseM: random.next() * 10 - 5,
      };
      const moved = movedShape(shape, move);
      expect(openEdges(moved)).toEqual([]);
      expect(volumeM3(moved)).toBeCloseTo(volume, 0);
      expect(Math.min(...heights(moved))).toBeCloseTo(71.25 + move.raiseM, 3);
    }
  });

  it('comes back to where it was by the opposite move', () => {
    const pivot: Xy = [ORIGIN[0] + 6, ORIGIN[1] + 4];
    const there = movedShape(shape, { pivot, byM: [30.5, -12.25], turnDeg: 90, raiseM: 1.5 });
    const back = movedShape(there, {
      pivot: [pivot[0] + 30.5, pivot[1] - 12.25],
      byM: [-30.5, 12.25],
      turnDeg: -90,
      raiseM: -1.5,
    });
    expect(back).toEqual(shape);
  });

  it('gains its ground times the height that it is raised by, and loses it again', () => {
    const raised = raisedSolid(shape, kinds, 3);
    expect(raised.flattened).toBe(false);
    expect(openEdges(raised.shape)).toEqual([]);
    expect(volumeM3(raised.shape)).toBeCloseTo(volume + 96 * 3, 1);
    expect(Math.min(...heights(raised.shape))).toBeCloseTo(71.25, 6);
    expect(raisedSolid(raised.shape, kinds, -3).shape).toEqual(shape);
    expect(raisedSolid(shape, '', 3).shape).toEqual(raised.shape);
  });

  it('is pressed flat, still closed, where its walls would go below two metres', () => {
    const highest = Math.max(...heights(shape));
    const pressed = raisedSolid(shape, kinds, 71.25 + 2.5 - highest);
    expect(pressed.flattened).toBe(Math.max(...heights(shape)) - 71.25 > 6.01);
    expect(openEdges(pressed.shape)).toEqual([]);
    expect(Math.max(...heights(pressed.shape))).toBeCloseTo(73.75, 3);
    expect(volumeM3(pressed.shape)).toBeCloseTo((volume * 2.5) / (highest - 71.25), 1);
  });
});

it('an outline without heights gets none', () => {
  const outline: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [[box.map(([x, y]) => [x, y] as const)]],
  };
  const moved = movedShape(outline, { pivot: [0, 0], byM: [1, 2], turnDeg: 0, raiseM: 5 });
  expect(moved.coordinates[0]?.[0]?.[0]).toEqual([1, 2]);
});
