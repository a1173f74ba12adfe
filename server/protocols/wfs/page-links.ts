import type { Ask } from '../../http/protocol.ts';
import type { Presentation } from './request.ts';

export interface PageLinks {
  readonly next: string | undefined;
  readonly previous: string | undefined;
}

/** Addresses of the neighbouring pages (09-025r2, 7.7.4.4); only a request by GET can be repeated as one. */
export function pageLinks(
  ask: Ask,
  { count, startIndex, resultType }: Presentation,
  matched: number,
): PageLinks {
  if (ask.method !== 'GET' && ask.method !== 'HEAD') return { next: undefined, previous: undefined };
  if (resultType === 'hits') return { next: hitsNext(ask, matched), previous: undefined };
  if (count === undefined || count === 0) return { next: undefined, previous: undefined };
  return {
    next: startIndex + count < matched ? withPlace(ask, startIndex + count, count) : undefined,
    previous:
      startIndex > 0
        ? withPlace(ask, Math.max(0, startIndex - count), Math.min(count, startIndex))
        : undefined,
  };
}

/** After a count, `next` leads to the first page (09-025r2, 7.7.4.2). */
function hitsNext(ask: Ask, matched: number): string | undefined {
  return matched === 0 ? undefined : address(ask, new Set(['resulttype']), {});
}

function withPlace(ask: Ask, startIndex: number, count: number): string {
  return address(ask, new Set(['startindex', 'count']), { startIndex, count });
}

function address(ask: Ask, without: ReadonlySet<string>, added: Readonly<Record<string, number>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of ask.query) if (!without.has(name.toLowerCase())) query.append(name, value);
  for (const [name, value] of Object.entries(added)) query.append(name, String(value));
  return `${ask.publicUrl}${ask.path}?${query}`;
}
