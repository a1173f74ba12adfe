import type { IncomingMessage } from 'node:http';
import { TwinError, tooLarge } from '../../core/errors.ts';

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
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    throw new TwinError('not-supported', 'Compressed request bodies are not read; send it as it is', {
      parameter: 'content-encoding',
    });
  }
  const chunks: Buffer[] = [];
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
      onProgress();
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
