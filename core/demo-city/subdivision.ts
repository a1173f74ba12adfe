/**
 * A town quarter cut into plots that share their corners. Corners are whole centimetres, as in the register;
 * when a cut ends on a side, the corner is inserted on both sides of it, so that plots always tile exactly.
 */

import { add, around, cross, distance, dot, isInside, signedArea, subtract, type Xy } from '../geo/plane.ts';
import { crossings, lengthOf, parallel, partOf, placeAt } from '../geo/polyline.ts';

/** What lies beyond a side of a plot: a neighbour, a street, a larger street, a railway, water, a path. */
export type Beyond = 'plot' | 'street' | 'avenue' | 'closed' | 'water' | 'path';

/** A simple ring, counter-clockwise; `beyond[i]` belongs to the side from corner i to corner i + 1. */
export interface Plot {
  readonly corners: readonly number[];
  readonly beyond: readonly Beyond[];
}

export interface Street {
  readonly plot: Plot;
  /** Centre line inside the quarter. */
  readonly centre: readonly Xy[];
  readonly halfWidthM: number;
}

/** A cut nearer to a corner than this (cm) uses the corner. */
const SNAP_CM = 35;
const PAIR = 2 ** 26;

export class Subdivision {
  readonly #x: number[] = [];
  readonly #y: number[] = [];
  /** The corner that was inserted between two. */
  readonly #inserted = new Map<number, number>();

  /** Adds a corner at whole centimetres. */
  cornerAt(xCm: number, yCm: number): number {
    this.#x.push(xCm);
    this.#y.push(yCm);
    return this.#x.length - 1;
  }

  cm(corner: number): readonly [xCm: number, yCm: number] {
    return [this.#x[corner] as number, this.#y[corner] as number];
  }

  point(corner: number): Xy {
    return [(this.#x[corner] as number) / 100, (this.#y[corner] as number) / 100];
  }

  plotOf(ringCm: readonly Xy[], beyond: readonly Beyond[]): Plot {
    return { corners: ringCm.map(([x, y]) => this.cornerAt(x, y)), beyond };
  }

  ring(plot: Plot): Xy[] {
    return plot.corners.map((corner) => this.point(corner));
  }

  areaM2(plot: Plot): number {
    return signedArea(this.ring(plot));
  }

  /** The plot with every corner that its neighbours put on its sides. */
  settled(plot: Plot): Plot {
    const corners: number[] = [];
    const beyond: Beyond[] = [];
    plot.corners.forEach((corner, i) => {
      const start = corners.length;
      this.#expand(corner, around(plot.corners, i + 1), corners);
      for (let k = start; k < corners.length; k++) beyond.push(plot.beyond[i] as Beyond);
    });
    return corners.length === plot.corners.length ? plot : { corners, beyond };
  }

  /** Corners from a (included) to b (left out), as inserted so far. */
  between(a: number, b: number): number[] {
    const found: number[] = [];
    this.#expand(a, b, found);
    return found;
  }

  #expand(a: number, b: number, into: number[]): void {
    const middle = this.#inserted.get(key(a, b));
    if (middle === undefined) {
      into.push(a);
    } else {
      this.#expand(a, middle, into);
      this.#expand(middle, b, into);
    }
  }

  /**
   * Cuts a plot along a path (metres) that runs from outside to outside.
   * @param options.minAreaM2 neither part may be smaller
   * @param options.first take the first stretch inside instead of the longest
   * @returns the parts left and right of the path, or undefined when the path does not cut it in two.
   */
  split(
    unsettled: Plot,
    path: readonly Xy[],
    options: { beyond?: Beyond; minAreaM2?: number; first?: boolean } = {},
  ): { readonly left: Plot; readonly right: Plot } | undefined {
    const plot = this.settled(unsettled);
    const ring = this.ring(plot);
    const stretch = chooseStretch(path, ring, options.first ?? false);
    if (!stretch) return undefined;
    const { enter, leave } = stretch;
    if (enter.side === leave.side) return undefined;
    const start = this.#landing(plot, enter.side, enter.point);
    const end = this.#landing(plot, leave.side, leave.point);
    if (start.corner !== undefined && start.corner === end.corner) return undefined;

    const inner = partOf(path, enter.alongM, leave.alongM).slice(1, -1).map(toCm);
    const middle = inner.filter((p) => distance(p, start.cm) > SNAP_CM && distance(p, end.cm) > SNAP_CM);
    const leftRing = [start.cm, ...middle, end.cm, ...walk(plot, ring, leave.side, enter.side, end, start)];
    const rightRing = [
      end.cm,
      ...middle.toReversed(),
      start.cm,
      ...walk(plot, ring, enter.side, leave.side, start, end),
    ];
    const least = (options.minAreaM2 ?? 1) * 1e4;
    if (signedArea(leftRing) < least || signedArea(rightRing) < least) return undefined;
    const cutSides = middle.length + 1;
    if (!isCleanCut(leftRing, cutSides) || !isCleanCut(rightRing, cutSides)) return undefined;

    const startCorner = this.#land(plot, enter.side, start);
    const endCorner = this.#land(plot, leave.side, end);
    const cut = middle.map(([x, y]) => this.cornerAt(x, y));
    const settled = this.settled(plot);
    const tag = options.beyond ?? 'plot';
    return {
      left: assemble(settled, [startCorner, ...cut, endCorner], tag),
      right: assemble(settled, [endCorner, ...cut.toReversed(), startCorner], tag),
    };
  }

  /** Where a cut lands on a side: an existing corner near by, or a new place in whole centimetres. */
  #landing(plot: Plot, side: number, point: Xy): Landing {
    const p = toCm(point);
    const a = around(plot.corners, side);
    const b = around(plot.corners, side + 1);
    const [toA, toB] = [distance(p, this.cm(a)), distance(p, this.cm(b))];
    if (Math.min(toA, toB) > SNAP_CM) return { cm: p, corner: undefined };
    const corner = toA <= toB ? a : b;
    return { cm: this.cm(corner), corner };
  }

  #land(plot: Plot, side: number, landing: Landing): number {
    if (landing.corner !== undefined) return landing.corner;
    const corner = this.cornerAt(landing.cm[0], landing.cm[1]);
    this.#inserted.set(key(around(plot.corners, side), around(plot.corners, side + 1)), corner);
    return corner;
  }

  /**
   * Cuts a street out of a plot. The corners at its ends are splayed by `splayM`, as Polish corner plots are.
   * @returns the street and the plots on both sides, or undefined when it cannot be cut.
   */
  cutStreet(
    plot: Plot,
    path: readonly Xy[],
    options: { halfWidthM: number; splayM: number; minAreaM2: number; beyond?: Beyond },
  ): { readonly left: Plot; readonly right: Plot; readonly street: Street } | undefined {
    const stretch = chooseStretch(path, this.ring(this.settled(plot)), false);
    if (!stretch) return undefined;
    const { halfWidthM, splayM, minAreaM2, beyond = 'street' } = options;
    const [from, to] = [stretch.enter.alongM, stretch.leave.alongM];
    if (to - from < 4 * splayM + 2 * halfWidthM) return undefined;
    const centre = splayed(path, from, to, splayM);
    const widths = centre.map(({ extraM }) => halfWidthM + extraM);
    const line = centre.map(({ point }) => point);
    const leftLine = parallel(line, (i) => widths[i] as number);
    const rightLine = parallel(line, (i) => -(widths[i] as number));
    const first = this.split(plot, leftLine, { beyond, minAreaM2 });
    if (!first) return undefined;
    const second = this.split(first.right, rightLine, { beyond, minAreaM2: 1 });
    if (!second || this.areaM2(second.right) < minAreaM2) return undefined;
    return {
      left: first.left,
      right: second.right,
      street: { plot: second.left, centre: partOf(path, from, to), halfWidthM },
    };
  }
}

interface Landing {
  readonly cm: Xy;
  readonly corner: number | undefined;
}

const toCm = ([x, y]: Xy): Xy => [Math.round(x * 100), Math.round(y * 100)];
const key = (a: number, b: number): number => (a < b ? a * PAIR + b : b * PAIR + a);

function chooseStretch(path: readonly Xy[], ring: readonly Xy[], first: boolean) {
  const hits = crossings(path, ring);
  let best: { enter: (typeof hits)[0]; leave: (typeof hits)[0] } | undefined;
  let bestLength = 0.5;
  for (let i = 0; i + 1 < hits.length; i++) {
    const enter = hits[i];
    const leave = hits[i + 1];
    if (!enter || !leave) continue;
    const length = leave.alongM - enter.alongM;
    if (length <= bestLength) continue;
    if (!isInside(ring, placeAt(path, enter.alongM + length / 2).point)) continue;
    best = { enter, leave };
    bestLength = length;
    if (first) break;
  }
  return best;
}

/** Whether the first sides of a ring, made by a cut, meet no other side: rounding can make near misses meet. */
function isCleanCut(ringCm: readonly Xy[], cutSides: number): boolean {
  const n = ringCm.length;
  for (let k = 0; k < cutSides; k++) {
    const [p, q] = [ringCm[k] as Xy, around(ringCm, k + 1)];
    for (let other = 0; other < n; other++) {
      if (other === k) continue;
      const [a, b] = [ringCm[other] as Xy, around(ringCm, other + 1)];
      const follows = other === (k + 1) % n;
      const leads = k === (other + 1) % n;
      if (follows ? turnsBack(p, q, b) : leads ? turnsBack(a, p, q) : touch(p, q, a, b)) return false;
    }
  }
  return true;
}

const turnsBack = (a: Xy, b: Xy, c: Xy): boolean =>
  cross(subtract(b, a), subtract(c, b)) === 0 && dot(subtract(b, a), subtract(c, b)) <= 0;

/** Whether two sides in whole centimetres have a point in common. */
function touch(p: Xy, q: Xy, a: Xy, b: Xy): boolean {
  if (Math.max(p[0], q[0]) < Math.min(a[0], b[0]) || Math.max(a[0], b[0]) < Math.min(p[0], q[0]))
    return false;
  if (Math.max(p[1], q[1]) < Math.min(a[1], b[1]) || Math.max(a[1], b[1]) < Math.min(p[1], q[1]))
    return false;
  const side = (u: Xy, v: Xy, w: Xy) => Math.sign(cross(subtract(v, u), subtract(w, u)));
  return side(p, q, a) * side(p, q, b) <= 0 && side(a, b, p) * side(a, b, q) <= 0;
}

/** Ring corners (cm) passed when walking on from one landing to another. */
function walk(
  plot: Plot,
  ring: readonly Xy[],
  fromSide: number,
  toSide: number,
  from: Landing,
  to: Landing,
): Xy[] {
  const passed: Xy[] = [];
  const n = plot.corners.length;
  for (let i = fromSide + 1, count = 0; count < n; i++, count++) {
    const corner = around(plot.corners, i);
    if (corner === to.corner) break;
    if (corner !== from.corner) passed.push(toCm(around(ring, i)));
    if ((((i - toSide) % n) + n) % n === 0) break;
  }
  return passed;
}

/** The part of a plot between the ends of a cut: the cut, then the old sides on from its end. */
function assemble(plot: Plot, cut: readonly number[], tag: Beyond): Plot {
  const corners: number[] = [...cut.slice(0, -1)];
  const beyond: Beyond[] = corners.map(() => tag);
  const end = cut[cut.length - 1] as number;
  const first = plot.corners.indexOf(end);
  for (let i = first; ; i++) {
    const corner = around(plot.corners, i);
    if (corner === cut[0] && i > first) break;
    corners.push(corner);
    beyond.push(around(plot.beyond, i));
    if (i - first > plot.corners.length) throw new Error('A cut left its plot');
  }
  return { corners, beyond };
}

/** The path with points where the splay of the corners begins and ends, and the width added there. */
function splayed(path: readonly Xy[], fromM: number, toM: number, splayM: number) {
  const total = lengthOf(path);
  const reach = splayM + 6;
  const stations = new Set([fromM - reach, fromM + splayM, toM - splayM, toM + reach]);
  let along = 0;
  for (let i = 0; i < path.length; i++) {
    if (i > 0) along += distance(path[i - 1] as Xy, path[i] as Xy);
    if (along > fromM + splayM + 1 && along < toM - splayM - 1) stations.add(along);
  }
  return [...stations]
    .sort((a, b) => a - b)
    .map((station) => {
      const { point, direction } = placeAt(path, Math.min(total, Math.max(0, station)));
      const beyondEnd = station < 0 ? station : Math.max(0, station - total);
      const extraM = Math.max(0, fromM + splayM - station, station - (toM - splayM));
      return { point: add(point, direction, beyondEnd), extraM };
    });
}
