/** Which rows of which selections make up an answer, and how many there are. */
import type { CancelSignal } from '../../../core/cancel.ts';
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { FeatureQuery } from '../../../core/feature/query.ts';
import type { FeatureSource, FeatureStream, WrittenForm, WrittenPage } from '../../../core/feature/source.ts';
import { allOf, type Filter } from '../../../core/filter/ast.ts';
import { MOST_COUNTED } from '../../services/pinned-features.ts';
import type { Presentation } from './request.ts';
import type { Selection } from './selection.ts';

/** Rows of a page up to this many are read before the first byte, which makes their number certain. */
const READ_AHEAD_ROWS = 500;
/** The same of rows that need no more than joining, as they were written before. */
const WRITTEN_AHEAD_ROWS = 1_000;

export interface Part {
  readonly selection: Selection;
  /** Its rows, as often as they are asked for. */
  readonly read: () => FeatureStream;
  /** All of them as the form of the page writes them, where they were written already. */
  readonly written?: Uint8Array;
}

/** The answer to one query of the request. */
export interface Page {
  /** Undefined: unknown, more than are counted. */
  readonly numberMatched: number | undefined;
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
 * @param formOf how members are written, where they are
 * @throws TwinError invalid-parameter for a cursor where rows do not stand in the order of their ids
 */
export async function openPage(
  selections: readonly Selection[],
  presentation: Presentation,
  source: FeatureSource,
  signal: CancelSignal,
  formOf?: (selection: Selection) => WrittenForm,
): Promise<Page> {
  const [only] = selections;
  const single = only && selections.length === 1 ? only : undefined;
  if (presentation.after !== undefined && !(single && isInOrderOfIds(single))) {
    throw invalidParameter('cursor', 'cursor works for one feature type without sortBy; use startIndex');
  }
  const wanted = presentation.resultType === 'hits' ? 0 : presentation.count;
  if (!single || wanted === 0) {
    return longPage(selections, presentation, source, signal);
  }
  if (formOf && wanted <= WRITTEN_AHEAD_ROWS) {
    const page = await writtenPage(single, wanted, presentation, source, formOf(single), signal);
    if (page) return page;
  }
  if (wanted <= READ_AHEAD_ROWS) return shortPage(single, wanted, presentation, source, signal);
  const page = await boundedPage(single, wanted, presentation, source, signal);
  return page ?? longPage(selections, presentation, source, signal);
}

const isInOrderOfIds = ({ query }: Selection): boolean => (query.sort ?? []).length === 0;

/** The query from its place on. */
function placed({ query }: Selection, { after, startIndex }: Presentation): FeatureQuery {
  if (after !== undefined) return { ...query, after };
  return startIndex > 0 ? { ...query, offset: startIndex } : query;
}

async function longPage(
  selections: readonly Selection[],
  { startIndex, count, resultType }: Presentation,
  source: FeatureSource,
  signal: CancelSignal,
): Promise<Page> {
  const wanted = resultType === 'hits' ? 0 : count;
  // A number that is asked for, or that says which rows of which type are on the page, is always exact.
  const most =
    selections.length > 1 || resultType === 'hits'
      ? undefined
      : Math.max(MOST_COUNTED, startIndex + wanted) + 1;
  let before = 0;
  let toSkip = startIndex;
  let left = wanted;
  let numberReturned = 0;
  const parts: Part[] = [];
  for (const selection of selections) {
    const matched = await source.count(selection.query, signal, most);
    before += matched;
    const skipped = Math.min(toSkip, matched);
    const taken = Math.min(left, matched - skipped);
    toSkip -= skipped;
    left -= taken;
    numberReturned += taken;
    if (taken > 0) {
      const paged = { ...selection.query, ...(skipped > 0 ? { offset: skipped } : {}), limit: taken };
      parts.push({ selection, read: () => source.query(paged, signal) });
    }
  }
  const hasMore = startIndex + numberReturned < before;
  return { numberMatched: before === most ? undefined : before, numberReturned, parts, hasMore };
}

async function shortPage(
  selection: Selection,
  limit: number,
  presentation: Presentation,
  source: FeatureSource,
  signal: CancelSignal,
): Promise<Page> {
  const features: Feature[] = [];
  const query = { ...placed(selection, presentation), limit: limit + 1, handedOut: limit };
  for await (const feature of source.query(query, signal)) features.push(feature);
  const hasMore = features.length > limit;
  if (hasMore) features.pop();
  const lastId = features.at(-1)?.id;
  const part = { selection, read: () => each(features) };
  return heldPage(part, { count: features.length, hasMore, lastId }, presentation, source, signal);
}

/** The same of rows that the source has written before. */
async function writtenPage(
  selection: Selection,
  limit: number,
  presentation: Presentation,
  source: FeatureSource,
  form: WrittenForm,
  signal: CancelSignal,
): Promise<Page | undefined> {
  const query = { ...placed(selection, presentation), limit };
  const written = await source.written?.(query, form, signal);
  if (!written) return undefined;
  const part = { selection, read: () => source.query(query, signal), written: written.bytes };
  return heldPage(part, written, presentation, source, signal);
}

/** A page whose rows are there; counts only where the end of the rows was not seen. */
async function heldPage(
  part: Part,
  { count, hasMore, lastId }: Pick<WrittenPage, 'count' | 'hasMore' | 'lastId'>,
  presentation: Presentation,
  source: FeatureSource,
  signal: CancelSignal,
): Promise<Page> {
  const { selection } = part;
  const { startIndex, after } = presentation;
  const endSeen = after === undefined && !hasMore && (count > 0 || startIndex === 0);
  const end = startIndex + count;
  const numberMatched = endSeen ? end : await matchedBy(selection, presentation, source, signal);
  return {
    // Rows written between the two statements must not make the page larger than the whole.
    numberMatched: count > 0 && numberMatched !== undefined ? Math.max(numberMatched, end) : numberMatched,
    numberReturned: count,
    parts: [part],
    hasMore,
    lastId: isInOrderOfIds(selection) ? lastId : undefined,
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
    handedOut: 0,
  };
  const ids: string[] = [];
  for await (const { id } of source.query(last, signal)) ids.push(id);
  const [lastId, idBehind] = ids;
  const { after } = presentation;
  if (lastId === undefined && after === undefined) return undefined;
  const numberMatched = await matchedBy(selection, presentation, source, signal);
  const beyond = withIds(selection.query, '>', after);
  const numberReturned = lastId === undefined ? Math.min(limit, await source.count(beyond, signal)) : limit;
  const rows = { ...withIds(from, '<=', lastId), limit };
  return {
    numberMatched,
    numberReturned,
    parts: [{ selection, read: () => source.query(rows, signal) }],
    hasMore: idBehind !== undefined,
    lastId,
  };
}

/** Exact, unless there are more than are counted. */
async function matchedBy(
  { query }: Selection,
  { matched }: Presentation,
  source: FeatureSource,
  signal: CancelSignal,
): Promise<number | undefined> {
  if (matched !== undefined) return matched;
  const counted = await source.count(query, signal, MOST_COUNTED + 1);
  return counted > MOST_COUNTED ? undefined : counted;
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
