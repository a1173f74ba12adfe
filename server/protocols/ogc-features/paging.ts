import { type ErrorKind, TwinError } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { FeatureQuery } from '../../../core/feature/query.ts';
import type { FeatureSource } from '../../../core/feature/source.ts';
import { type Cursor, writeCursor } from '../../http/cursor.ts';
import { hrefWith } from '../../http/links.ts';
import type { Ask } from '../../http/protocol.ts';
import { MOST_COUNTED, pinnedFeatures } from '../../services/pinned-features.ts';
import type { Services } from '../../services.ts';
import type { ItemsRequest } from './items-request.ts';

/** A page of a listing: its features while they stream, then what is known after them. */
export interface ItemsPage {
  readonly features: AsyncIterable<Feature>;
  /** To be called when `features` has ended. */
  summary(): Promise<PageSummary>;
}

export interface PageSummary {
  readonly numberReturned: number;
  /** Exact; undefined when there are more than are counted, or they could not be counted in time. */
  readonly numberMatched: number | undefined;
  readonly next: string | undefined;
  readonly previous: string | undefined;
}

/**
 * Asks for one row more than the page holds, so that `next` is there exactly when something follows. The count
 * is made after the rows: a request never holds two connections, and a short listing needs no count at all. Every page
 * shows the state that the first one showed.
 */
export function openPage(services: Services, request: ItemsRequest, ask: Ask): ItemsPage {
  const pinned = pinnedFeatures(services, ask.view, request.query.layer);
  // Whoever reads no rows does not hear of it.
  pinned.catch(() => {});
  let returned = 0;
  let more = false;
  let last: Feature | undefined;
  async function* features(): AsyncGenerator<Feature> {
    const { source } = await pinned;
    const query = { ...request.query, limit: request.limit + 1, handedOut: request.limit };
    for await (const feature of source.query(query, ask.signal)) {
      if (returned === request.limit) {
        more = true;
        return;
      }
      returned++;
      last = feature;
      yield feature;
    }
  }
  const matched = async () => {
    const firstPage = request.before === 0 && request.query.after === undefined;
    if (firstPage && !more) return returned;
    return request.matched ?? countInTime((await pinned).source, request.query, ask.signal);
  };
  return {
    features: features(),
    summary: async () => {
      const numberMatched = await matched();
      const { at } = await pinned;
      const link = (place: Cursor) =>
        hrefWith(ask, { offset: undefined, at, cursor: writeCursor({ ...place, matched: numberMatched }) });
      const { before, byKey, limit } = request;
      return {
        numberReturned: returned,
        numberMatched,
        // By key where that is the order, so that a page far down costs no more.
        next:
          more && last ? link({ before: before + returned, after: byKey ? last.id : undefined }) : undefined,
        previous: before === 0 ? undefined : link({ before: Math.max(0, before - limit), after: undefined }),
      };
    },
  };
}

/** The rows are out already: a count that takes too long is left out rather than spoil them. */
async function countInTime(
  source: FeatureSource,
  { after: _after, offset: _offset, ...query }: FeatureQuery,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(COUNT_PATIENCE_MS)]);
    const counted = await source.count(query, patience, MOST_COUNTED + 1);
    return counted > MOST_COUNTED ? undefined : counted;
  } catch (error) {
    signal.throwIfAborted();
    const tooSlow = error instanceof DOMException && error.name === 'TimeoutError';
    if (tooSlow || (error instanceof TwinError && PASSING.has(error.kind))) return undefined;
    throw error;
  }
}

const COUNT_PATIENCE_MS = 5_000;
/** Troubles of the moment, as opposed to mistakes of the request or ours. */
const PASSING: ReadonlySet<ErrorKind> = new Set(['timeout', 'unavailable']);
