import { deflateSync } from 'node:zlib';
import { invalidParameter } from '../../core/errors.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import { type HeightGrid, halve } from './height-grid.ts';

export interface DtmSpec {
  /** Box to cover, in a projected CRS in metres; widened to whole cells at the right and lower edge. */
  readonly extent: Bbox;
  readonly cellM: number;
  /** Normal height (PL-EVRF2007-NH), m, asked at the centre of each cell; NaN for none. */
  readonly heightM: (easting: number, northing: number) => number;
  /** What the file says of itself and of its use, a line each; ends its description. */
  readonly note?: readonly string[];
}

const BLOCK = 256;
const NO_DATA = -9999;
/** EVRF2007-PL height. */
const VERTICAL_EPSG = 9651;
const MAX_CELLS = 200_000_000;

type Field = { readonly tag: number; readonly type: 2 | 3 | 4 | 12; readonly values: readonly number[] };

/**
 * A terrain model as a tiled, deflated float32 GeoTIFF with overviews, as `openDtm` and GDAL read it.
 * @throws TwinError invalid-parameter when the extent or the cell make no grid of a sensible size.
 */
export function writeDtm(spec: DtmSpec): Uint8Array {
  const { extent, cellM } = spec;
  const width = Math.ceil((extent.maxX - extent.minX) / cellM);
  const height = Math.ceil((extent.maxY - extent.minY) / cellM);
  if (!(width > 0 && height > 0 && width * height <= MAX_CELLS)) {
    throw invalidParameter('cellM', `A terrain model of ${width} × ${height} cells cannot be written`);
  }
  const levels: HeightGrid[] = [sample(spec, width, height)];
  for (let last = levels[0]; last && Math.max(last.width, last.height) > BLOCK; last = levels.at(-1)) {
    levels.push(halve(last));
  }
  const parts: Uint8Array[] = [Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0)];
  let offset = 8;
  levels.forEach((grid, i) => {
    const blocks = blocksOf(grid);
    const directory = writeDirectory(fieldsOf(grid, i === 0 ? spec : undefined), blocks, offset);
    const next = offset + directory.length + blocks.reduce((sum, block) => sum + block.length, 0);
    if (i < levels.length - 1) setNextDirectory(directory, next);
    parts.push(directory, ...blocks);
    offset = next;
  });
  return Buffer.concat(parts);
}

function sample({ extent, cellM, heightM }: DtmSpec, width: number, height: number): HeightGrid {
  const cells = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const northing = extent.maxY - (row + 0.5) * cellM;
    for (let column = 0; column < width; column++) {
      cells[row * width + column] = heightM(extent.minX + (column + 0.5) * cellM, northing);
    }
  }
  return { width, height, cells };
}

/** Deflated blocks of 256 × 256 cells; each padded to an even length so that the next stands on a word. */
function blocksOf({ width, height, cells }: HeightGrid): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let top = 0; top < height; top += BLOCK) {
    for (let left = 0; left < width; left += BLOCK) {
      const block = new Float32Array(BLOCK * BLOCK).fill(NO_DATA);
      for (let row = 0; row < Math.min(BLOCK, height - top); row++) {
        for (let column = 0; column < Math.min(BLOCK, width - left); column++) {
          const value = cells[(top + row) * width + left + column] ?? Number.NaN;
          if (!Number.isNaN(value)) block[row * BLOCK + column] = value;
        }
      }
      const packed = deflateSync(new Uint8Array(block.buffer), { level: 6 });
      blocks.push(packed.length % 2 === 0 ? packed : Buffer.concat([packed, Buffer.alloc(1)]));
    }
  }
  return blocks;
}

const short = (tag: number, ...values: number[]): Field => ({ tag, type: 3, values });
const double = (tag: number, ...values: number[]): Field => ({ tag, type: 12, values });
/** In UTF-8, as readers take it. */
const ascii = (tag: number, text: string): Field => ({
  tag,
  type: 2,
  values: [...Buffer.from(`${text}\0`)],
});

/** TIFF 6.0 fields of one level; those that place it on the Earth only for the full one. */
function fieldsOf({ width, height }: HeightGrid, spec: DtmSpec | undefined): Field[] {
  const fields: Field[] = [
    { tag: 254, type: 4, values: [spec ? 0 : 1] },
    { tag: 256, type: 4, values: [width] },
    { tag: 257, type: 4, values: [height] },
    short(258, 32),
    short(259, 8),
    short(262, 1),
    short(277, 1),
    short(322, BLOCK),
    short(323, BLOCK),
    short(339, 3),
    ascii(42_113, String(NO_DATA)),
  ];
  if (spec) {
    const { extent, cellM, note = [] } = spec;
    fields.push(
      ascii(270, ['Terrain model, normal heights PL-EVRF2007-NH in metres', ...note].join('\n')),
      double(33_550, cellM, cellM, 0),
      double(33_922, 0, 0, 0, extent.minX, extent.maxY, 0),
      // OGC GeoTIFF 1.1, 7.1.1: version 1.1.1, projected, PixelIsArea, the CRS, the heights.
      short(
        34_735,
        1,
        1,
        1,
        4,
        1024,
        0,
        1,
        1,
        1025,
        0,
        1,
        1,
        3072,
        0,
        1,
        extent.srid,
        4096,
        0,
        1,
        VERTICAL_EPSG,
      ),
    );
  }
  return fields;
}

const BYTES_OF_TYPE = { 2: 1, 3: 2, 4: 4, 12: 8 } as const;

/** An image file directory (TIFF 6.0, section 2) at `offset`, followed by its long values, then by the blocks. */
function writeDirectory(fields: Field[], blocks: readonly Uint8Array[], offset: number): Buffer {
  const all: Field[] = [
    ...fields,
    { tag: 324, type: 4, values: blocks.map(() => 0) },
    { tag: 325, type: 4, values: blocks.map((block) => block.length) },
  ].sort((a, b) => a.tag - b.tag) as Field[];
  const sizeOf = ({ type, values }: Field): number => BYTES_OF_TYPE[type] * values.length;
  const head = 2 + 12 * all.length + 4;
  const even = (n: number): number => n + (n % 2);
  const length = all.reduce((sum, f) => sum + (sizeOf(f) > 4 ? even(sizeOf(f)) : 0), head);
  const out = Buffer.alloc(length);
  out.writeUInt16LE(all.length, 0);
  let [free, block] = [head, offset + length];
  all.forEach((field, i) => {
    const values =
      field.tag === 324
        ? blocks.map(({ length: bytes }) => {
            block += bytes;
            return block - bytes;
          })
        : field.values;
    const entry = 2 + 12 * i;
    out.writeUInt16LE(field.tag, entry);
    out.writeUInt16LE(field.type, entry + 2);
    out.writeUInt32LE(values.length, entry + 4);
    const size = sizeOf(field);
    const at = size > 4 ? free : entry + 8;
    if (size > 4) {
      out.writeUInt32LE(offset + free, entry + 8);
      free += even(size);
    }
    values.forEach((value, k) => {
      writeValue(out, field.type, value, at + k * BYTES_OF_TYPE[field.type]);
    });
  });
  return out;
}

function writeValue(out: Buffer, type: Field['type'], value: number, at: number): void {
  if (type === 2) out.writeUInt8(value, at);
  else if (type === 3) out.writeUInt16LE(value, at);
  else if (type === 4) out.writeUInt32LE(value, at);
  else out.writeDoubleLE(value, at);
}

function setNextDirectory(directory: Buffer, next: number): void {
  directory.writeUInt32LE(next, 2 + 12 * directory.readUInt16LE(0));
}
