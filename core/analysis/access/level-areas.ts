/** The ground where a value is no greater than a level: marching squares with corners found by interpolation. */
import { signedArea, type Xy } from '../../geo/plane.ts';
import { isInsideRings } from '../site-finder/nearest-segment.ts';

/** Values at the corners of square cells, row by row from the south-west. */
export interface ValueGrid {
  readonly west: number;
  readonly south: number;
  readonly cellM: number;
  /** Corners in a row, and rows. */
  readonly columns: number;
  readonly rows: number;
  /** Finite or Infinity; above every level along the border. */
  readonly value: Float64Array;
}

/** @returns polygons of closed rings, the shell first (counter-clockwise), then its holes */
export function levelAreas(grid: ValueGrid, level: number): Xy[][][] {
  const { west, south, cellM, columns, rows, value } = grid;
  const isIn = (corner: number) => (value[corner] as number) <= level;
  /** Sides by their lower corner: those to the east have even numbers, those to the north odd ones. */
  const next = new Map<number, number>();
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      const around = [at, at + 1, at + 1 + columns, at + columns];
      const sides = [2 * at, 2 * (at + 1) + 1, 2 * (at + columns), 2 * at + 1];
      const turns = sides.flatMap((side, k) => {
        const [here, there] = [isIn(around[k] as number), isIn(around[(k + 1) % 4] as number)];
        return here === there ? [] : [{ side, leaves: here }];
      });
      for (const [k, { side, leaves }] of turns.entries()) {
        // The border of what lies within runs from where one leaves it to where one comes in again.
        if (leaves) next.set(side, (turns[(k + 1) % turns.length] as { side: number }).side);
      }
    }
  }
  const placeOn = (side: number): Xy => {
    const a = side >> 1;
    const b = side % 2 === 0 ? a + 1 : a + columns;
    const [va, vb] = [value[a] as number, value[b] as number];
    const part = vb === va || !Number.isFinite(va - vb) ? 0.5 : (level - va) / (vb - va);
    const [ax, ay] = [a % columns, Math.floor(a / columns)];
    const [dx, dy] = side % 2 === 0 ? [part, 0] : [0, part];
    return [round(west + (ax + dx) * cellM), round(south + (ay + dy) * cellM)];
  };
  const shells: Xy[][][] = [];
  const holes: Xy[][] = [];
  while (next.size > 0) {
    const [first] = next.keys();
    const ring: Xy[] = [];
    for (let side = first; side !== undefined && next.has(side); ) {
      ring.push(placeOn(side));
      const following = next.get(side);
      next.delete(side);
      side = following;
    }
    ring.push(ring[0] as Xy);
    if (signedArea(ring) > 0) shells.push([ring]);
    else holes.push(ring);
  }
  for (const hole of holes) {
    const corner = hole[0];
    const owner = corner && shells.find(([shell]) => shell && isInsideRings(corner, [shell]));
    owner?.push(hole);
  }
  return shells;
}

const round = (metres: number) => Math.round(metres * 100) / 100;
