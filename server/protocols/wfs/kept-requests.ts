/**
 * Posted requests that are too long for an address, kept for a while so that links can lead to their other pages.
 * Only what was asked is kept, never an answer: who follows the link sees what that person may see.
 */
import { randomBytes } from 'node:crypto';
import { invalidParameter } from '../../../core/errors.ts';

/** The parameter that names a kept request. */
export const KEPT_REQUEST = 'keptRequest';
/** Said in the capabilities as ResponseCacheTimeout. */
export const KEPT_FOR_S = 600;
const MOST_CHARS = 16 * 1024 * 1024;

export interface KeptRequests {
  /** The name under which the key-value pairs can be had again. */
  keep(pairs: string): string;
  /**
   * The request behind an address, its own parameters before the kept ones.
   * @throws TwinError invalid-parameter when it is no longer kept
   */
  restore(query: URLSearchParams): URLSearchParams;
}

export function keptRequests(now: () => number = Date.now): KeptRequests {
  const kept = new Map<string, { readonly pairs: string; readonly until: number }>();
  let chars = 0;
  const forget = (token: string) => {
    chars -= kept.get(token)?.pairs.length ?? 0;
    kept.delete(token);
  };
  return {
    keep(pairs) {
      const token = randomBytes(16).toString('base64url');
      kept.set(token, { pairs, until: now() + KEPT_FOR_S * 1000 });
      chars += pairs.length;
      // In the order in which they came: the oldest go first.
      for (const [oldest, { until }] of kept) {
        if (until > now() && chars <= MOST_CHARS) break;
        forget(oldest);
      }
      return token;
    },
    restore(query) {
      const own = [...query].filter(([name]) => name.toLowerCase() !== KEPT_REQUEST.toLowerCase());
      const token = [...query].find(([name]) => name.toLowerCase() === KEPT_REQUEST.toLowerCase())?.[1];
      if (token === undefined) return query;
      const found = kept.get(token);
      if (!found || found.until < now()) {
        throw invalidParameter(
          KEPT_REQUEST,
          `The link has expired: long requests are kept for ${KEPT_FOR_S} s. Send the request again`,
        );
      }
      const given = new Set(own.map(([name]) => name.toLowerCase()));
      const rest = [...new URLSearchParams(found.pairs)].filter(([name]) => !given.has(name.toLowerCase()));
      return new URLSearchParams([...own, ...rest]);
    },
  };
}
