/** A file as it lies on the disk: its size, its digest, its first bytes, its text from the beginning. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { invalidParameter, notFound, TwinError } from '../../core/errors.ts';
import { decodeText } from './decode-text.ts';
import { HEAD_CHARS } from './exchange-formats.ts';

const CHUNK_BYTES = 256 * 1024;
const HEAD_BYTES = 64;

/** Bytes. @throws TwinError not-found or invalid-parameter for what is no readable file */
export async function sizeOf(path: string): Promise<number> {
  try {
    const status = await stat(path);
    if (status.isFile()) return status.size;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw notFound(`There is no file ${path}`, 'file');
    throw new TwinError('invalid-parameter', `${path} cannot be read (${String(code)})`, {
      parameter: 'file',
      cause: error,
    });
  }
  throw invalidParameter('file', `${path} is not a file`);
}

/** Lower-case hexadecimal. */
export async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const bytes = createReadStream(path, { highWaterMark: 1024 * 1024 });
  await pipeline(bytes, hash, { signal }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error;
  });
  return hash.digest('hex');
}

/** The first bytes, a character each: programs tell formats by them. */
export async function headOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

export async function isZip(path: string): Promise<boolean> {
  const head = await headOf(path);
  // An archive of nothing begins with its end.
  return ['PK\u0003\u0004', 'PK\u0005\u0006'].some((begin) => head.startsWith(begin));
}

/** The text of a file, with its beginning to tell its format by; `close` ends the reading early. */
export async function openText(
  path: string,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): Promise<{
  readonly head: string;
  readonly chunks: AsyncIterable<string>;
  readonly close: () => void;
}> {
  const bytes = createReadStream(path, { highWaterMark: CHUNK_BYTES, signal });
  const close = () => void bytes.destroy();
  try {
    return { ...(await withHead(decodeText(counted(bytes, onBytes)))), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** The text of a file from its beginning. */
export async function* textOf(
  path: string,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): AsyncGenerator<string> {
  const { chunks, close } = await openText(path, signal, onBytes);
  try {
    yield* chunks;
  } finally {
    close();
  }
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  tell: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of bytes) {
    yield chunk;
    done += chunk.length;
    tell(done);
  }
}

/** The beginning of a text, and all of it. */
async function withHead(
  chunks: AsyncGenerator<string>,
): Promise<{ readonly head: string; readonly chunks: AsyncIterable<string> }> {
  let head = '';
  while (head.length < HEAD_CHARS) {
    const next = await chunks.next();
    if (next.done === true) break;
    head += next.value;
  }
  async function* all(): AsyncGenerator<string> {
    yield head;
    yield* chunks;
  }
  return { head, chunks: all() };
}
