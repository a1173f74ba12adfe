/**
 * Pages of a SQLite file that is written once, from its rows on: they go to a file without a name as they are made, so that
 * nothing but a megabyte is held.
 */
import type { FileHandle } from 'node:fs/promises';

export const PAGE_BYTES = 16_384;
/** The page that SQLite locks by holds nothing (SQLite file format, 1.4). */
const LOCK_PAGE = 1_073_741_824 / PAGE_BYTES + 1;
const HELD_PAGES = 64;

export class SqlitePages {
  readonly #file: FileHandle;
  readonly #lockPage: number;
  #held: Uint8Array[] = [];
  #written: number;

  /**
   * @param headPages pages that stand before, written by somebody else
   * @param lockPage another one for tests
   */
  constructor(file: FileHandle, headPages: number, lockPage: number = LOCK_PAGE) {
    this.#file = file;
    this.#written = headPages;
    this.#lockPage = lockPage;
  }

  /** Pages so far. */
  get count(): number {
    return this.#written + this.#held.length;
  }

  /** @returns the number of the page, from 1 on. */
  append(page: Uint8Array): number {
    if (this.count + 1 === this.#lockPage) this.#held.push(new Uint8Array(PAGE_BYTES));
    this.#held.push(page);
    return this.count;
  }

  /** Between rows: lets out what has gathered. */
  async letOut(least = HELD_PAGES): Promise<void> {
    if (this.#held.length === 0 || this.#held.length < least) return;
    const pages = this.#held;
    this.#held = [];
    await this.#file.writev(pages, this.#written * PAGE_BYTES);
    this.#written += pages.length;
  }
}
