import { crc32, deflateSync } from 'node:zlib';
import { reduceColours } from './fewer-colours.ts';
import type { Raster } from './raster.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const PALETTE = 3;
const TRUECOLOUR = 2;
const TRUECOLOUR_ALPHA = 6;
const MOST_COLOURS = 256;

/**
 * A PNG of RGBA pixels that are multiplied by alpha. Up to 256 colours go into a palette, which compresses three
 * times as fast.
 */
export function encodePng(
  { pixels, widthPx, heightPx }: Pick<Raster, 'pixels' | 'widthPx' | 'heightPx'>,
  isOpaque: boolean,
): Uint8Array {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, widthPx * heightPx);
  const indexed = paletteRows(words, widthPx, heightPx);
  if (indexed) {
    const chunks = [chunk('PLTE', indexed.colours)];
    if (!isOpaque) chunks.push(chunk('tRNS', indexed.alphas));
    return assemble(widthPx, heightPx, PALETTE, chunks, indexed.rows);
  }
  const rows = isOpaque ? rgbRows(words, widthPx, heightPx) : rgbaRows(words, widthPx, heightPx);
  return assemble(widthPx, heightPx, isOpaque ? TRUECOLOUR : TRUECOLOUR_ALPHA, [], rows);
}

/** The same of at most 256 colours, whatever it shows: a third of the bytes. The pixels are changed. */
export function encodePng8(
  { pixels, widthPx, heightPx }: Pick<Raster, 'pixels' | 'widthPx' | 'heightPx'>,
  isOpaque: boolean,
): Uint8Array {
  reduceColours(new Uint32Array(pixels.buffer, pixels.byteOffset, widthPx * heightPx), MOST_COLOURS);
  return encodePng({ pixels, widthPx, heightPx }, isOpaque);
}

function assemble(
  widthPx: number,
  heightPx: number,
  colourType: number,
  chunks: readonly Uint8Array[],
  rows: Uint8Array,
): Uint8Array {
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, widthPx);
  head.setUint32(4, heightPx);
  head.setUint8(8, 8);
  head.setUint8(9, colourType);
  const data = deflateSync(rows, { level: 1, memLevel: 9, chunkSize: 128 * 1024 });
  giveRows(rows);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', new Uint8Array(head.buffer)),
    ...chunks,
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}

interface IndexedRows {
  readonly rows: Uint8Array;
  readonly colours: Uint8Array;
  readonly alphas: Uint8Array;
}

/** Rows of palette indexes, or undefined when there are too many colours, which most maps show in a few rows. */
function paletteRows(words: Uint32Array, widthPx: number, heightPx: number): IndexedRows | undefined {
  const palette = new Palette();
  if (!words.every((word) => palette.indexOf(word) >= 0)) return undefined;
  const rows = new Uint8Array((widthPx + 1) * heightPx);
  for (let y = 0, i = 0, at = 0; y < heightPx; y++) {
    at++;
    for (let x = 0; x < widthPx; x++) rows[at++] = palette.indexOf(words[i++] ?? 0);
  }
  const count = palette.count;
  const colours = new Uint8Array(count * 3);
  const alphas = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const [r, g, b, a] = plain(palette.found[index] ?? 0);
    colours.set([r, g, b], index * 3);
    alphas[index] = a;
  }
  return { rows, colours, alphas };
}

class Palette {
  readonly found = new Uint32Array(MOST_COLOURS);
  count = 0;
  readonly #slots = new Int16Array(MOST_COLOURS * 4).fill(-1);
  #lastWord = -1;
  #lastIndex = 0;

  /** The index of a colour, a new one where it must be; -1 when there is no room for it. */
  indexOf(word: number): number {
    if (word === this.#lastWord) return this.#lastIndex;
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(word, 0x9e3779b1) >>> 22) & mask;
    let index = this.#slots[slot] ?? -1;
    while (index >= 0 && this.found[index] !== word) {
      slot = (slot + 1) & mask;
      index = this.#slots[slot] ?? -1;
    }
    if (index < 0) {
      if (this.count === MOST_COLOURS) return -1;
      index = this.count++;
      this.found[index] = word;
      this.#slots[slot] = index;
    }
    this.#lastWord = word;
    this.#lastIndex = index;
    return index;
  }
}

/** Memory for rows is kept for the next picture: fresh megabytes for each would keep the collector busy. */
const MOST_SPARE_BYTES = 8 << 20;
let spareRows: Buffer | undefined;

function takeRows(size: number): Buffer {
  const taken = spareRows;
  spareRows = undefined;
  return taken && taken.length >= size ? taken.subarray(0, size) : Buffer.allocUnsafeSlow(size);
}

function giveRows(rows: Uint8Array): void {
  if (rows instanceof Buffer && rows.buffer.byteLength <= MOST_SPARE_BYTES) {
    spareRows = Buffer.from(rows.buffer as ArrayBuffer);
  }
}

function rgbRows(words: Uint32Array, widthPx: number, heightPx: number): Uint8Array {
  const rows = takeRows((widthPx * 3 + 1) * heightPx);
  let at = 0;
  let i = 0;
  for (let y = 0; y < heightPx; y++) {
    rows[at++] = 0;
    for (let x = 0; x < widthPx; x++) {
      const word = words[i++] ?? 0;
      rows[at] = word;
      rows[at + 1] = word >>> 8;
      rows[at + 2] = word >>> 16;
      at += 3;
    }
  }
  return rows;
}

function rgbaRows(words: Uint32Array, widthPx: number, heightPx: number): Uint8Array {
  const rows = takeRows((widthPx * 4 + 1) * heightPx);
  let at = 0;
  let i = 0;
  for (let y = 0; y < heightPx; y++) {
    rows[at++] = 0;
    for (let x = 0; x < widthPx; x++) {
      const word = words[i++] ?? 0;
      const alpha = word >>> 24;
      if (alpha === 255 || alpha === 0) {
        rows[at] = word;
        rows[at + 1] = word >>> 8;
        rows[at + 2] = word >>> 16;
      } else {
        const half = alpha >> 1;
        rows[at] = Math.min(255, ((word & 255) * 255 + half) / alpha);
        rows[at + 1] = Math.min(255, (((word >>> 8) & 255) * 255 + half) / alpha);
        rows[at + 2] = Math.min(255, (((word >>> 16) & 255) * 255 + half) / alpha);
      }
      rows[at + 3] = alpha;
      at += 4;
    }
  }
  return rows;
}

/** Channels as PNG wants them: not multiplied by alpha. */
function plain(word: number): readonly [number, number, number, number] {
  const alpha = word >>> 24;
  const channel = (value: number) => (alpha === 0 ? 0 : Math.min(255, Math.round((value * 255) / alpha)));
  return [channel(word & 255), channel((word >>> 8) & 255), channel((word >>> 16) & 255), alpha];
}
