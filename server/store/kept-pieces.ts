/** How much of the memory what a piece costs beside its bytes is reckoned with. */
const PIECE_OVERHEAD_BYTES = 120;
const SLAB_BYTES = 256 * 1024;

/** Bytes of one object in a form, somewhere in the memory of many. */
interface Piece {
  /** Tells the state of the row that the bytes were made of. */
  readonly stamp: number;
  readonly slab: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Pieces by their form, then by their row. */
type Shelf = Map<string, Map<number, Piece>>;

/**
 * Written objects, kept up to so many bytes in all. What has not been asked for while half of that came anew is
 * forgotten: two generations, so that a hit moves nothing.
 */
export class KeptPieces {
  readonly #mostBytes: number;
  #young: Shelf = new Map();
  #old: Shelf = new Map();
  #youngBytes = 0;
  #slab = Buffer.alloc(0);
  #filled = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The piece of a row as it stands; undefined where it is not kept or the row has changed. */
  find(form: string, row: number, stamp: number): Piece | undefined {
    const young = this.#young.get(form)?.get(row);
    if (young) return young.stamp === stamp ? young : undefined;
    const old = this.#old.get(form)?.get(row);
    if (old?.stamp !== stamp) return undefined;
    return this.keep(form, row, stamp, old.slab.subarray(old.start, old.end));
  }

  /** Copies the bytes. */
  keep(form: string, row: number, stamp: number, bytes: Uint8Array): Piece {
    if (this.#filled + bytes.length > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, bytes.length));
      this.#filled = 0;
      this.#youngBytes += this.#slab.length;
    }
    const start = this.#filled;
    const piece = { stamp, slab: this.#slab, start, end: start + bytes.length };
    piece.slab.set(bytes, start);
    this.#filled = piece.end;
    const rows = this.#young.get(form) ?? new Map<number, Piece>();
    this.#young.set(form, rows.set(row, piece));
    this.#youngBytes += PIECE_OVERHEAD_BYTES;
    if (this.#youngBytes > this.#mostBytes / 2) this.#age();
    return piece;
  }

  #age(): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#youngBytes = 0;
    this.#slab = Buffer.alloc(0);
    this.#filled = 0;
  }
}

/** Pieces one after another in memory of their own. */
export function joinedPieces(pieces: readonly Piece[]): Buffer {
  const joined = Buffer.allocUnsafeSlow(pieces.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (let i = 0; i < pieces.length; ) {
    const first = pieces[i];
    if (!first) break;
    // What was made one after another lies so, and is copied at once.
    let { end } = first;
    for (i++; i < pieces.length; i++) {
      const next = pieces[i];
      if (next?.slab !== first.slab || next.start !== end) break;
      end = next.end;
    }
    at += first.slab.copy(joined, at, first.start, end);
  }
  return joined;
}
