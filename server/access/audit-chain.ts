/**
 * Checks the chain of the audit without the database that wrote it. The digest of a row is SHA-256 of the 32 bytes of
 * the digest before (zeros before the first) and of place, at, who, what, about, why and detail as netstrings.
 */
import { createHash } from 'node:crypto';
import type { AuditRow } from '../../core/wire/audit.ts';

/** Where the chain ends: what an earlier look at it gave, kept elsewhere, proves that nothing before was changed since. */
export interface ChainHead {
  readonly place: number;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
}

export type ChainFault =
  | { readonly kind: 'removed'; readonly from: number; readonly to: number }
  /** The row, or the digest of the one before it, is not what was written. */
  | { readonly kind: 'changed'; readonly place: number }
  /** The row was written at another place. */
  | { readonly kind: 'moved'; readonly place: number; readonly writtenAt: number }
  /** The chain holds this place with another digest than was kept. */
  | { readonly kind: 'rewritten'; readonly place: number };

export interface ChainReport {
  readonly rows: number;
  readonly head: ChainHead;
  readonly faults: readonly ChainFault[];
}

export const NO_HEAD: ChainHead = { place: 0, digest: '0'.repeat(64) };

const netstring = (text: string): string => `${Buffer.byteLength(text)}:${text},`;

function digestAt(place: number, previous: string, row: AuditRow): string {
  const told = [String(place), row.at, row.who, row.what, row.about, row.why, row.detail];
  return createHash('sha256')
    .update(Buffer.from(previous, 'hex'))
    .update(told.map(netstring).join(''))
    .digest('hex');
}

/** Of so many rows that do not fit it is looked for where they belong. */
const MOST_TRACED = 60;

interface Suspect {
  readonly row: AuditRow;
  readonly previous: string;
}

/** Takes the rows in order of their places; memory stays flat. */
export class ChainCheck {
  #rows = 0;
  #head: ChainHead;
  readonly #faults: ChainFault[] = [];
  readonly #suspects: Suspect[] = [];
  readonly #known: readonly ChainHead[];

  /**
   * @param before of the first row, when that is not the first of the chain
   * @param known ends of the chain as the database tells it now and as an earlier look gave it
   */
  constructor(before: ChainHead = NO_HEAD, known: readonly ChainHead[] = []) {
    this.#head = before;
    this.#known = known.filter((each) => each.place > before.place);
  }

  add(row: AuditRow): void {
    const { place, digest } = this.#head;
    this.#rows++;
    if (row.place === place + 1) {
      if (digestAt(row.place, digest, row) !== row.digest) this.#suspects.push({ row, previous: digest });
    } else {
      // What stood before is gone, so that the digest of this row cannot be checked; what follows it can.
      this.#faults.push({ kind: 'removed', from: place + 1, to: row.place - 1 });
    }
    if (this.#known.some((known) => known.place === row.place && known.digest !== row.digest)) {
      this.#faults.push({ kind: 'rewritten', place: row.place });
    }
    this.#head = { place: row.place, digest: row.digest };
  }

  end(): ChainReport {
    const last = Math.max(0, ...this.#known.map((known) => known.place));
    const { place } = this.#head;
    if (last > place) this.#faults.push({ kind: 'removed', from: place + 1, to: last });
    const placeOf = (fault: ChainFault) => (fault.kind === 'removed' ? fault.from : fault.place);
    const faults = [...this.#faults, ...this.#traced()].toSorted((a, b) => placeOf(a) - placeOf(b));
    return { rows: this.#rows, head: this.#head, faults };
  }

  /** Rows that do not follow from the one before: moved ones fit elsewhere, and those after them where they stand. */
  #traced(): readonly ChainFault[] {
    const suspects = this.#suspects;
    const traced = suspects.length > MOST_TRACED ? [] : suspects;
    const digests = traced.flatMap(({ row, previous }) => [row.digest, previous]);
    return suspects.flatMap(({ row }): readonly ChainFault[] => {
      const writtenAt = traced
        .map((other) => other.row.place)
        .find((place) => digests.some((digest) => digestAt(place, digest, row) === row.digest));
      if (writtenAt === undefined) return [{ kind: 'changed', place: row.place }];
      return writtenAt === row.place ? [] : [{ kind: 'moved', place: row.place, writtenAt }];
    });
  }
}
