import { open, rename, rm } from 'node:fs/promises';
import { invalidParameter, unavailable } from '../../core/errors.ts';

/**
 * Writes a file beside its place and puts it there when it is whole: what stood there before stays until then.
 * @param check last look before the file takes its place
 * @returns bytes
 * @throws TwinError invalid-parameter where it cannot be written, unavailable where there is no more room; whatever the
 *   chunks or the check throw. Nothing is left then.
 */
export async function writeWhole(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  check: () => Promise<void>,
): Promise<number> {
  const part = `${path}.part-${process.pid}`;
  const file = await open(part, 'w').catch((error: Error) => {
    throw invalidParameter('out', `${path} cannot be written: ${error.message}`);
  });
  try {
    let bytes = 0;
    for await (const chunk of chunks) {
      await file.writeFile(chunk);
      bytes += chunk.length;
    }
    await check();
    await file.sync();
    await file.close();
    await rename(part, path);
    return bytes;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(part, { force: true });
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      throw unavailable(`There is no room left where ${path} is written; what was begun is removed`, error);
    }
    throw error;
  }
}
