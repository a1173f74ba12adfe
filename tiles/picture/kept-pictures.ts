import type { TileCache } from '../cached-source.ts';
import type { KeptPictures } from './picture-maker.ts';

/**
 * Nothing has to be forgotten when the city changes: what was drawn before has a validator that nobody asks for any
 * more, and goes as the least recently used.
 * @param scope tells apart who may see what
 */
export function keptPictures(cache: TileCache, scope: string): KeptPictures {
  return {
    async of({ etag, contentType }, make, signal) {
      const kept = await cache.ask(
        `picture ${etag} ${scope}`,
        async (shared, known) =>
          known === etag ? 'unchanged' : { etag, contentType, bytes: await make(shared) },
        signal,
        undefined,
      );
      if (typeof kept !== 'object') throw new Error('Of a picture that nobody holds there is always a file');
      return kept.bytes;
    },
  };
}
