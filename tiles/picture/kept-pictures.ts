import type { CancelSignal } from '../../core/cancel.ts';
import type { TileCache } from '../cached-source.ts';
import type { Tile } from '../source.ts';

export type PictureVersion = Omit<Tile, 'bytes'>;

/** Finished pictures, each under the validator of all that it was drawn from (`pictureVersion`). */
export interface KeptPictures {
  /** The kept file, or one made now: once at a time, however many ask for it. */
  of(
    version: PictureVersion,
    make: (signal: CancelSignal) => Promise<Uint8Array>,
    signal: CancelSignal,
  ): Promise<Uint8Array>;
}

/**
 * Nothing has to be forgotten when the city changes: what was drawn before has a validator that nobody asks for any
 * more, and goes as the least recently used.
 * @param scope tells apart who may see what
 */
export function keptPictures(cache: TileCache, scope: string): KeptPictures {
  return {
    async of(version, make, signal) {
      const kept = await cache.ask(
        `picture ${version.etag} ${scope}`,
        async (shared, known) =>
          known === version.etag ? 'unchanged' : { ...version, bytes: await make(shared) },
        signal,
        undefined,
      );
      if (typeof kept !== 'object') throw new Error('Of a picture that nobody holds there is always a file');
      return kept.bytes;
    },
  };
}
