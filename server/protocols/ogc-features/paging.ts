import { type ErrorKind, TwinError } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { FeatureQuery } from '../../../core/feature/query.ts';
import type { FeatureSource } from '../../../core/feature/source.ts';
import { writeCursor } from '../../http/cursor.ts';
import { hrefWith } from '../../http/links.ts';
import type { Ask } from '../../http/protocol.ts';
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
  /** Exact; undefined when it could not be counted in time. */
  readonly numberMatched: number | undefined;
  readonly next: string | undefined;
  readonly previous: string | undefined;
}

/**
 * Asks for one row more than the page holds, so that `next` is there exactly when something follows. The count
 * is made after the rows: a request never holds two connections, and a short listing needs no count at all.
 */
export function openPage(services: Services, request: ItemsRequest, ask: Ask): ItemsPage {
  const source = services.featuresFor(ask.view);
  let returned = 0;
  let more = false;
  let last: Feature | undefined;
  async function* features(): AsyncGenerator<Feature> {
    for await (const feature of source.query({ ...request.query, limit: request.limit + 1 }, ask.signal)) {
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
    return countInTime(source, request.query, ask.signal);
  };
  return {
    features: features(),
    summary: async () => ({
      numberReturned: returned,
      numberMatched: await matched(),
      next: more && last ? nextLink(request, last, returned, ask) : undefined,
      previous: previousLink(request, ask),
    }),
  };
}

/** The rows are out already: a count that takes too long is left out rather than spoil them. */
async function countInTime(
  source: FeatureSource,
  { after: _after, offset: _offset, ...query }: FeatureQuery,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    return await source.count(query, AbortSignal.any([signal, AbortSignal.timeout(COUNT_PATIENCE_MS)]));
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

/** In the default order by key, so that rows written or deleted meanwhile shift nothing. */
function nextLink(request: ItemsRequest, last: Feature, returned: number, ask: Ask): string {
  const before = request.before + returned;
  return request.byKey
    ? hrefWith(ask, { cursor: writeCursor({ after: last.id, before }), offset: undefined })
    : hrefWith(ask, { offset: before });
}

function previousLink(request: ItemsRequest, ask: Ask): string | undefined {
  if (request.before === 0) return undefined;
  const offset = Math.max(0, request.before - request.limit);
  return hrefWith(ask, { cursor: undefined, offset: offset === 0 ? undefined : offset });
}
