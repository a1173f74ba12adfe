/**
 * A table of SQLite filled once, in the order of its row numbers: leaves are full and follow one another, which is what
 * SQLite's own b-tree comes to when rows are only appended (SQLite file format, 1.6 and 1.7; public domain).
 */
import { PAGE_BYTES, type SqlitePages } from './sqlite-pages.ts';

const [LEAF, INTERIOR] = [0x0d, 0x05];
const [LEAF_HEAD, INTERIOR_HEAD] = [8, 12];
const POINTER_BYTES = 2;
/** Bytes of a row that stand on its leaf, at most; of a longer one at least as many. */
const MOST_LOCAL = PAGE_BYTES - 35;
const LEAST_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
const OVERFLOW_BYTES = PAGE_BYTES - 4;
/** Children of an interior page: each has its number, its largest row number and a pointer. */
const MOST_CHILDREN = Math.floor((PAGE_BYTES - INTERIOR_HEAD) / (4 + 9 + POINTER_BYTES));

interface Child {
  readonly page: number;
  readonly lastRow: number;
}

export class SqliteTable {
  readonly #pages: SqlitePages;
  readonly #children: Child[] = [];
  #leaf = new Page(LEAF, LEAF_HEAD);
  #lastRow = 0;

  constructor(pages: SqlitePages) {
    this.#pages = pages;
  }

  /** @param row rises from row to row; the bytes may be used again */
  add(row: number, payload: Uint8Array): void {
    const { length } = payload;
    const local = length <= MOST_LOCAL ? length : localPart(length);
    const overflow = local < length ? 4 : 0;
    const bytes = varintBytes(length) + varintBytes(row) + local + overflow;
    if (!this.#leaf.hasRoom(bytes)) this.#endLeaf();
    const cell = this.#leaf.cell(bytes);
    let at = putVarint(cell, 0, length);
    at = putVarint(cell, at, row);
    cell.set(local < length ? payload.subarray(0, local) : payload, at);
    if (overflow) putUint32(cell, at + local, this.#overflow(payload.subarray(local)));
    this.#lastRow = row;
  }

  /** What stands on the page that the schema names as the root. */
  finish(): Uint8Array {
    if (this.#children.length === 0) return this.#leaf.bytes;
    this.#endLeaf();
    let level: readonly Child[] = this.#children;
    for (;;) {
      const groups = evenly(level, MOST_CHILDREN);
      const [only] = groups;
      if (only && groups.length === 1) return interior(only);
      level = groups.map((group) => ({
        page: this.#pages.append(interior(group)),
        lastRow: group.at(-1)?.lastRow ?? 0,
      }));
    }
  }

  #endLeaf(): void {
    this.#children.push({ page: this.#pages.append(this.#leaf.bytes), lastRow: this.#lastRow });
    this.#leaf = new Page(LEAF, LEAF_HEAD);
  }

  /** The last piece first: each says where the next one is. @returns the page of the first */
  #overflow(rest: Uint8Array): number {
    let next = 0;
    for (let from = lastMultiple(rest.length, OVERFLOW_BYTES); from >= 0; from -= OVERFLOW_BYTES) {
      const page = new Uint8Array(PAGE_BYTES);
      putUint32(page, 0, next);
      page.set(rest.subarray(from, from + OVERFLOW_BYTES), 4);
      next = this.#pages.append(page);
    }
    return next;
  }
}

/** Cells are put in from the end, their pointers from the beginning. */
class Page {
  readonly bytes = new Uint8Array(PAGE_BYTES);
  readonly #head: number;
  #cells = 0;
  #from = PAGE_BYTES;

  constructor(kind: number, head: number) {
    this.bytes[0] = kind;
    this.#head = head;
    this.#tell();
  }

  hasRoom(bytes: number): boolean {
    return this.#head + POINTER_BYTES * (this.#cells + 1) + bytes <= this.#from;
  }

  cell(bytes: number): Uint8Array {
    this.#from -= bytes;
    putUint16(this.bytes, this.#head + POINTER_BYTES * this.#cells, this.#from);
    this.#cells++;
    this.#tell();
    return this.bytes.subarray(this.#from, this.#from + bytes);
  }

  #tell(): void {
    putUint16(this.bytes, 3, this.#cells);
    putUint16(this.bytes, 5, this.#from);
  }
}

function interior(children: readonly Child[]): Uint8Array {
  const page = new Page(INTERIOR, INTERIOR_HEAD);
  for (const { page: number, lastRow } of children.slice(0, -1)) {
    const cell = page.cell(4 + varintBytes(lastRow));
    putUint32(cell, 0, number);
    putVarint(cell, 4, lastRow);
  }
  putUint32(page.bytes, 8, children.at(-1)?.page ?? 0);
  return page.bytes;
}

function localPart(length: number): number {
  const local = LEAST_LOCAL + ((length - LEAST_LOCAL) % OVERFLOW_BYTES);
  return local <= MOST_LOCAL ? local : LEAST_LOCAL;
}

/** Groups of nearly one size, none larger than that: a page of one child would be no branch. */
function evenly<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  const groups = Math.ceil(items.length / most);
  return Array.from({ length: groups }, (_, index) =>
    items.slice(
      Math.floor((index * items.length) / groups),
      Math.floor(((index + 1) * items.length) / groups),
    ),
  );
}

const lastMultiple = (length: number, of: number): number => Math.floor((length - 1) / of) * of;

function putUint16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8;
  bytes[at + 1] = value;
}

function putUint32(bytes: Uint8Array, at: number, value: number): void {
  putUint16(bytes, at, value >>> 16);
  putUint16(bytes, at + 2, value & 0xffff);
}

/** Bytes of a whole number below 2⁵³ as SQLite counts with (1.6, "varint"). */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/** @returns where the next one stands */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  if (value < 128) {
    bytes[at] = value;
    return at + 1;
  }
  const end = at + varintBytes(value);
  for (let [place, rest] = [end - 1, value]; place >= at; place--, rest = Math.floor(rest / 128)) {
    bytes[place] = (rest % 128) | (place === end - 1 ? 0 : 0x80);
  }
  return end;
}
