import { writeCursor } from '../../http/cursor.ts';
import type { Page } from './pages.ts';
import type { Repeat } from './repeated-request.ts';
import type { Presentation } from './request.ts';

export interface PageLinks {
  readonly next: string | undefined;
  readonly previous: string | undefined;
}

export const NO_LINKS: PageLinks = { next: undefined, previous: undefined };

/**
 * Addresses of the neighbouring pages (09-025r2, 7.7.4.4). The next one continues after the last row of this one
 * where rows stand in the order of their ids, so that what is written meanwhile shifts nothing.
 */
export function pageLinks(
  repeat: Repeat,
  { count, startIndex, resultType }: Presentation,
  page: Page,
): PageLinks {
  const { numberMatched, numberReturned, hasMore, lastId } = page;
  // After a count, `next` leads to the first page (7.7.4.2).
  if (resultType === 'hits') {
    return numberMatched === 0 ? NO_LINKS : { next: repeat({ resultType: undefined }), previous: undefined };
  }
  if (count === 0) return NO_LINKS;
  const end = startIndex + numberReturned;
  const next =
    lastId === undefined
      ? { startIndex: end, cursor: undefined, count }
      : { startIndex: undefined, cursor: writeCursor({ after: lastId, before: end }), count };
  const before = { startIndex: Math.max(0, startIndex - count), count: Math.min(count, startIndex) };
  return {
    next: hasMore ? repeat(next) : undefined,
    previous: startIndex > 0 ? repeat({ ...before, cursor: undefined }) : undefined,
  };
}
