/** How far it is from areas to the nearest of many lines, by a grid of their segments. */
import type { Position, Ring } from '../../geo/geometry.ts';

export interface SegmentGrid {
  /**
   * Planar metres from the area to the nearest segment, 0 where they meet; NaN beyond the reach.
   * @param rings of the area, closed; the first of each polygon is its shell
   */
  distanceM(rings: readonly Ring[], isInside: (place: Position) => boolean): number;
}

const CELL_M = 100;

/** @param reachM what lies farther is not looked for */
export function segmentGrid(lines: Iterable<readonly Position[]>, reachM: number): SegmentGrid {
  const ends: number[] = [];
  const cells = new Map<number, number[]>();
  const note = (x: number, y: number, segment: number) => {
    const key = keyOf(x, y);
    const cell = cells.get(key);
    if (cell) cell.push(segment);
    else cells.set(key, [segment]);
  };
  for (const line of lines) {
    for (let i = 0; i === 0 || i < line.length - 1; i++) {
      const from = line[i];
      // A place is a segment that ends where it begins.
      const to = line[i + 1] ?? from;
      if (!from || !to) continue;
      const segment = ends.length / 4;
      ends.push(from[0], from[1], to[0], to[1]);
      const [minX, maxX] = spanOf(from[0], to[0]);
      const [minY, maxY] = spanOf(from[1], to[1]);
      for (let x = minX; x <= maxX; x++) for (let y = minY; y <= maxY; y++) note(x, y, segment);
    }
  }
  const found = Float64Array.from(ends);
  /** The question in which a segment was last looked at: each is looked at once. */
  const asked = new Uint32Array(found.length / 4);
  let question = 0;
  return {
    distanceM(rings, isInside) {
      const box = boxOf(rings);
      const [minE, minN, maxE, maxN] = box;
      question++;
      let nearest = Infinity;
      // Wider and wider boxes: what is nearer than the widening lies in them.
      for (let aroundM = CELL_M / 2; ; ) {
        const [fromX, toX] = [Math.floor((minE - aroundM) / CELL_M), Math.floor((maxE + aroundM) / CELL_M)];
        const [fromY, toY] = [Math.floor((minN - aroundM) / CELL_M), Math.floor((maxN + aroundM) / CELL_M)];
        for (let x = fromX; x <= toX; x++) {
          for (let y = fromY; y <= toY; y++) {
            for (const segment of cells.get(keyOf(x, y)) ?? []) {
              if (asked[segment] === question) continue;
              asked[segment] = question;
              if (boxApartM(box, found, segment * 4) < nearest) {
                nearest = Math.min(nearest, toSegmentM(rings, found, segment * 4, isInside));
              }
            }
          }
        }
        if (nearest <= aroundM) return nearest;
        if (aroundM >= reachM) return Number.NaN;
        // Nothing farther than what is found already can be nearer.
        aroundM = Math.min(reachM, nearest, aroundM * 2);
      }
    },
  };
}

/** No two points of the area and the segment are nearer than their boxes. */
function boxApartM(
  [minE, minN, maxE, maxN]: readonly [number, number, number, number],
  ends: Float64Array,
  at: number,
): number {
  const [ax, ay] = [ends[at] ?? 0, ends[at + 1] ?? 0];
  const [bx, by] = [ends[at + 2] ?? 0, ends[at + 3] ?? 0];
  const acrossM = Math.max(0, minE - Math.max(ax, bx), Math.min(ax, bx) - maxE);
  const alongM = Math.max(0, minN - Math.max(ay, by), Math.min(ay, by) - maxN);
  return Math.hypot(acrossM, alongM);
}

function toSegmentM(
  rings: readonly Ring[],
  ends: Float64Array,
  at: number,
  isInside: (place: Position) => boolean,
): number {
  const [ax, ay] = [ends[at] ?? 0, ends[at + 1] ?? 0];
  const [bx, by] = [ends[at + 2] ?? 0, ends[at + 3] ?? 0];
  // Wholly within the area no border is met.
  if (isInside([ax, ay])) return 0;
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [p, q] = [ring[i - 1], ring[i]];
      if (p && q) nearest = Math.min(nearest, apartM(p[0], p[1], q[0], q[1], ax, ay, bx, by));
    }
  }
  return nearest;
}

/** Between two segments. */
function apartM(
  px: number,
  py: number,
  qx: number,
  qy: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): number {
  const side = (x1: number, y1: number, x2: number, y2: number, x: number, y: number) =>
    (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
  const crosses =
    side(px, py, qx, qy, ax, ay) * side(px, py, qx, qy, bx, by) < 0 &&
    side(ax, ay, bx, by, px, py) * side(ax, ay, bx, by, qx, qy) < 0;
  if (crosses) return 0;
  return Math.min(
    pointM(px, py, ax, ay, bx, by),
    pointM(qx, qy, ax, ay, bx, by),
    pointM(ax, ay, px, py, qx, qy),
    pointM(bx, by, px, py, qx, qy),
  );
}

function pointM(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

function boxOf(rings: readonly Ring[]): readonly [number, number, number, number] {
  let [minE, minN, maxE, maxN] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (const [e, n] of ring) {
      minE = Math.min(minE, e);
      minN = Math.min(minN, n);
      maxE = Math.max(maxE, e);
      maxN = Math.max(maxN, n);
    }
  }
  return [minE, minN, maxE, maxN];
}

const spanOf = (a: number, b: number): readonly [number, number] => [
  Math.floor(Math.min(a, b) / CELL_M),
  Math.floor(Math.max(a, b) / CELL_M),
];

/** Cells of the whole country are told apart. */
const keyOf = (x: number, y: number): number => x * 4_194_304 + y;

/** Even-odd rule over all rings of an area. */
export function isInsideRings([x, y]: Position, rings: readonly Ring[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [p, q] = [ring[i - 1], ring[i]];
      if (!p || !q || p[1] > y === q[1] > y) continue;
      if (x < ((q[0] - p[0]) * (y - p[1])) / (q[1] - p[1]) + p[0]) inside = !inside;
    }
  }
  return inside;
}
