/** Which rows of which selections make up an answer, and how many there are. */
import type { CancelSignal } from '../../../core/cancel.ts';
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { FeatureQuery } from '../../../core/feature/query.ts';
import type { FeatureSource, FeatureStream } from '../../../core/feature/source.ts';
import { allOf, type Filter } from '../../../core/filter/ast.ts';
import type { Presentation } from './request.ts';
import type { Selection } from './selection.ts';

/** Rows of a page up to this many are read before the first byte, which makes their number certain. */
const READ_AHEAD_ROWS = 500;

export interface Part {
  readonly selection: Selection;
  readonly features: FeatureStream;
}

/** The answer to one query of the request. */
export interface Page {
  readonly numberMatched: number;
  readonly numberReturned: number;
  readonly parts: readonly Part[];
  /** Whether rows follow the page. Seen, not reckoned: the number of rows may change between two pages. */
  readonly hasMore: boolean;
  /** Id of the last row, where the next page can start after it. */
  readonly lastId?: string | undefined;
}

/**
 * Counts first, then opens streams that are read later; a short page is read at once instead, and often needs no
 * count.
 * @throws TwinError invalid-parameter for a cursor where rows do not stand in the order of their ids
 */
export async function openPage(
  selections: readonly Selection[],
  presentation: Presentation,
  source: FeatureSource,
  signal: CancelSignal,
): Promise<Page> {
  const [only] = selections;
  const single = only && selections.length === 1 ? only : undefined;
  if (presentation.after !== undefined && !(single && isInOrderOfIds(single))) {
    throw invalidParameter('cursor', 'cursor works for one feature type without sortBy; use startIndex');
  }
  const wanted = presentation.resultType === 'hits' ? 0 : presentation.count;
  if (!single || wanted === 0) {
    return longPage(selections, presentation.startIndex, wanted, source, signal);
  }
  if (wanted <= READ_AHEAD_ROWS) return shortPage(single, wanted, presentation, source, signal);
  const page = await boundedPage(single, wanted, presentation, source, signal);
  return page ?? longPage(selections, presentation.startIndex, wanted, source, signal);
}

const isInOrderOfIds = ({ query }: Selection): boolean => (query.sort ?? []).length === 0;

/** The query from its place on. */
function placed({ query }: Selection, { after, startIndex }: Presentation): FeatureQuery {
  if (after !== undefined) return { ...query, after };
  return startIndex > 0 ? { ...query, offset: startIndex } : query;
}

async function longPage(
  selections: readonly Selection[],
  startIndex: number,
  wanted: number,
  source: FeatureSource,
  signal: CancelSignal,
): Promise<Page> {
  let before = 0;
  let toSkip = startIndex;
  let left = wanted;
  let numberReturned = 0;
  const parts: Part[] = [];
  for (const selection of selections) {
    const matched = await source.count(selection.query, signal);
    before += matched;
    const skipped = Math.min(toSkip, matched);
    const taken = Math.min(left, matched - skipped);
    toSkip -= skipped;
    left -= taken;
    numberReturned += taken;
    if (taken > 0) {
      const paged = { ...selection.query, ...(skipped > 0 ? { offset: skipped } : {}), limit: taken };
      parts.push({ selection, features: source.query(paged, signal) });
    }
  }
  const hasMore = startIndex + numberReturned < before;
  return { numberMatched: before, numberReturned, parts, hasMore };
}

async function shortPage(
  selection: Selection,
  limit: number,
  presentation: Presentation,
  source: FeatureSource,
  signal: CancelSignal,
): Promise<Page> {
  const features: Feature[] = [];
  const { startIndex } = presentation;
  const query = { ...placed(selection, presentation), limit: limit + 1 };
  for await (const feature of source.query(query, signal)) features.push(feature);
  const hasMore = features.length > limit;
  if (hasMore) features.pop();
  const endSeen = presentation.after === undefined && !hasMore && (features.length > 0 || startIndex === 0);
  const end = startIndex + features.length;
  const numberMatched = endSeen ? end : await source.count(selection.query, signal);
  return {
    // Rows written between the two statements must not make the page larger than the whole.
    numberMatched: features.length > 0 ? Math.max(numberMatched, end) : numberMatched,
    numberReturned: features.length,
    parts: [{ selection, features: each(features) }],
    hasMore,
    lastId: isInOrderOfIds(selection) ? features.at(-1)?.id : undefined,
  };
}

/**
 * A page that is too long to be held: the id of its last row is looked up first and bounds the rows, so that the
 * next page can start after it and nothing written meanwhile is lost or repeated. Undefined when it is the last one.
 */
async function boundedPage(
  selection: Selection,
  limit: number,
  presentation: Presentation,
  source: FeatureSource,
  signal: CancelSignal,
): Promise<Page | undefined> {
  if (!isInOrderOfIds(selection)) return undefined;
  const from = placed(selection, presentation);
  const last = {
    ...from,
    properties: [],
    withGeometry: false,
    offset: (from.offset ?? 0) + limit - 1,
    limit: 2,
  };
  const ids: string[] = [];
  for await (const { id } of source.query(last, signal)) ids.push(id);
  const [lastId, idBehind] = ids;
  const { after } = presentation;
  if (lastId === undefined && after === undefined) return undefined;
  const numberMatched = await source.count(selection.query, signal);
  const beyond = withIds(selection.query, '>', after);
  const numberReturned = lastId === undefined ? Math.min(limit, await source.count(beyond, signal)) : limit;
  const rows = source.query({ ...withIds(from, '<=', lastId), limit }, signal);
  return {
    numberMatched,
    numberReturned,
    parts: [{ selection, features: rows }],
    hasMore: idBehind !== undefined,
    lastId,
  };
}

function withIds(query: FeatureQuery, operator: '>' | '<=', id: string | undefined): FeatureQuery {
  const bound: Filter | undefined =
    id === undefined ? undefined : { op: 'compare', operator, property: 'id', value: id };
  const filter = allOf(query.filter, bound);
  return filter ? { ...query, filter } : query;
}

async function* each(features: readonly Feature[]): AsyncGenerator<Feature> {
  yield* features;
}
