/** The ground between buildings as edges of its surface, to be looked over like those of roofs. */

import type { BuildingShape } from './building-shape.ts';
import type { GroundGrid } from './ground-grid.ts';

/** x, y, z of one end and of the other. */
export type ReliefEdge = readonly [number, number, number, number, number, number];

/** Ground so near a building is left to it: its foot is known better than the ground beside, and its roof hides more. */
const BESIDE_BUILDING_M = 10;

/** Sides and one diagonal of every square of posts, where no building stands. */
export function reliefEdges(relief: GroundGrid, shapes: readonly BuildingShape[]): readonly ReliefEdge[] {
  const { origin, stepM, columns, rows, heights } = relief;
  const isBare = bareGround(relief, shapes);
  const edges: ReliefEdge[] = [];
  const join = (at: number, other: number): void => {
    const [a, b] = [heights[at] ?? Number.NaN, heights[other] ?? Number.NaN];
    if (!isBare[at] || !isBare[other] || Number.isNaN(a) || Number.isNaN(b)) return;
    const x = (n: number) => origin[0] + (n % columns) * stepM;
    const y = (n: number) => origin[1] + Math.floor(n / columns) * stepM;
    edges.push([x(at), y(at), a, x(other), y(other), b]);
  };
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      if (column + 1 < columns) join(at, at + 1);
      if (row + 1 < rows) join(at, at + columns);
      if (column + 1 < columns && row + 1 < rows) join(at, at + columns + 1);
    }
  return edges;
}

/** 1 for posts that no building stands on or beside, by the boxes of buildings. */
function bareGround(
  { origin, stepM, columns, rows }: GroundGrid,
  shapes: readonly BuildingShape[],
): Uint8Array {
  const isBare = new Uint8Array(columns * rows).fill(1);
  for (const { surfaces } of shapes) {
    const corners = surfaces.flatMap((rings) => rings[0] ?? []);
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    const post = (value: number, from: number) => (value - from) / stepM;
    const [west, south] = [Math.min(...xs) - BESIDE_BUILDING_M, Math.min(...ys) - BESIDE_BUILDING_M];
    const [east, north] = [Math.max(...xs) + BESIDE_BUILDING_M, Math.max(...ys) + BESIDE_BUILDING_M];
    const lastColumn = Math.min(columns - 1, Math.floor(post(east, origin[0])));
    const lastRow = Math.min(rows - 1, Math.floor(post(north, origin[1])));
    for (let row = Math.max(0, Math.ceil(post(south, origin[1]))); row <= lastRow; row++)
      for (let column = Math.max(0, Math.ceil(post(west, origin[0]))); column <= lastColumn; column++)
        isBare[row * columns + column] = 0;
  }
  return isBare;
}
