import { areaVector, type Vector3 } from '../geo/area-vector.ts';
import type { Position } from '../geo/geometry.ts';
import type { Body, BodyFace } from './body.ts';

const mm = (value: number): number => Math.round(value * 1000);

/**
 * Several bodies as one: walls that two of them share corner by corner, looking at each other, fall away. Walls that meet
 * only in part stay, so that a body stays closed.
 */
export function joinBodies(bodies: readonly Body[]): Body {
  const faces = bodies.flatMap((body) => body.faces.map((face, i) => ({ face, kind: body.kinds[i] ?? 'O' })));
  const waiting = new Map<string, number[]>();
  const dropped = new Set<number>();
  faces.forEach(({ face }, index) => {
    const key = cornersOf(face);
    const others = waiting.get(key) ?? [];
    const opposed = others.findIndex((other) => looksAgainst(face, faces[other]?.face ?? []));
    if (opposed === -1) waiting.set(key, [...others, index]);
    else for (const each of [index, ...others.splice(opposed, 1)]) dropped.add(each);
  });
  const kept = faces.filter((_, index) => !dropped.has(index));
  return { faces: kept.map(({ face }) => face), kinds: kept.map(({ kind }) => kind).join('') };
}

const cornersOf = (face: BodyFace): string =>
  face
    .flatMap((ring) => ring.slice(1).map((at) => at.map(mm).join(' ')))
    .sort()
    .join(',');

function looksAgainst(a: BodyFace, b: BodyFace): boolean {
  const [x, y] = [vectorOf(a), vectorOf(b)];
  return x[0] * y[0] + x[1] * y[1] + x[2] * y[2] < 0;
}

function vectorOf([shell = []]: BodyFace): Vector3 {
  const [x0, y0, z0 = 0] = shell[0] ?? ([0, 0, 0] as Position);
  return areaVector(shell.map(([x, y, z = 0]): Vector3 => [x - x0, y - y0, z - z0]));
}
