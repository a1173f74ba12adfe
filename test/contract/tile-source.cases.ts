/** What every TileSource must do, whatever it stands on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentSource, Tile, TileId, TileSource } from '../../tiles/source.ts';

export interface TilesUnderTest {
  readonly source: TileSource | DocumentSource;
  /** A tile that holds something. */
  readonly full: TileId;
  /** A tile that may be asked for and holds nothing: no bytes, or a valid tile without objects. */
  readonly empty: TileId | undefined;
  /** A column or level beyond the pyramid. */
  readonly beyond: readonly TileId[];
  readonly contentType: string;
  close(): Promise<void>;
}

type Answer = Tile | 'unchanged' | undefined;
type Ask = (signal: AbortSignal, knownEtag?: string) => Promise<Answer>;

export function tileSourceCases(name: string, make: () => Promise<TilesUnderTest>): void {
  describe(`TileSource over ${name}`, () => {
    let tested: TilesUnderTest;
    beforeAll(async () => {
      tested = await make();
    });
    afterAll(() => tested.close());

    const get = (tile: Partial<TileId> = {}): Promise<Answer> =>
      tested.source.get({ ...tested.full, ...tile }, new AbortController().signal);
    const whole = async (): Promise<Tile> => given(await get());

    it('gives bytes of the stated type with a strong validator', async () => {
      const tile = await whole();
      expect(tile.bytes.length).toBeGreaterThan(0);
      expect(tile.contentType).toBe(tested.contentType);
      expect(tile.etag).toMatch(/^"[\x21\x23-\x7e]+"$/);
    });

    it('gives the same bytes and validator while nothing changes', async () => {
      const [one, two] = [await whole(), await whole()];
      expect(two.etag).toBe(one.etag);
      expect(Buffer.from(two.bytes).equals(Buffer.from(one.bytes))).toBe(true);
    });

    it('gives many askers at once the same tile', async () => {
      const all = await Promise.all(Array.from({ length: 8 }, whole));
      expect(new Set(all.map(({ etag }) => etag)).size).toBe(1);
      expect(new Set(all.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size).toBe(1);
    });

    it('says "unchanged" to who holds the tile, and only to them', async () => {
      const { etag } = await whole();
      const ask: Ask = (signal, known) => tested.source.get(tested.full, signal, known);
      expect(await ask(new AbortController().signal, etag)).toBe('unchanged');
      expect(given(await ask(new AbortController().signal, '"of-another-day"')).etag).toBe(etag);
    });

    it('has no tile of an unknown layer or grid', async () => {
      expect(await get({ layer: 'no_such_layer' })).toBeUndefined();
      expect(await get({ layer: '__proto__' })).toBeUndefined();
      expect(await get({ grid: 'NoSuchGrid' })).toBeUndefined();
      expect(await get({ grid: 'toString' })).toBeUndefined();
    });

    it('has no tile beyond its pyramid or between its tiles', async () => {
      for (const tile of tested.beyond) expect(await get(tile)).toBeUndefined();
      for (const wrong of [
        { x: -1 },
        { y: -1 },
        { z: -1 },
        { z: 99 },
        { x: 0.5 },
        { y: Number.NaN },
        { z: tested.full.z + 0.5 },
        { x: 2 ** 31 },
        { y: Number.POSITIVE_INFINITY },
      ]) {
        expect(await get(wrong)).toBeUndefined();
      }
    });

    it('answers where nothing is, and keeps to it', async () => {
      if (!tested.empty) return;
      const { etag, bytes } = given(await get(tested.empty));
      expect(bytes.length).toBeLessThan((await whole()).bytes.length);
      expect(await tested.source.get(tested.empty, new AbortController().signal, etag)).toBe('unchanged');
    });

    it('rejects with the reason of a signal that was given before', async () => {
      const reason = new Error('the client left');
      await expect(tested.source.get(tested.full, AbortSignal.abort(reason))).rejects.toBe(reason);
    });

    it('has a document with a validator, where it has documents', async () => {
      const { source, full } = tested;
      if (!('document' in source)) return;
      const { signal } = new AbortController();
      const document = given(await source.document(full.layer, signal));
      expect(document.contentType).toBe('application/json');
      expect(() => JSON.parse(new TextDecoder().decode(document.bytes))).not.toThrow();
      expect(await source.document(full.layer, signal, document.etag)).toBe('unchanged');
      expect(await source.document('no_such_layer', signal)).toBeUndefined();
      const reason = new Error('the client left');
      await expect(source.document(full.layer, AbortSignal.abort(reason))).rejects.toBe(reason);
    });
  });
}

function given(answer: Answer): Tile {
  if (!answer || answer === 'unchanged') throw new Error(`a tile was expected, got ${answer}`);
  return answer;
}
