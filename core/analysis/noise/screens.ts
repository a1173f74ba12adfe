/** What stands in the way of sound and throws it back: sides of buildings, found by a grid. */
import { signedArea, type Xy } from '../../geo/plane.ts';
import { heightOf, type NoiseGround } from './noise-ground.ts';

export interface Screen {
  /** Closed ring. */
  readonly outline: readonly Xy[];
  readonly heightM: number;
}

const CELL_M = 20;
/** Narrower sides throw back next to nothing. */
const SHORTEST_WALL_M = 1;
/** The façade that one stands at does not count. */
const LEAST_BEFORE_M = 0.5;

/** Longer than any building; a little aside, so that no ray runs along a side. */
const [FAR_M, ASIDE_M] = [600, 0.37];

type Met = readonly [share: number, building: number];

/** Where a ray meets a side: the share of its length, the building, and whether it comes out of it there. */
export type Crossing = readonly [share: number, building: number, isOut: boolean];

/** A side that throws sound back to whoever is in front of it. */
export interface Wall {
  readonly from: Xy;
  readonly to: Xy;
  /** Altitude of its upper edge. */
  readonly topM: number;
  readonly building: number;
}

export class Screens {
  /** Altitudes of upper edges. */
  private readonly tops: Float64Array;
  private readonly outlines: readonly (readonly Xy[])[];
  /** By building, +1 where its ring turns left. */
  private readonly turns: Int8Array;
  /** By side its two ends, less the corner of the grid. */
  private readonly ends: Float64Array;
  private readonly building: Int32Array;
  /** Which ray saw a side last. */
  private readonly seen: Int32Array;
  private ray = 0;
  private readonly corner: Xy;
  private readonly columns: number;
  private readonly rows: number;
  /** Sides of cell k: `sides[start[k]]` up to `sides[start[k + 1]]`. */
  private readonly start: Int32Array;
  private readonly sides: Int32Array;

  constructor(screens: readonly Screen[], ground: NoiseGround = {}) {
    const count = screens.reduce((sum, { outline }) => sum + Math.max(0, outline.length - 1), 0);
    this.tops = Float64Array.from(
      screens,
      ({ outline, heightM }) => heightM + Math.min(...outline.map((corner) => heightOf(ground, corner))),
    );
    this.outlines = screens.map(({ outline }) => outline);
    this.turns = Int8Array.from(screens, ({ outline }) => (signedArea(outline) > 0 ? 1 : -1));
    this.ends = new Float64Array(4 * count);
    this.building = new Int32Array(count);
    this.seen = new Int32Array(count);
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { outline } of screens) {
      for (const [x, y] of outline) {
        [minX, minY, maxX, maxY] = [
          Math.min(minX, x),
          Math.min(minY, y),
          Math.max(maxX, x),
          Math.max(maxY, y),
        ];
      }
    }
    this.corner = count > 0 ? [minX, minY] : [0, 0];
    this.columns = count > 0 ? Math.floor((maxX - minX) / CELL_M) + 1 : 0;
    this.rows = count > 0 ? Math.floor((maxY - minY) / CELL_M) + 1 : 0;
    let side = 0;
    for (const [index, { outline }] of screens.entries()) {
      for (let k = 0; k + 1 < outline.length; k++, side++) {
        const [[ax, ay], [bx, by]] = [outline[k] as Xy, outline[k + 1] as Xy];
        this.ends.set([ax - minX, ay - minY, bx - minX, by - minY], 4 * side);
        this.building[side] = index;
      }
    }
    this.start = new Int32Array(this.columns * this.rows + 1);
    this.eachCell((cell) => {
      this.start[cell + 1] = (this.start[cell + 1] as number) + 1;
    });
    for (let k = 1; k < this.start.length; k++)
      this.start[k] = (this.start[k] as number) + (this.start[k - 1] as number);
    this.sides = new Int32Array(this.start.at(-1) ?? 0);
    const filled = this.start.slice();
    this.eachCell((cell, each) => {
      this.sides[filled[cell] as number] = each;
      filled[cell] = (filled[cell] as number) + 1;
    });
  }

  topM(building: number): number {
    return this.tops[building] as number;
  }

  outline(building: number): readonly Xy[] {
    return this.outlines[building] as readonly Xy[];
  }

  /** Where a straight ray goes into buildings and comes out of them, by distance. */
  crossings(from: Xy, to: Xy): readonly Crossing[] {
    const found = this.met(from, to);
    if (found.length === 0) return [];
    found.sort(([a], [b]) => a - b);
    const inside = new Set<number>();
    // Whatever the ray crosses an odd number of times it begins or ends in; it begins in no building's wall.
    for (const [, building] of found) if (!inside.delete(building)) inside.add(building);
    return found.map(([share, building]): Crossing => {
      const isOut = inside.delete(building);
      if (!isOut) inside.add(building);
      return [share, building, isOut];
    });
  }

  /** Whether a place lies within a building. */
  isInside(at: Xy): boolean {
    // Rays both ways: one alone might end within a building.
    const oddAlong = (dx: number): Set<number> => {
      const odd = new Set<number>();
      for (const [, building] of this.met(at, [at[0] + dx, at[1] + ASIDE_M])) {
        if (!odd.delete(building)) odd.add(building);
      }
      return odd;
    };
    const eastward = oddAlong(FAR_M);
    if (eastward.size === 0) return false;
    const westward = oddAlong(-FAR_M);
    return [...eastward].some((building) => westward.has(building));
  }

  /** Sides that look at a place from no farther than a distance. */
  wallsAround(at: Xy, reachM: number): readonly Wall[] {
    const [x, y] = [at[0] - this.corner[0], at[1] - this.corner[1]];
    const walls: Wall[] = [];
    const cellOf = (metres: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor(metres / CELL_M)));
    this.ray++;
    for (let row = cellOf(y - reachM, this.rows); row <= cellOf(y + reachM, this.rows); row++) {
      for (
        let column = cellOf(x - reachM, this.columns);
        column <= cellOf(x + reachM, this.columns);
        column++
      ) {
        const cell = row * this.columns + column;
        for (let k = this.start[cell] as number; k < (this.start[cell + 1] as number); k++) {
          const side = this.sides[k] as number;
          if (this.seen[side] === this.ray) continue;
          this.seen[side] = this.ray;
          const wall = this.wallFacing(side, x, y, reachM);
          if (wall) walls.push(wall);
        }
      }
    }
    return walls;
  }

  private wallFacing(side: number, x: number, y: number, reachM: number): Wall | undefined {
    const { ends, corner } = this;
    const building = this.building[side] as number;
    const [ax, ay] = [ends[4 * side] as number, ends[4 * side + 1] as number];
    const [bx, by] = [ends[4 * side + 2] as number, ends[4 * side + 3] as number];
    const [ex, ey] = [bx - ax, by - ay];
    const length = Math.hypot(ex, ey);
    if (length < SHORTEST_WALL_M) return undefined;
    // To the right of a ring that turns left is outside.
    const before = ((this.turns[building] as number) * ((x - ax) * ey - (y - ay) * ex)) / length;
    if (before < LEAST_BEFORE_M || before > reachM) return undefined;
    const from: Xy = [ax + corner[0], ay + corner[1]];
    return { from, to: [bx + corner[0], by + corner[1]], topM: this.tops[building] as number, building };
  }

  private met(from: Xy, to: Xy): Met[] {
    const [fromX, fromY] = [from[0] - this.corner[0], from[1] - this.corner[1]];
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const found: Met[] = [];
    this.ray++;
    let [column, row] = [Math.floor(fromX / CELL_M), Math.floor(fromY / CELL_M)];
    let left =
      Math.abs(Math.floor((fromX + dx) / CELL_M) - column) +
      Math.abs(Math.floor((fromY + dy) / CELL_M) - row);
    const [stepX, stepY] = [Math.sign(dx), Math.sign(dy)];
    let nextX = dx === 0 ? Infinity : ((column + (stepX > 0 ? 1 : 0)) * CELL_M - fromX) / dx;
    let nextY = dy === 0 ? Infinity : ((row + (stepY > 0 ? 1 : 0)) * CELL_M - fromY) / dy;
    const [perColumn, perRow] = [Math.abs(CELL_M / dx), Math.abs(CELL_M / dy)];
    for (;;) {
      if (column >= 0 && row >= 0 && column < this.columns && row < this.rows) {
        this.crossedIn(row * this.columns + column, fromX, fromY, dx, dy, found);
      }
      if (left-- <= 0) return found;
      if (nextX < nextY) {
        column += stepX;
        nextX += perColumn;
      } else {
        row += stepY;
        nextY += perRow;
      }
    }
  }

  private crossedIn(cell: number, fromX: number, fromY: number, dx: number, dy: number, found: Met[]): void {
    const { ends, seen, ray } = this;
    for (let k = this.start[cell] as number; k < (this.start[cell + 1] as number); k++) {
      const side = this.sides[k] as number;
      if (seen[side] === ray) continue;
      seen[side] = ray;
      const [ax, ay] = [ends[4 * side] as number, ends[4 * side + 1] as number];
      const [ex, ey] = [(ends[4 * side + 2] as number) - ax, (ends[4 * side + 3] as number) - ay];
      const square = dx * ey - dy * ex;
      if (square === 0) continue;
      const t = ((ax - fromX) * ey - (ay - fromY) * ex) / square;
      const u = ((ax - fromX) * dy - (ay - fromY) * dx) / square;
      if (t > 0 && t < 1 && u >= 0 && u < 1) found.push([t, this.building[side] as number]);
    }
  }

  /** Every side with every cell that its box touches. */
  private eachCell(visit: (cell: number, side: number) => void): void {
    const cellOf = (metres: number) => Math.floor(metres / CELL_M);
    for (let side = 0; side < this.building.length; side++) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = this.ends.subarray(4 * side, 4 * side + 4);
      for (let row = cellOf(Math.min(ay, by)); row <= cellOf(Math.max(ay, by)); row++) {
        for (let column = cellOf(Math.min(ax, bx)); column <= cellOf(Math.max(ax, bx)); column++) {
          visit(row * this.columns + column, side);
        }
      }
    }
  }
}
