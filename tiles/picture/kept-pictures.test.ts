import { describe, expect, it } from 'vitest';
import { TileCache } from '../cached-source.ts';
import { keptPictures } from './kept-pictures.ts';

const never = new AbortController().signal;
const version = (etag: string) => ({ etag, contentType: 'image/png', layers: ['a'] });

/** A maker whose pictures are told apart by their first byte. */
function counting() {
  const state = { made: 0 };
  return { state, make: async () => Uint8Array.of(++state.made) };
}

describe('kept pictures', () => {
  it('are drawn once for a version, and anew for the next', async () => {
    const { state, make } = counting();
    const kept = keptPictures(new TileCache({ maxBytes: 100_000 }), 'public');
    const first = await kept.of(version('"a"'), make, never);
    expect(await kept.of(version('"a"'), make, never)).toBe(first);
    expect(await kept.of(version('"b"'), make, never)).toEqual(Uint8Array.of(2));
    expect(state.made).toBe(2);
  });

  it('never go to somebody who may see something else', async () => {
    const { make } = counting();
    const cache = new TileCache({ maxBytes: 100_000 });
    const staff = await keptPictures(cache, 'staff').of(version('"a"'), make, never);
    expect(await keptPictures(cache, 'public').of(version('"a"'), make, never)).not.toEqual(staff);
  });

  it('are drawn once for many who ask together, and given up when all of them have gone', async () => {
    const kept = keptPictures(new TileCache({ maxBytes: 100_000 }), 'public');
    const asks = [new AbortController(), new AbortController()];
    let given: { readonly aborted: boolean } | undefined;
    const make = (signal: { readonly aborted: boolean }) => {
      given = signal;
      return new Promise<Uint8Array>(() => {});
    };
    const answers = asks.map(({ signal }) => kept.of(version('"a"'), make, signal));
    asks[0]?.abort(new Error('left'));
    await expect(answers[0]).rejects.toThrow('left');
    expect(given?.aborted).toBe(false);
    asks[1]?.abort(new Error('left too'));
    await expect(answers[1]).rejects.toThrow('left too');
    expect(given?.aborted).toBe(true);
  });
});
