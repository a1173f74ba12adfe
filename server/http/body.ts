import type { IncomingMessage } from 'node:http';
import { TwinError, tooLarge } from '../../core/errors.ts';

/** Fewer bytes than this are no progress: a client that sends one a second would hold its place for ever. */
const PROGRESS_BYTES = 16 * 1024;

/** Tells of progress each time that enough has come. */
function progressOf(onProgress: () => void): (bytes: number) => void {
  let since = 0;
  return (bytes) => {
    since += bytes;
    if (since < PROGRESS_BYTES) return;
    since = 0;
    onProgress();
  };
}

/**
 * The whole body of a request.
 * @throws TwinError too-large as soon as more than `maxBytes` are announced or have come
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  onProgress: () => void,
): Promise<Uint8Array> {
  const refusal = () => tooLarge(`The body is larger than the limit of ${maxBytes} bytes`, 'body');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw refusal();
  refuseCompressed(request);
  const chunks: Buffer[] = [];
  const come = progressOf(onProgress);
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.pause();
        reject(refusal());
        return;
      }
      chunks.push(chunk);
      come(chunk.length);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

/**
 * The body as it comes; it waits for whoever reads it.
 * @throws TwinError not-supported for a compressed one, the reason of the signal, timeout when the client broke off
 */
export async function* streamedBody(
  request: IncomingMessage,
  onProgress: () => void,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  refuseCompressed(request);
  const come = progressOf(onProgress);
  const stop = () => request.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    // The reply goes by the same socket: leaving early must not destroy it.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      signal.throwIfAborted();
      come((chunk as Uint8Array).length);
      yield chunk as Uint8Array;
    }
    if (!request.complete) throw new TwinError('timeout', 'The file broke off on its way; send it again');
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function refuseCompressed(request: IncomingMessage): void {
  const encoding = request.headers['content-encoding'];
  if (!encoding || encoding === 'identity') return;
  throw new TwinError('not-supported', 'Compressed request bodies are not read; send it as it is', {
    parameter: 'content-encoding',
  });
}
