import type { Raster } from './raster.ts';
import { SegmentSet } from './segment-set.ts';

/** Round joins and caps may miss the circle by this much. */
const FLATNESS_PX = 0.1;
/** Bends of narrower lines need no join. */
const NARROWEST_JOINED_PX = 1.2;

export interface StrokeOptions {
  readonly widthPx: number;
  /** Lengths drawn and left out by turns. */
  readonly dash?: readonly number[] | undefined;
  /** Ends of lines are rounded; default they are cut off. */
  readonly roundCaps?: boolean;
}

/**
 * Outlines of lines, into a raster: each segment as a quadrilateral, bends closed by round joins, all running the
 * same way so that one sweep unites them. A segment that two neighbours share is drawn once.
 */
export class Stroker {
  readonly #raster: Raster;
  readonly #options: StrokeOptions;
  readonly #half: number;
  readonly #step: number;
  readonly #seen = new SegmentSet();
  /** Of a segment's quadrilateral. */
  readonly #corners = new Float64Array(8);

  constructor(raster: Raster, options: StrokeOptions) {
    this.#raster = raster;
    this.#options = options;
    this.#half = options.widthPx / 2;
    this.#step = Math.max(
      0.2,
      2 * Math.acos(Math.max(0, 1 - FLATNESS_PX / Math.max(this.#half, FLATNESS_PX))),
    );
  }

  /** A line of positions `x, y, …`; a closed one returns to its start. */
  line(positions: Float64Array, start: number, end: number, isClosed: boolean): void {
    if (end - start < 4) return;
    if (this.#options.dash) this.#dashes(positions, start, end, isClosed, this.#options.dash);
    else this.#solid(positions, start, end, isClosed);
  }

  #solid(positions: Float64Array, start: number, end: number, isClosed: boolean): void {
    const half = this.#half;
    const corners = this.#corners;
    const joined = this.#options.widthPx >= NARROWEST_JOINED_PX;
    const margin = half + 1;
    const { widthPx, heightPx } = this.#raster;
    const first = isClosed ? start - 2 : start;
    let hasBefore = false;
    let beforeX = 0;
    let beforeY = 0;
    for (let i = first; i + 2 < end; i += 2) {
      const from = i < start ? end - 2 : i;
      const ax = positions[from] ?? 0;
      const ay = positions[from + 1] ?? 0;
      const bx = positions[i + 2] ?? 0;
      const by = positions[i + 3] ?? 0;
      const dx = bx - ax;
      const dy = by - ay;
      const length = Math.sqrt(dx * dx + dy * dy);
      if (length === 0) continue;
      const isFar =
        (ax < -margin && bx < -margin) ||
        (ay < -margin && by < -margin) ||
        (ax > widthPx + margin && bx > widthPx + margin) ||
        (ay > heightPx + margin && by > heightPx + margin);
      const normalX = (-dy / length) * half;
      const normalY = (dx / length) * half;
      if (!isFar && this.#seen.add(fine(ax), fine(ay), fine(bx), fine(by))) {
        corners[0] = ax - normalX;
        corners[1] = ay - normalY;
        corners[2] = bx - normalX;
        corners[3] = by - normalY;
        corners[4] = bx + normalX;
        corners[5] = by + normalY;
        corners[6] = ax + normalX;
        corners[7] = ay + normalY;
        this.#raster.outline(corners, 0, 8);
        if (joined && hasBefore) this.#join(ax, ay, beforeX, beforeY, normalX, normalY);
        if (this.#options.roundCaps && !isClosed) {
          if (i === start) this.#arc(ax, ay, normalX, normalY, -normalX, -normalY, Math.PI);
          if (i + 4 >= end) this.#arc(bx, by, -normalX, -normalY, normalX, normalY, Math.PI);
        }
      }
      beforeX = normalX;
      beforeY = normalY;
      hasBefore = true;
    }
    if (joined && isClosed && hasBefore) {
      // The bend at the end of the closing segment's predecessor: last position of the ring.
      const [px = 0, py = 0, qx = 0, qy = 0] = [
        positions[end - 2],
        positions[end - 1],
        positions[start],
        positions[start + 1],
      ];
      const length = Math.hypot(qx - px, qy - py);
      if (length > 0) {
        this.#join(px, py, beforeX, beforeY, (-(qy - py) / length) * half, ((qx - px) / length) * half);
      }
    }
  }

  /** Fills the gap on the outer side of a bend between two normals. */
  #join(x: number, y: number, fromX: number, fromY: number, toX: number, toY: number): void {
    const cross = fromX * toY - fromY * toX;
    const dot = fromX * toX + fromY * toY;
    const angle = Math.atan2(Math.abs(cross), dot);
    if (angle < 0.05) return;
    if (cross > 0) this.#arc(x, y, -fromX, -fromY, -toX, -toY, angle);
    else this.#arc(x, y, toX, toY, fromX, fromY, angle);
  }

  /** A sector around a position, from one radius to another, turning by `angle` as y turns from x. */
  #arc(x: number, y: number, fromX: number, fromY: number, toX: number, toY: number, angle: number): void {
    const steps = Math.ceil(angle / this.#step);
    const cos = Math.cos(angle / steps);
    const sin = Math.sin(angle / steps);
    const rim = new Float64Array(2 * steps + 4);
    let [rx, ry] = [fromX, fromY];
    for (let i = 0; i <= steps; i++) {
      rim[2 * i] = x + rx;
      rim[2 * i + 1] = y + ry;
      [rx, ry] = i === steps - 1 ? [toX, toY] : [rx * cos - ry * sin, rx * sin + ry * cos];
    }
    rim[2 * steps + 2] = x;
    rim[2 * steps + 3] = y;
    this.#raster.outline(rim);
  }

  #dashes(
    positions: Float64Array,
    start: number,
    end: number,
    isClosed: boolean,
    dash: readonly number[],
  ): void {
    const cycle = dash.reduce((sum, length) => sum + Math.max(0, length), 0);
    if (!(cycle > 0.5)) return;
    const margin = this.#half + 1;
    let index = 0;
    let left = dash[0] ?? 0;
    let piece: number[] = [];
    const last = isClosed ? end + 2 : end;
    let [x = 0, y = 0] = [positions[start], positions[start + 1]];
    for (let i = start + 2; i < last; i += 2) {
      const at = i >= end ? start : i;
      const [toX = 0, toY = 0] = [positions[at], positions[at + 1]];
      let length = Math.hypot(toX - x, toY - y);
      if (isOutside(x, y, toX, toY, margin, this.#raster)) {
        // Far from the picture only the phase counts.
        [x, y, piece] = [toX, toY, []];
        let rest = length % cycle;
        while (rest >= left) {
          rest -= left;
          index = (index + 1) % dash.length;
          left = dash[index] ?? 0;
        }
        left -= rest;
        continue;
      }
      if (index % 2 === 0 && piece.length === 0) piece.push(x, y);
      while (length > left) {
        const share = left / length;
        [x, y] = [x + (toX - x) * share, y + (toY - y) * share];
        length -= left;
        if (index % 2 === 0) {
          piece.push(x, y);
          this.#solid(Float64Array.from(piece), 0, piece.length, false);
          piece = [];
        } else piece = [x, y];
        index = (index + 1) % dash.length;
        left = dash[index] ?? 0;
      }
      left -= length;
      [x, y] = [toX, toY];
      if (index % 2 === 0) piece.push(x, y);
    }
    if (piece.length >= 4) this.#solid(Float64Array.from(piece), 0, piece.length, false);
  }
}

/** Positions nearer than this are the same. */
const PER_PX = 16;
const fine = (px: number): number => Math.round(px * PER_PX) | 0;

function isOutside(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  margin: number,
  { widthPx, heightPx }: Raster,
): boolean {
  return (
    (ax < -margin && bx < -margin) ||
    (ay < -margin && by < -margin) ||
    (ax > widthPx + margin && bx > widthPx + margin) ||
    (ay > heightPx + margin && by > heightPx + margin)
  );
}
