import { promisify } from 'node:util';
import { constants, crc32, deflate } from 'node:zlib';
import type { Raster } from './raster.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const PALETTE = 3;
const TRUECOLOUR = 2;
const TRUECOLOUR_ALPHA = 6;
const MOST_COLOURS = 256;

const compress = promisify(deflate);

/**
 * A PNG of RGBA pixels that are multiplied by alpha. Up to 256 colours go into a palette, which compresses three
 * times as fast; the compression runs beside the main thread.
 */
export async function encodePng(
  { pixels, widthPx, heightPx }: Pick<Raster, 'pixels' | 'widthPx' | 'heightPx'>,
  isOpaque: boolean,
): Promise<Uint8Array> {
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

async function assemble(
  widthPx: number,
  heightPx: number,
  colourType: number,
  chunks: readonly Uint8Array[],
  rows: Uint8Array,
): Promise<Uint8Array> {
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, widthPx);
  head.setUint32(4, heightPx);
  head.setUint8(8, 8);
  head.setUint8(9, colourType);
  const data = await compress(rows, { level: 1, strategy: constants.Z_DEFAULT_STRATEGY, memLevel: 9 });
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

/** Rows of palette indexes, or undefined when there are too many colours. */
function paletteRows(words: Uint32Array, widthPx: number, heightPx: number): IndexedRows | undefined {
  const slots = new Int16Array(MOST_COLOURS * 4).fill(-1);
  const found = new Uint32Array(MOST_COLOURS);
  let count = 0;
  const rows = new Uint8Array((widthPx + 1) * heightPx);
  let at = 0;
  let i = 0;
  let [lastWord, lastIndex] = [-1, 0];
  for (let y = 0; y < heightPx; y++) {
    at++;
    for (let x = 0; x < widthPx; x++) {
      const word = words[i++] ?? 0;
      if (word !== lastWord) {
        let slot = (Math.imul(word, 0x9e3779b1) >>> 22) & (slots.length - 1);
        let index = slots[slot] ?? -1;
        while (index >= 0 && found[index] !== word) {
          slot = (slot + 1) & (slots.length - 1);
          index = slots[slot] ?? -1;
        }
        if (index < 0) {
          if (count === MOST_COLOURS) return undefined;
          index = count;
          found[count] = word;
          slots[slot] = count++;
        }
        lastWord = word;
        lastIndex = index;
      }
      rows[at++] = lastIndex;
    }
  }
  const colours = new Uint8Array(count * 3);
  const alphas = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const [r, g, b, a] = plain(found[index] ?? 0);
    colours.set([r, g, b], index * 3);
    alphas[index] = a;
  }
  return { rows, colours, alphas };
}

function rgbRows(words: Uint32Array, widthPx: number, heightPx: number): Uint8Array {
  const rows = Buffer.allocUnsafe((widthPx * 3 + 1) * heightPx);
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
  const rows = Buffer.allocUnsafe((widthPx * 4 + 1) * heightPx);
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
