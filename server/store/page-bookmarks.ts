import type { Feature } from '../../core/feature/feature.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource, FeatureStream } from '../../core/feature/source.ts';

/** Bookmarks that are kept, of all listings together. */
const MOST_BOOKMARKS = 20_000;
/** Filters with long geometries cost more to compare than rows to skip. */
const LONGEST_KEY = 4_000;

/** Where pages of a listing ended: for a number of rows, in rising order, the id of the last of them. */
type Listing = Map<number, string>;

export class PageBookmarks {
  /** The least recently used first. */
  readonly #listings = new Map<string, Listing>();
  #count = 0;

  mark(key: string, rows: number, lastId: string): void {
    const listing = this.#listings.get(key) ?? new Map<number, string>();
    if (!listing.has(rows)) this.#count++;
    listing.set(rows, lastId);
    this.#listings.delete(key);
    this.#listings.set(key, listing);
    for (const [oldest, { size }] of this.#listings) {
      if (this.#count <= MOST_BOOKMARKS) return;
      this.#listings.delete(oldest);
      this.#count -= size;
    }
  }

  /** The furthest bookmark that is not behind so many rows. */
  find(key: string, rows: number): { readonly rows: number; readonly lastId: string } | undefined {
    const listing = this.#listings.get(key);
    if (!listing) return undefined;
    const exact = listing.get(rows);
    if (exact !== undefined) return { rows, lastId: exact };
    let best = 0;
    for (const marked of listing.keys()) if (marked < rows && marked > best) best = marked;
    const lastId = listing.get(best);
    return lastId === undefined ? undefined : { rows: best, lastId };
  }
}

/**
 * A source whose pages by `offset` begin where an earlier page of the same listing ended, so that page N costs what
 * page 1 does for whoever reads one after another; the database has to go through all rows before it otherwise.
 * @param source of a state that does not change any more: rows at a past moment
 * @param scope tells states and people apart
 */
export function bookmarked(source: FeatureSource, bookmarks: PageBookmarks, scope: string): FeatureSource {
  const keyOf = ({ layer, bbox, filter, sort, after }: FeatureQuery): string | undefined => {
    if (sort?.length || after !== undefined) return undefined;
    const key = JSON.stringify([scope, layer, bbox, filter]);
    return key.length > LONGEST_KEY ? undefined : key;
  };
  const placed = <Query extends FeatureQuery>(query: Query, key: string | undefined): Query => {
    const { offset = 0 } = query;
    const mark = key !== undefined && offset > 0 ? bookmarks.find(key, offset) : undefined;
    return mark ? { ...query, after: mark.lastId, offset: offset - mark.rows } : query;
  };
  const remember = (key: string | undefined, { offset = 0 }: FeatureQuery, count: number, last?: string) => {
    if (key !== undefined && count > 0 && last !== undefined) bookmarks.mark(key, offset + count, last);
  };
  const { written } = source;
  return {
    ...source,
    query(query, signal) {
      const key = keyOf(query);
      const rows = source.query(placed(query, key), signal);
      if (key === undefined || query.limit === undefined) return rows;
      return watched(rows, (count, last) => remember(key, query, count, last));
    },
    ...(written && {
      async written(query, form, signal) {
        const key = keyOf(query);
        const page = await written(placed(query, key), form, signal);
        if (page) remember(key, query, page.count, page.lastId);
        return page;
      },
    }),
  };
}

/** The same rows; at the end of reading is told how many came, and the id of the last one. */
function watched(
  rows: FeatureStream,
  ended: (count: number, lastId: string | undefined) => void,
): FeatureStream {
  /** Whoever has enough leaves before the end; the rows that came were there all the same. */
  async function* counted<Item>(items: AsyncIterable<Item>, rowsOf: (item: Item) => readonly Feature[]) {
    let count = 0;
    let last: Feature | undefined;
    try {
      for await (const item of items) {
        const held = rowsOf(item);
        count += held.length;
        last = held.at(-1) ?? last;
        yield item;
      }
    } finally {
      ended(count, last?.id);
    }
  }
  const { batches } = rows;
  return {
    [Symbol.asyncIterator]: () => counted(rows, (row) => [row]),
    ...(batches && {
      batches: async function* () {
        const held = async function* () {
          for await (const batch of batches()) yield [...batch];
        };
        yield* counted(held(), (batch) => batch);
      },
    }),
  };
}
