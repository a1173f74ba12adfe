/** What stands where, by the floors of buildings: to know a wall that adjoins another building. */
import type { BuildingShape, Corner } from './building-shape.ts';

const CELL_M = 25;

interface Floor {
  readonly rings: readonly (readonly Corner[])[];
  readonly topM: number;
}

/** Answers whether a place at a height is inside a building (under its highest point). */
export function builtGround(
  shapes: readonly BuildingShape[],
): (easting: number, northing: number, heightM: number) => boolean {
  const cells = new Map<string, Floor[]>();
  for (const { surfaces, surfaceKinds } of shapes) {
    const topM = Math.max(...surfaces.flatMap((rings) => (rings[0] ?? []).map(([, , z]) => z)));
    for (const [index, rings] of surfaces.entries()) {
      if (surfaceKinds[index] !== 'G') continue;
      const [xs, ys] = [0, 1].map((axis) =>
        (rings[0] ?? []).map((corner) => Math.floor((corner[axis] ?? 0) / CELL_M)),
      );
      for (let x = Math.min(...(xs ?? [])); x <= Math.max(...(xs ?? [])); x++)
        for (let y = Math.min(...(ys ?? [])); y <= Math.max(...(ys ?? [])); y++) {
          const cell = cells.get(`${x}/${y}`) ?? [];
          cell.push({ rings, topM });
          cells.set(`${x}/${y}`, cell);
        }
    }
  }
  return (easting, northing, heightM) =>
    (cells.get(`${Math.floor(easting / CELL_M)}/${Math.floor(northing / CELL_M)}`) ?? []).some(
      ({ rings, topM }) => heightM < topM && isWithin(rings, easting, northing),
    );
}

function isWithin(rings: Floor['rings'], x: number, y: number): boolean {
  let isInside = false;
  for (const ring of rings)
    for (const [i, a] of ring.entries()) {
      const b = ring[(i + 1) % ring.length] ?? a;
      if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0])
        isInside = !isInside;
    }
  return isInside;
}
