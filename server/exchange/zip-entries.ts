import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Unzip, UnzipInflate } from 'fflate';
import { reasonOf } from '../../core/errors.ts';

/** The archive cannot be read as a whole: cut off, damaged, or not to be trusted. */
export class ZipError extends Error {
  readonly truncated: boolean;
  constructor(message: string, truncated = false) {
    super(message);
    this.name = 'ZipError';
    this.truncated = truncated;
  }
}

export interface ZipEntry {
  /** Path inside the archive. */
  readonly name: string;
  /** To be read to its end, or left alone, before the next entry is asked for. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Little goes into the unpacker at a time: what comes out may be a thousand times as much. */
const PIECE_BYTES = 16 * 1024;
/** Text packs ten to one; what unpacks to more than this is made to fill memory and disks. */
const HIGHEST_RATIO = 100;
const FREE_BYTES = 1024 * 1024;
/** The directory at the end of an archive: 22 bytes and a comment of up to 64 KiB. */
const TAIL_BYTES = 22 + 65_535;

type Told =
  | { readonly kind: 'entry'; readonly name: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' };

/**
 * Wanted files of a ZIP archive in their order in it; memory does not grow with the archive.
 * @throws ZipError for what is cut off, damaged, encrypted, or unpacks to more than 100 times its size
 */
export async function* zipEntries(
  path: string,
  wants: (name: string) => boolean,
  onRead: (done: number) => void,
  signal: AbortSignal,
): AsyncGenerator<ZipEntry> {
  const size = await checkTail(path);
  const told = unpacked(path, size, wants, onRead, signal);
  try {
    for (;;) {
      const next = await told.next();
      if (next.done === true) return;
      if (next.value.kind !== 'entry') continue;
      yield { name: next.value.name, bytes: bytesOf(told) };
    }
  } finally {
    await told.return(undefined);
  }
}

/** Not `for await`: leaving that loop would close the archive. */
async function* bytesOf(told: AsyncGenerator<Told>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const next = await told.next();
    if (next.done === true || next.value.kind === 'end') return;
    if (next.value.kind === 'bytes') yield next.value.bytes;
  }
}

async function* unpacked(
  path: string,
  size: number,
  wants: (name: string) => boolean,
  onRead: (done: number) => void,
  signal: AbortSignal,
): AsyncGenerator<Told> {
  let told: Told[] = [];
  let isOpen = false;
  let unpackedBytes = 0;
  const unzip = new Unzip((file) => {
    if (!wants(file.name)) return;
    isOpen = true;
    told.push({ kind: 'entry', name: file.name });
    file.ondata = (error, bytes, isLast) => {
      if (error) throw error;
      unpackedBytes += bytes.length;
      if (unpackedBytes > HIGHEST_RATIO * size + FREE_BYTES) {
        throw new ZipError(
          `The archive unpacks to more than ${HIGHEST_RATIO} times its size: no honest one does`,
        );
      }
      told.push({ kind: 'bytes', bytes });
      if (isLast) {
        isOpen = false;
        told.push({ kind: 'end' });
      }
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  let done = 0;
  const stream = createReadStream(path, { highWaterMark: PIECE_BYTES, signal });
  try {
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      done += piece.length;
      push(unzip, piece, done === size);
      const ready = told;
      told = [];
      yield* ready;
      onRead(done);
    }
  } finally {
    stream.destroy();
  }
  if (isOpen) throw new ZipError('The archive ends in the middle of a file', true);
}

function push(unzip: Unzip, piece: Uint8Array, isLast: boolean): void {
  try {
    unzip.push(piece, isLast);
  } catch (error) {
    if (error instanceof ZipError) throw error;
    const reason = reasonOf(error);
    throw new ZipError(`The archive is damaged or packed in an unknown way (${reason})`);
  }
}

/** @returns the size of the archive, whose end must be there */
async function checkTail(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    await file.read(tail, 0, tail.length, size - tail.length);
    if (tail.lastIndexOf('PK\x05\x06', undefined, 'latin1') === -1) {
      throw new ZipError('The archive has no end: it was cut off', true);
    }
    return size;
  } finally {
    await file.close();
  }
}
