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
 * Addresses of the neighbouring pages (09-025r2, 7.7.4.4), of the state that this one shows. The next one continues after
 * the last row of this one where rows stand in the order of their ids, so that it costs no more.
 * @param at the moment of that state, where the address does not say it
 */
export function pageLinks(
  repeat: Repeat,
  { count, startIndex, resultType }: Presentation,
  page: Page,
  at: string | undefined,
): PageLinks {
  const { numberMatched, numberReturned, hasMore, lastId } = page;
  // After a count, `next` leads to the first page (7.7.4.2).
  if (resultType === 'hits') {
    return numberMatched === 0 ? NO_LINKS : { next: repeat({ resultType: undefined }), previous: undefined };
  }
  if (count === 0) return NO_LINKS;
  const end = startIndex + numberReturned;
  const link = (before: number, after: string | undefined, rows: number) =>
    repeat({
      ...{ startIndex: undefined, count: rows, at },
      cursor: writeCursor({ before, after, matched: numberMatched }),
    });
  return {
    next: hasMore ? link(end, lastId, count) : undefined,
    previous:
      startIndex > 0
        ? link(Math.max(0, startIndex - count), undefined, Math.min(count, startIndex))
        : undefined,
  };
}
