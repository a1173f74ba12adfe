/** Tiled TIFF files (TIFF 6.0, sections 2 and 15) with a place on the Earth (OGC GeoTIFF 1.1). */

/** Side of a block; the format asks for a multiple of 16. */
export const BLOCK_PX = 256;

export interface TiffField {
  readonly tag: number;
  /** Letters, 16 bits, 32 bits, double. */
  readonly type: 2 | 3 | 4 | 12;
  readonly values: readonly number[];
}

/** One picture of the file: the full one first, then smaller ones of it. */
export interface TiffLevel {
  readonly fields: readonly TiffField[];
  /** Packed, row by row from the upper left, each of even length. */
  readonly blocks: readonly Uint8Array[];
}

/** Padded so that the next block stands on a word. */
export const evenly = (block: Uint8Array): Uint8Array =>
  block.length % 2 === 0 ? block : Buffer.concat([block, Buffer.alloc(1)]);

/** The file, directory before blocks, so that readers over a network ask once. */
export function* tiffFile(levels: readonly TiffLevel[]): Generator<Uint8Array> {
  yield Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0);
  let offset = 8;
  for (const [index, { fields, blocks }] of levels.entries()) {
    const directory = writeDirectory(fields, blocks, offset);
    offset += directory.length + blocks.reduce((sum, block) => sum + block.length, 0);
    if (index < levels.length - 1) setNextDirectory(directory, offset);
    yield directory;
    yield* blocks;
  }
}

export const short = (tag: number, ...values: number[]): TiffField => ({ tag, type: 3, values });
export const double = (tag: number, ...values: number[]): TiffField => ({ tag, type: 12, values });
/** In UTF-8, as readers take it. */
export const ascii = (tag: number, text: string): TiffField => ({
  tag,
  type: 2,
  values: [...Buffer.from(`${text}\0`)],
});

/** Version 1.1.1, projected, pixels are areas, the CRS and that of the heights (OGC GeoTIFF 1.1, 7.1.1). */
export function geoKeys(srid: number, verticalSrid?: number): TiffField {
  const keys = [
    [1024, 1],
    [1025, 1],
    [3072, srid],
    ...(verticalSrid === undefined ? [] : [[4096, verticalSrid]]),
  ];
  return short(34_735, 1, 1, 1, keys.length, ...keys.flatMap(([key = 0, value = 0]) => [key, 0, 1, value]));
}

const BYTES_OF_TYPE = { 2: 1, 3: 2, 4: 4, 12: 8 } as const;

/** An image file directory (TIFF 6.0, section 2) at `offset`, followed by its long values, then by the blocks. */
function writeDirectory(fields: readonly TiffField[], blocks: readonly Uint8Array[], offset: number): Buffer {
  const all: TiffField[] = [
    ...fields,
    { tag: 324, type: 4, values: blocks.map(() => 0) },
    { tag: 325, type: 4, values: blocks.map((block) => block.length) },
  ].sort((a, b) => a.tag - b.tag) as TiffField[];
  const sizeOf = ({ type, values }: TiffField): number => BYTES_OF_TYPE[type] * values.length;
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

function writeValue(out: Buffer, type: TiffField['type'], value: number, at: number): void {
  if (type === 2) out.writeUInt8(value, at);
  else if (type === 3) out.writeUInt16LE(value, at);
  else if (type === 4) out.writeUInt32LE(value, at);
  else out.writeDoubleLE(value, at);
}

function setNextDirectory(directory: Buffer, next: number): void {
  directory.writeUInt32LE(next, 2 + 12 * directory.readUInt16LE(0));
}
