import type { Colour } from './colour.ts';

/** Touched pixels are remembered in blocks of this many. */
const BLOCK_SHIFT = 4;
const BLOCK = 1 << BLOCK_SHIFT;
/** Coverage below this is rounding, not shape. */
const NOTHING = 1 / 1024;

/** Shares of ink and ground are counted in this many parts: a channel is off by one at most. */
const WHOLE = 256;
const HALVES = 0x800080;

/** Fresh memory for a picture costs as much as drawing it, so that of one picture is kept. */
const MOST_SPARE_PX = 1 << 21;
interface Spare {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly words: Uint32Array<ArrayBuffer>;
  /** All zero: every sweep leaves it so. */
  readonly cover: Float32Array;
}
let spare: Spare | undefined;

function takeSpare(widthPx: number, heightPx: number): Spare | undefined {
  if (spare?.widthPx !== widthPx || spare.heightPx !== heightPx) return undefined;
  const taken = spare;
  spare = undefined;
  return taken;
}

/** RGBA pixels, multiplied by alpha, row by row. */
export interface Sheet {
  readonly pixels: Uint8Array | Uint8ClampedArray;
  readonly widthPx: number;
}

export interface Part {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * A picture and a pen. Closed outlines are gathered as signed area and cover of the cells that their edges cross,
 * then one sweep paints what they cover, smoothed by exact area. Outlines that overlap in one sweep are united, and
 * neighbours that share an edge leave no seam. Shells must run one way and holes the other.
 *
 * Pixels are RGBA, multiplied by alpha. Positions are pixels from the upper left corner.
 */
export class Raster {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: Uint8ClampedArray;
  readonly #words: Uint32Array<ArrayBuffer>;
  readonly #cover: Float32Array;
  readonly #stride: number;
  readonly #touched: Uint8Array;
  readonly #blocks: number;
  #firstRow: number;
  #lastRow = -1;

  constructor(widthPx: number, heightPx: number, background: Colour) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    const kept = takeSpare(widthPx, heightPx);
    this.#words = kept?.words ?? new Uint32Array(widthPx * heightPx);
    this.pixels = new Uint8ClampedArray(this.#words.buffer);
    this.#stride = widthPx + 2;
    this.#cover = kept?.cover ?? new Float32Array(this.#stride * heightPx);
    this.#blocks = (this.#stride + BLOCK - 1) >> BLOCK_SHIFT;
    this.#touched = new Uint8Array(this.#blocks * heightPx);
    this.#firstRow = heightPx;
    if (kept || background.a > 0) this.#words.fill(wordOf(background));
  }

  /** Gives the memory back for the next picture of this size; the raster must not be used any more. */
  release(): void {
    const { widthPx, heightPx } = this;
    if (widthPx * heightPx <= MOST_SPARE_PX) {
      spare = { widthPx, heightPx, words: this.#words, cover: this.#cover };
    }
  }

  /**
   * A closed outline of positions `x, y, x, y, …`. All of it in one function: fractions that one function hands to
   * another are boxed, which made megabytes of garbage for each picture.
   */
  outline(positions: ArrayLike<number>, start = 0, end = positions.length): void {
    if (end - start < 6) return;
    const cover = this.#cover;
    const touched = this.#touched;
    const width = this.widthPx;
    const height = this.heightPx;
    let toX = positions[end - 2] ?? 0;
    let toY = positions[end - 1] ?? 0;
    for (let i = start; i < end; i += 2) {
      const fromX = toX;
      const fromY = toY;
      toX = positions[i] ?? 0;
      toY = positions[i + 1] ?? 0;
      if (!(fromY !== toY)) continue;
      const down = fromY < toY;
      const sign = down ? 1 : -1;
      let x = down ? fromX : toX;
      const top = down ? fromY : toY;
      const bottom = Math.min(down ? toY : fromY, height);
      if (!(bottom > 0) || !(top < height)) continue;
      const slope = (toX - fromX) / (toY - fromY);
      if (!Number.isFinite(slope) || !Number.isFinite(x)) continue;
      let y = top;
      if (y < 0) {
        x -= y * slope;
        y = 0;
      }
      const firstRow = y | 0;
      const lastRow = Math.ceil(bottom) - 1;
      if (firstRow < this.#firstRow) this.#firstRow = firstRow;
      if (lastRow > this.#lastRow) this.#lastRow = lastRow;
      for (let row = firstRow; row <= lastRow; row++) {
        const until = Math.min(row + 1, bottom);
        const tall = until - y;
        const next = x + slope * tall;
        // The part of the edge in this row: from `x` to `next`, over a signed height.
        const area = tall * sign;
        let left = Math.min(x, next);
        let right = Math.max(x, next);
        x = next;
        y = until;
        if (left >= width) continue;
        if (left < 0) left = 0;
        if (right < 0) right = 0;
        if (right > width) right = width;
        const first = left | 0;
        const last = Math.ceil(right);
        const at = row * this.#stride + first;
        const flags = row * this.#blocks;
        if (last <= first + 1) {
          const behind = area * ((left + right) * 0.5 - first);
          cover[at] = (cover[at] ?? 0) + area - behind;
          cover[at + 1] = (cover[at + 1] ?? 0) + behind;
          touched[flags + (first >> BLOCK_SHIFT)] = 1;
          touched[flags + ((first + 1) >> BLOCK_SHIFT)] = 1;
          continue;
        }
        // Several cells: what each shows is the share of the edge left of it, plus the area within it.
        const perCell = area / (right - left);
        const gap = first + 1 - left;
        let shown = 0.5 * gap * gap * perCell;
        cover[at] = (cover[at] ?? 0) + shown;
        for (let column = first + 1; column < last; column++) {
          const inside = Math.min(right - column, 1);
          const now = (column - left + inside - 0.5 * inside * inside) * perCell;
          cover[at + column - first] = (cover[at + column - first] ?? 0) + now - shown;
          shown = now;
        }
        cover[at + last - first] = (cover[at + last - first] ?? 0) + area - shown;
        for (let block = first >> BLOCK_SHIFT; block <= last >> BLOCK_SHIFT; block++)
          touched[flags + block] = 1;
      }
    }
  }

  /** Paints what the outlines since the last sweep cover, and forgets them. */
  sweep(colour: Colour): void {
    for (let row = this.#firstRow; row <= this.#lastRow; row++) this.#sweepRow(row, colour);
    this.#firstRow = this.heightPx;
    this.#lastRow = -1;
  }

  #sweepRow(row: number, colour: Colour): void {
    const cover = this.#cover;
    const touched = this.#touched;
    const words = this.#words;
    const width = this.widthPx;
    const fullShare = Math.round(Math.min(1, Math.max(0, colour.a)) * WHOLE);
    const opaque = fullShare === WHOLE ? wordOf(colour) : undefined;
    const redBlue = Math.round(colour.r) | (Math.round(colour.b) << 16);
    const greenAlpha = Math.round(colour.g) | (255 << 16);
    let sum = 0;
    // Under a clear ink most pixels lie on the same ground as the one before.
    let ground = -1;
    let inked = 0;
    for (let block = 0; block < this.#blocks; block++) {
      const from = block << BLOCK_SHIFT;
      const to = Math.min(from + BLOCK, width);
      const flag = row * this.#blocks + block;
      const isTouched = touched[flag] !== 0;
      const start = row * this.#stride;
      if (!isTouched) {
        const covered = sum < 0 ? -sum : sum;
        if (covered < NOTHING) continue;
        if (opaque !== undefined && covered > 1 - NOTHING) {
          words.fill(opaque, row * width + from, row * width + to);
          continue;
        }
      }
      for (let x = from; x < to; x++) {
        if (isTouched) {
          sum += cover[start + x] ?? 0;
          cover[start + x] = 0;
        }
        const covered = sum < 0 ? -sum : sum;
        if (covered < NOTHING) continue;
        const at = row * width + x;
        const isWhole = covered > 1 - NOTHING;
        if (isWhole && opaque !== undefined) {
          words[at] = opaque;
          continue;
        }
        const word = words[at] ?? 0;
        if (isWhole && word === ground) {
          words[at] = inked;
          continue;
        }
        // Two channels in one product: shares of 256 leave each within its 16 bits.
        const share = isWhole ? fullShare : (covered * fullShare + 0.5) | 0;
        const left = WHOLE - share;
        const mixed =
          (((Math.imul(word & 0xff00ff, left) + Math.imul(redBlue, share) + HALVES) >>> 8) & 0xff00ff) |
          ((Math.imul((word >>> 8) & 0xff00ff, left) + Math.imul(greenAlpha, share) + HALVES) & 0xff00ff00);
        words[at] = mixed;
        if (isWhole) {
          ground = word;
          inked = mixed >>> 0;
        }
      }
      if (!isTouched) continue;
      touched[flag] = 0;
      // Cells beyond the right edge.
      for (let x = to; x < from + BLOCK && x < this.#stride; x++) cover[start + x] = 0;
    }
  }

  /** Lays a picture of as many RGBA pixels, multiplied by alpha, over this one. */
  lay(pixels: Uint8Array | Uint8ClampedArray): void {
    const { widthPx, heightPx } = this;
    this.layPart({ pixels, widthPx }, { x: 0, y: 0, widthPx, heightPx }, 0, 0);
  }

  /** Lays a part of another picture over this one, its upper left corner at `toX`, `toY`; what does not fit is left out. */
  layPart({ pixels, widthPx: stride }: Sheet, part: Part, toX: number, toY: number): void {
    const above = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength >> 2);
    const under = this.pixels;
    const [left, right] = [Math.max(0, -toX), Math.min(part.widthPx, this.widthPx - toX)];
    const [top, bottom] = [Math.max(0, -toY), Math.min(part.heightPx, this.heightPx - toY)];
    for (let row = top; row < bottom; row++) {
      const from = (part.y + row) * stride + part.x;
      const to = (toY + row) * this.widthPx + toX;
      for (let column = left; column < right; column++) {
        const word = above[from + column] ?? 0;
        if (word === 0) continue;
        const kept = 1 - (word >>> 24) / 255;
        const at = 4 * (to + column);
        under[at] = (word & 255) + (under[at] ?? 0) * kept;
        under[at + 1] = ((word >>> 8) & 255) + (under[at + 1] ?? 0) * kept;
        under[at + 2] = ((word >>> 16) & 255) + (under[at + 2] ?? 0) * kept;
        under[at + 3] = (word >>> 24) + (under[at + 3] ?? 0) * kept;
      }
    }
  }
}

function wordOf({ r, g, b, a }: Colour): number {
  const channel = (value: number) => Math.round(value * a);
  return ((Math.round(a * 255) << 24) | (channel(b) << 16) | (channel(g) << 8) | channel(r)) >>> 0;
}
