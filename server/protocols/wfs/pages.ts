/** Which rows of which selections make up an answer, and how many there are. */
import type { CancelSignal } from '../../../core/cancel.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { FeatureSource } from '../../../core/feature/source.ts';
import type { Presentation } from './request.ts';
import type { Selection } from './selection.ts';

/** Rows of a page up to this many are read before the first byte, which makes their number certain. */
const READ_AHEAD_ROWS = 500;

export interface Part {
  readonly selection: Selection;
  readonly features: AsyncIterable<Feature>;
}

/** The answer to one query of the request. */
export interface Page {
  readonly numberMatched: number;
  readonly numberReturned: number;
  readonly parts: readonly Part[];
}

/**
 * Counts first, then opens streams that are read later; a short page is read at once instead, and often needs no
 * count.
 */
export async function openPage(
  selections: readonly Selection[],
  presentation: Presentation,
  source: FeatureSource,
  signal: CancelSignal,
): Promise<Page> {
  const { resultType } = presentation;
  const [only] = selections;
  const wanted = resultType === 'hits' ? 0 : presentation.count;
  if (only && selections.length === 1 && wanted !== undefined && wanted > 0 && wanted <= READ_AHEAD_ROWS) {
    return shortPage(only, wanted, presentation.startIndex, source, signal);
  }
  let before = 0;
  let toSkip = presentation.startIndex;
  let left = wanted ?? Number.POSITIVE_INFINITY;
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
  return { numberMatched: before, numberReturned, parts };
}

async function shortPage(
  selection: Selection,
  limit: number,
  offset: number,
  source: FeatureSource,
  signal: CancelSignal,
): Promise<Page> {
  const features: Feature[] = [];
  const paged = { ...selection.query, limit, ...(offset > 0 ? { offset } : {}) };
  for await (const feature of source.query(paged, signal)) features.push(feature);
  const endSeen = features.length < limit && (features.length > 0 || offset === 0);
  const numberMatched = endSeen ? offset + features.length : await source.count(selection.query, signal);
  return {
    // Rows written between the two statements must not make the page larger than the whole.
    numberMatched: features.length > 0 ? Math.max(numberMatched, offset + features.length) : numberMatched,
    numberReturned: features.length,
    parts: [{ selection, features: each(features) }],
  };
}

async function* each(features: readonly Feature[]): AsyncGenerator<Feature> {
  yield* features;
}
