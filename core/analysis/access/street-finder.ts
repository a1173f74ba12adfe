/** Where a place lies by the streets: the nearest section, and how far along it. */
export interface Footing {
  /** Index of the section; its number in `Streets`. */
  readonly section: number;
  /** Part of the section's length from its first node. */
  readonly along: number;
  /** Straight way to the street, metres. */
  readonly offM: number;
}

/** Lines that people walk along, in lists of one length; section s has the places `start[s]` up to, without, `start[s + 1]`. */
export interface StreetShapes {
  readonly start: Int32Array;
  /** Eastings and northings by turns, metres. */
  readonly places: Float64Array;
}

export interface StreetFinder {
  /**
   * @param but a section that does not count
   * @returns the nearest section, undefined when none is within the reach of the finder
   */
  nearest(e: number, n: number, but?: number): Footing | undefined;
}

const CELL_M = 60;
/** Cells of the whole country are told apart. */
const keyOf = (x: number, y: number): number => x * 4_194_304 + y;
const cellOf = (metres: number): number => Math.floor(metres / CELL_M);

/** Finds the nearest of many streets by a grid of their segments, looking ever farther around. */
export function streetFinder({ start, places }: StreetShapes, reachM: number): StreetFinder {
  const cells = new Map<number, number[]>();
  const sectionOf: number[] = [];
  const segmentAt: number[] = [];
  const beforeM: number[] = [];
  const lengthM = new Float64Array(Math.max(0, start.length - 1));
  const at = (k: number) => places[k] as number;
  for (let section = 0; section + 1 < start.length; section++) {
    let walkedM = 0;
    for (let k = start[section] as number; k + 1 < (start[section + 1] as number); k++) {
      const [ax, ay, bx, by] = [at(2 * k), at(2 * k + 1), at(2 * k + 2), at(2 * k + 3)];
      const segment = sectionOf.length;
      sectionOf.push(section);
      segmentAt.push(k);
      beforeM.push(walkedM);
      walkedM += Math.hypot(bx - ax, by - ay);
      for (let x = cellOf(Math.min(ax, bx)); x <= cellOf(Math.max(ax, bx)); x++) {
        for (let y = cellOf(Math.min(ay, by)); y <= cellOf(Math.max(ay, by)); y++) {
          const cell = cells.get(keyOf(x, y));
          if (cell) cell.push(segment);
          else cells.set(keyOf(x, y), [segment]);
        }
      }
    }
    lengthM[section] = walkedM;
  }
  return {
    nearest(e, n, but) {
      let [found, least, wayAlong] = [-1, Number.POSITIVE_INFINITY, 0];
      const look = (x: number, y: number) => {
        for (const segment of cells.get(keyOf(x, y)) ?? []) {
          if (sectionOf[segment] === but) continue;
          const k = segmentAt[segment] as number;
          const [ax, ay] = [at(2 * k), at(2 * k + 1)];
          const [dx, dy] = [at(2 * k + 2) - ax, at(2 * k + 3) - ay];
          const squared = dx * dx + dy * dy;
          const part =
            squared === 0 ? 0 : Math.min(1, Math.max(0, ((e - ax) * dx + (n - ay) * dy) / squared));
          const off = Math.hypot(e - ax - part * dx, n - ay - part * dy);
          if (off < least || (off === least && segment < found)) {
            [found, least] = [segment, off];
            wayAlong = (beforeM[segment] as number) + part * Math.sqrt(squared);
          }
        }
      };
      const [cx, cy] = [cellOf(e), cellOf(n)];
      for (let ring = 0; ring * CELL_M <= Math.min(reachM, least) + CELL_M; ring++) {
        for (let x = cx - ring; x <= cx + ring; x++) {
          const isSide = x === cx - ring || x === cx + ring;
          for (let y = cy - ring; y <= cy + ring; y += isSide ? 1 : Math.max(1, 2 * ring)) look(x, y);
        }
      }
      if (found === -1 || least > reachM) return undefined;
      const section = sectionOf[found] as number;
      const length = lengthM[section] as number;
      return { section, along: length > 0 ? Math.min(1, wayAlong / length) : 0, offM: least };
    },
  };
}
