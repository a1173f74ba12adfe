/** One file with all tiles: 3D Tiles Archive Format 1.3 (3tz), a ZIP with an index of MD5 sums as its last entry. */
import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { tooLarge } from '../../core/errors.ts';

export interface TileFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const INDEX_PATH = '@3dtilesIndex1@';
const [LOCAL_HEADER, CENTRAL_HEADER, END] = [0x04034b50, 0x02014b50, 0x06054b50];
/** Where plain ZIP ends. */
const [MOST_FILES, MOST_BYTES] = [65_535, 2 ** 32 - 1];
/** Every file is of 1980-01-01: the same tiles make the same archive. */
const DATE = 0x21;

/**
 * The archive in pieces, of files in the order given.
 * @throws TwinError too-large beyond what plain ZIP can hold
 */
export async function* writeTileArchive(files: AsyncIterable<TileFile>): AsyncGenerator<Uint8Array> {
  const central: Uint8Array[] = [];
  const index: { readonly hash: Buffer; readonly offset: number }[] = [];
  let offset = 0;
  const entry = (path: string, bytes: Uint8Array, isPacked: boolean): Uint8Array => {
    const body = isPacked ? deflateRawSync(bytes) : bytes;
    const facts = { path, isPacked, crc: crc32(bytes), size: bytes.length, bodySize: body.length };
    const local = Buffer.concat([headerOf(facts), body]);
    central.push(headerOf(facts, offset));
    offset += local.length;
    if (central.length > MOST_FILES || offset > MOST_BYTES) {
      throw tooLarge('An archive holds 65,535 files and 4 GiB; write a folder instead', 'out');
    }
    return local;
  };
  for await (const file of files) {
    index.push({ hash: createHash('md5').update(file.path).digest(), offset });
    yield entry(file.path, file.bytes, true);
  }
  index.sort(({ hash: a }, { hash: b }) =>
    Number(
      compare(a.readBigUInt64LE(0), b.readBigUInt64LE(0)) ||
        compare(a.readBigUInt64LE(8), b.readBigUInt64LE(8)),
    ),
  );
  const records = index.map((each) => {
    const at = Buffer.alloc(8);
    at.writeBigUInt64LE(BigInt(each.offset));
    return Buffer.concat([each.hash, at]);
  });
  yield entry(INDEX_PATH, Buffer.concat(records), false);
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  yield Buffer.concat([directory, end]);
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

interface EntryFacts {
  readonly path: string;
  readonly isPacked: boolean;
  readonly crc: number;
  readonly size: number;
  readonly bodySize: number;
}

/** The header before an entry (APPNOTE 4.3.7), or with an offset the one in the directory (4.3.12). */
function headerOf({ path, isPacked, crc, size, bodySize }: EntryFacts, offset?: number): Uint8Array {
  const isCentral = offset !== undefined;
  const name = Buffer.from(path);
  const head = Buffer.alloc(isCentral ? 46 : 30);
  head.writeUInt32LE(isCentral ? CENTRAL_HEADER : LOCAL_HEADER, 0);
  const at = isCentral ? 6 : 4;
  // Version 2.0, of the writer and of who reads it.
  if (isCentral) head.writeUInt16LE(20, 4);
  head.writeUInt16LE(20, at);
  head.writeUInt16LE(isPacked ? 8 : 0, at + 4);
  head.writeUInt16LE(DATE, at + 8);
  head.writeUInt32LE(crc, at + 10);
  head.writeUInt32LE(bodySize, at + 14);
  head.writeUInt32LE(size, at + 18);
  head.writeUInt16LE(name.length, at + 22);
  if (isCentral) head.writeUInt32LE(offset, 42);
  return Buffer.concat([head, name]);
}
