import { describe, expect, it } from 'vitest';
import { cachedTiles, TileCache } from './cached-source.ts';
import type { TileId, TileSource } from './source.ts';

const id: TileId = { layer: 'a', grid: 'g', z: 1, x: 0, y: 0 };
const never = new AbortController().signal;

/** A source that counts what it makes; each call waits for `open` when there is a gate. */
function countingSource() {
  const state = {
    made: 0,
    asked: 0,
    cancelled: 0,
    version: 1,
    bytes: 100,
    gate: undefined as Promise<void> | undefined,
  };
  const source: TileSource = {
    async get(tile, signal, knownEtag) {
      state.asked++;
      const etag = `"${tile.z}/${tile.x}/${tile.y}-${state.version}"`;
      if (etag === knownEtag) return 'unchanged';
      if (tile.layer !== 'a') return undefined;
      signal.addEventListener('abort', () => state.cancelled++, { once: true });
      await state.gate;
      state.made++;
      return { bytes: new Uint8Array(state.bytes), contentType: 'x/y', etag };
    },
  };
  return { state, source };
}

describe('a cache of tiles', () => {
  it('makes a tile once, asks whether it holds each time, and makes it again after a change', async () => {
    const { state, source } = countingSource();
    const cached = cachedTiles(source, new TileCache({ maxBytes: 100_000 }));
    const first = await cached.get(id, never);
    expect(await cached.get(id, never)).toBe(first);
    expect(state).toMatchObject({ made: 1, asked: 2 });
    state.version = 2;
    expect(await cached.get(id, never)).toMatchObject({ etag: '"1/0/0-2"' });
    expect(state.made).toBe(2);
  });

  it('says "unchanged" to who holds the validator, even when the cache is empty', async () => {
    const { state, source } = countingSource();
    const cached = cachedTiles(source, new TileCache({ maxBytes: 100_000 }));
    expect(await cached.get(id, never, '"1/0/0-1"')).toBe('unchanged');
    expect(await cached.get(id, never, '"other"')).toMatchObject({ etag: '"1/0/0-1"' });
    expect(await cached.get({ ...id, layer: 'b' }, never, '"1/0/0-9"')).toBeUndefined();
    expect(state.made).toBe(1);
  });

  it('gives the tile to who holds nothing although it is "unchanged" for who asked first', async () => {
    const { state, source } = countingSource();
    const cached = cachedTiles(source, new TileCache({ maxBytes: 100_000 }));
    const [holder, newcomer, outdated] = await Promise.all([
      cached.get(id, never, '"1/0/0-1"'),
      cached.get(id, never),
      cached.get(id, never, '"1/0/0-0"'),
    ]);
    expect(holder).toBe('unchanged');
    expect(newcomer).toMatchObject({ etag: '"1/0/0-1"' });
    expect(outdated).toBe(newcomer);
    expect(state.made).toBe(1);
  });

  it('makes a tile once for many who ask together', async () => {
    const { state, source } = countingSource();
    let open = () => {};
    state.gate = new Promise((resolve) => {
      open = resolve;
    });
    const cached = cachedTiles(source, new TileCache({ maxBytes: 100_000 }));
    // Each with a signal of its own, as requests have.
    const all = Array.from({ length: 20 }, () => cached.get(id, new AbortController().signal));
    open();
    const tiles = await Promise.all(all);
    expect(new Set(tiles).size).toBe(1);
    expect(state).toMatchObject({ made: 1, asked: 1 });
  });

  it('goes on for the others when one leaves, and stops when the last has gone', async () => {
    const { state, source } = countingSource();
    let open = () => {};
    state.gate = new Promise((resolve) => {
      open = resolve;
    });
    const cached = cachedTiles(source, new TileCache({ maxBytes: 100_000 }));
    const [one, two] = [new AbortController(), new AbortController()];
    const leaving = cached.get(id, one.signal);
    const staying = cached.get(id, two.signal);
    one.abort(new Error('left'));
    await expect(leaving).rejects.toThrow('left');
    expect(state.cancelled).toBe(0);
    two.abort(new Error('left too'));
    await expect(staying).rejects.toThrow('left too');
    expect(state.cancelled).toBe(1);
    // Who comes now is not handed the work that was given up.
    const late = cached.get(id, never);
    open();
    expect(await late).toMatchObject({ etag: '"1/0/0-1"' });
    expect(state.asked).toBe(2);
  });

  it('forgets a failure', async () => {
    const { state, source } = countingSource();
    state.gate = Promise.reject(new Error('database is down'));
    const cached = cachedTiles(source, new TileCache({ maxBytes: 100_000 }));
    await expect(cached.get(id, never)).rejects.toThrow('database is down');
    state.gate = undefined;
    expect(await cached.get(id, never)).toMatchObject({ etag: '"1/0/0-1"' });
  });

  it('lets the least recently used go first and never holds a tile that would fill it', async () => {
    const { state, source } = countingSource();
    const cached = cachedTiles(source, new TileCache({ maxBytes: 5 * 612 }));
    const at = (x: number) => cached.get({ ...id, x }, never);
    for (let x = 0; x < 5; x++) await at(x);
    await at(0);
    await at(5);
    expect(state.made).toBe(6);
    await at(0);
    expect(state.made).toBe(6);
    await at(1);
    expect(state.made).toBe(7);
    state.bytes = 2000;
    await at(9);
    await at(9);
    expect(state.made).toBe(9);
  });
});
