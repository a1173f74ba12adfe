import { describe, expect, it } from 'vitest';
import { type BodyFace, blockBody } from '../../core/building/body.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { addBuilding, emptyMesh } from './building-mesh.ts';
import { drawingFaults } from './drawing-faults.ts';
import { surfacesOf } from './surfaces.ts';

const [E, N] = [6_427_000, 5_809_000];
/** 10 by 10 m and 6 m high. */
const { faces: SOUND } = blockBody(
  [
    [
      [E, N],
      [E + 10, N],
      [E + 10, N + 10],
      [E, N + 10],
      [E, N],
    ],
  ],
  60,
  6,
);
const AREA_M2 = 2 * 100 + 4 * 60;

const isUpright = ([shell = []]: BodyFace): boolean => new Set(shell.map(([, , z]) => z)).size === 2;
const wallAt = SOUND.findIndex(isUpright);
const southWall = SOUND.findIndex((face) => isUpright(face) && (face[0] ?? []).every(([, y]) => y === N));
const turned = (face: BodyFace): BodyFace => face.map((ring) => ring.toReversed());
const window: BodyFace[number] = [
  [E + 4, N, 62],
  [E + 4, N, 64],
  [E + 6, N, 64],
  [E + 6, N, 62],
  [E + 4, N, 62],
];
/** Half a metre long and a twentieth of a millimetre wide. */
const needle: BodyFace = [
  [
    [E + 1, N + 1, 66],
    [E + 1.5, N + 1, 66],
    [E + 1.5, N + 1.00005, 66],
    [E + 1, N + 1, 66],
  ],
];

const surfaces = (faces: readonly BodyFace[]) =>
  surfacesOf({ type: 'MultiPolygon', coordinates: faces } as unknown as MultiPolygon);

function drawnM2(faces: readonly BodyFace[]): number {
  const mesh = emptyMesh();
  addBuilding(mesh, surfaces(faces), '', 0, (x, y, z, out, at) => {
    out[at] = x - E;
    out[at + 1] = y - N;
    out[at + 2] = z;
  });
  let area = 0;
  for (const { positions, indices } of Object.values(mesh)) {
    for (let i = 0; i < indices.length; i += 3) {
      const [a = [], b = [], c = []] = [0, 1, 2].map((k) => {
        const at = 3 * (indices[i + k] ?? 0);
        return positions.slice(at, at + 3);
      });
      const [u, v] = [b, c].map((p) => p.map((value, axis) => value - (a[axis] ?? 0)));
      const [ux = 0, uy = 0, uz = 0] = u ?? [];
      const [vx = 0, vy = 0, vz = 0] = v ?? [];
      area += Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2;
    }
  }
  return area;
}

describe('a body that is not sound', () => {
  it.each<[string, readonly BodyFace[], readonly string[], number]>([
    ['sound', SOUND, [], AREA_M2],
    [
      'a wall with a hole that nothing fills',
      SOUND.map((face, i) => (i === southWall ? [...face, window] : face)),
      ['open'],
      AREA_M2 - 4,
    ],
    ['a solid without one of its walls', SOUND.filter((_, i) => i !== wallAt), ['open'], AREA_M2 - 60],
    [
      'a face that looks inward',
      SOUND.map((face, i) => (i === wallAt ? turned(face) : face)),
      ['reversed-face'],
      AREA_M2,
    ],
    ['all faces looking inward', SOUND.map(turned), ['inside-out'], AREA_M2],
    ['a needle', [...SOUND, needle], ['no-area'], AREA_M2],
    ['nothing but a needle', [needle], ['nothing-drawn', 'no-area'], 0],
  ])('%s: what is wrong is said, and all else is drawn', (_, faces, faults, areaM2) => {
    expect(drawingFaults(surfaces(faces), '')).toEqual(faults);
    expect(drawnM2(faces)).toBeCloseTo(areaM2, 3);
  });
});
