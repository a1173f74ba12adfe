/**
 * ZIP archives of any size, written while their files are made (APPNOTE 6.3.9): sizes and checksums stand behind each
 * file, deflate runs in the threads of Node. The same files are the same bytes.
 */
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipFile {
  /** Plain path with `/`, never from outside. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A file of an archive as its directory tells of it. */
export interface ZipEntry {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its head begins. */
  readonly at: number;
}

const [LOCAL_HEAD, DESCRIPTOR, CENTRAL_HEAD] = [0x04034b50, 0x08074b50, 0x02014b50];
const [END, END_64, LOCATOR_64] = [0x06054b50, 0x06064b50, 0x07064b50];
/** Sizes behind the file; names in UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION_64 = 45;
/** 1 January 1980, the first day that the format can say. */
const FIRST_DAY = 0x21;
const MOST_32 = 0xffff_ffff;
const MOST_16 = 0xffff;
const EXTRA_64 = 1;

export async function* zipStream(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const entries: ZipEntry[] = [];
  let at = 0;
  const names = new Set<string>();
  for await (const file of files) {
    if (!isPlainPath(file.name) || names.has(file.name)) {
      throw new Error(`"${file.name}" cannot be the name of a file of an archive, or is there twice`);
    }
    names.add(file.name);
    const name = Buffer.from(file.name);
    const head = numbers([4, LOCAL_HEAD], [2, VERSION_64], ...common(name), [2, 20]);
    // Room for sizes of eight bytes is declared before they are known.
    const local = Buffer.concat([head, name, numbers([2, EXTRA_64], [2, 16], [8, 0], [8, 0])]);
    const begun = at;
    at += local.length;
    yield local;
    const measured = { crc: 0, size: 0 };
    const deflate = createDeflateRaw({ level: 6 });
    const fed = feed(file.bytes, deflate, measured);
    fed.catch((error: Error) => deflate.destroy(error));
    let packed = 0;
    for await (const chunk of deflate) {
      packed += chunk.length;
      yield chunk as Uint8Array;
    }
    await fed;
    const { crc, size } = measured;
    const tail = numbers([4, DESCRIPTOR], [4, crc], [8, packed], [8, size]);
    at += packed + tail.length;
    yield tail;
    entries.push({ name, crc, packed, size, at: begun });
  }
  yield zipDirectory(entries, at);
}

/** Whoever unpacks it must not be led out of the folder. */
const isPlainPath = (name: string): boolean =>
  /^[^\\:\0]+$/.test(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** Method, time and the fields that are known only behind the file, up to the length of the name. */
const common = (name: Buffer): readonly Field[] => [
  [2, FLAGS],
  [2, DEFLATED],
  [2, 0],
  [2, FIRST_DAY],
  [4, 0],
  [4, MOST_32],
  [4, MOST_32],
  [2, name.length],
];

async function feed(
  bytes: ZipFile['bytes'],
  deflate: ReturnType<typeof createDeflateRaw>,
  measured: { crc: number; size: number },
): Promise<void> {
  for await (const chunk of bytes) {
    measured.crc = crc32(chunk, measured.crc);
    measured.size += chunk.length;
    if (!deflate.write(chunk)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  deflate.end();
}

type Field = readonly [bytes: 2 | 4 | 8, value: number];

function numbers(...fields: readonly Field[]): Buffer {
  const out = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 8) out.writeBigUInt64LE(BigInt(value), at);
    else out.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return out;
}

/**
 * What stands at the end of an archive, always with numbers of eight bytes: any size, any count (4.3.12 to 4.3.16).
 * @param at where it begins
 */
export function zipDirectory(entries: readonly ZipEntry[], at: number): Buffer {
  const heads = entries.map(({ name, crc, packed, size, at: begun }) =>
    Buffer.concat([
      numbers([4, CENTRAL_HEAD], [2, VERSION_64], [2, VERSION_64], [2, FLAGS], [2, DEFLATED], [2, 0]),
      numbers([2, FIRST_DAY], [4, crc], [4, MOST_32], [4, MOST_32], [2, name.length], [2, 28], [2, 0]),
      numbers([2, 0], [2, 0], [4, 0], [4, MOST_32]),
      name,
      numbers([2, EXTRA_64], [2, 24], [8, size], [8, packed], [8, begun]),
    ]),
  );
  const directory = Buffer.concat(heads);
  const count = entries.length;
  return Buffer.concat([
    directory,
    numbers([4, END_64], [8, 44], [2, VERSION_64], [2, VERSION_64], [4, 0], [4, 0], [8, count], [8, count]),
    numbers([8, directory.length], [8, at]),
    numbers([4, LOCATOR_64], [4, 0], [8, at + directory.length], [4, 1]),
    numbers([4, END], [2, 0], [2, 0], [2, MOST_16], [2, MOST_16], [4, MOST_32], [4, MOST_32], [2, 0]),
  ]);
}
