import type { CancelSignal } from '../core/cancel.ts';
import type { DocumentSource, Tile, TileId, TileSource } from './source.ts';

export interface CacheOptions {
  /** Bytes of tiles kept; the least recently used go first. */
  readonly maxBytes: number;
}

type Answer = Tile | 'unchanged' | undefined;
type Ask = (signal: CancelSignal, knownEtag: string | undefined) => Promise<Answer>;

/**
 * Keeps made tiles in memory and makes each only once at a time, however many ask. Every request still asks the
 * source whether the kept tile holds (`knownEtag`), so that an edit by any process is seen at once.
 * @param scope tells sources apart that share a cache
 */
export function cachedTiles(source: TileSource, cache: TileCache, scope = ''): TileSource {
  return { get: (tile, signal, known) => cache.ask(keyOf(tile, scope), asker(source, tile), signal, known) };
}

/** The same for a source with documents. */
export function cachedDocuments(source: DocumentSource, cache: TileCache, scope = ''): DocumentSource {
  return {
    ...cachedTiles(source, cache, scope),
    document: (layer, signal, known) =>
      cache.ask(
        `document ${layer} ${scope}`,
        (shared, knownEtag) => source.document(layer, shared, knownEtag),
        signal,
        known,
      ),
  };
}

const asker =
  (source: TileSource, tile: TileId): Ask =>
  (signal, knownEtag) =>
    source.get(tile, signal, knownEtag);

const keyOf = ({ layer, grid, z, x, y }: TileId, scope: string): string =>
  `${grid}/${z}/${x}/${y} ${layer} ${scope}`;

/** Small tiles cost more than their bytes. */
const OVERHEAD_BYTES = 512;

/** Memory for made tiles. */
export class TileCache {
  private readonly maxBytes: number;
  private readonly kept = new Map<string, Tile>();
  private readonly running = new Map<string, Flight>();
  private bytes = 0;

  constructor({ maxBytes }: CacheOptions) {
    this.maxBytes = maxBytes;
  }

  /** Memory in use, and at most. */
  get usage(): { readonly bytes: number; readonly mostBytes: number } {
    return { bytes: this.bytes, mostBytes: this.maxBytes };
  }

  async ask(key: string, make: Ask, signal: CancelSignal, knownEtag: string | undefined): Promise<Answer> {
    for (;;) {
      signal.throwIfAborted();
      const flight = this.running.get(key) ?? this.start(key, make, knownEtag);
      const answer = await flight.join(signal);
      if (answer !== 'unchanged') return answer && answer.etag === knownEtag ? 'unchanged' : answer;
      // It was made for somebody who held another tile: ask again for this one.
      if (flight.assumedEtag === knownEtag) return 'unchanged';
    }
  }

  /** The kept tile is what is checked; without one, the tile that the first asker says to hold. */
  private start(key: string, make: Ask, knownEtag: string | undefined): Flight {
    const old = this.kept.get(key);
    const flight = new Flight(old ? undefined : knownEtag, async (signal) => {
      const made = await make(signal, old?.etag ?? knownEtag);
      if (made === 'unchanged') {
        if (old) this.keep(key, old);
        return old ?? 'unchanged';
      }
      this.drop(key);
      if (made) this.keep(key, made);
      return made;
    });
    this.running.set(key, flight);
    void flight.left.then(() => {
      if (this.running.get(key) === flight) this.running.delete(key);
    });
    return flight;
  }

  private keep(key: string, tile: Tile): void {
    this.drop(key);
    const size = tile.bytes.length + OVERHEAD_BYTES;
    if (size > this.maxBytes / 4) return;
    this.kept.set(key, tile);
    this.bytes += size;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.maxBytes) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    const tile = this.kept.get(key);
    if (!tile) return;
    this.kept.delete(key);
    this.bytes -= tile.bytes.length + OVERHEAD_BYTES;
  }
}

/** Work that several wait for; it is cancelled when the last of them has gone. */
class Flight {
  /** The validator that "unchanged" speaks of. */
  readonly assumedEtag: string | undefined;
  /** Settles when the work is over or given up: later askers start anew. Never rejects. */
  readonly left: Promise<void>;
  private readonly controller = new AbortController();
  private readonly result: Promise<Answer>;
  private waiting = 0;
  private leave: () => void = () => {};

  constructor(assumedEtag: string | undefined, work: (signal: AbortSignal) => Promise<Answer>) {
    this.assumedEtag = assumedEtag;
    this.result = work(this.controller.signal);
    const abandoned = new Promise<void>((resolve) => {
      this.leave = resolve;
    });
    const over = this.result.then(
      () => {},
      () => {},
    );
    this.left = Promise.race([over, abandoned]);
  }

  async join(signal: CancelSignal): Promise<Answer> {
    this.waiting++;
    let onAbort: () => void = () => {};
    const gone = new Promise<never>((_resolve, reject) => {
      onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([this.result, gone]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.waiting--;
      if (this.waiting === 0) {
        this.leave();
        this.controller.abort(signal.reason);
      }
    }
  }
}
