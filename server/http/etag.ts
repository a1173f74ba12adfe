import { createHash } from 'node:crypto';

/** A validator of the bytes themselves. */
export function etagOf(body: string | Uint8Array): string {
  return `"${createHash('sha1').update(body).digest('base64url')}"`;
}

/** Whether If-None-Match holds one of the validators, compared weakly (RFC 9110, 13.1.2). */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((item) => opaque(item) === opaque(etag));
}

/**
 * The one validator that a client holds, in its strong form; compression on the way weakens it. A list (which
 * clients of tiles do not send) is left to the sender, which compares it after the tile is made.
 */
export function soleEtag(ifNoneMatch: string | undefined): string | undefined {
  return /^\s*(?:W\/)?("[^"]*")\s*$/.exec(ifNoneMatch ?? '')?.[1];
}

/** The weak form, for a body that is compressed on the way. */
export const weaken = (etag: string): string => (etag.startsWith('W/') ? etag : `W/${etag}`);

const opaque = (etag: string): string => etag.trim().replace(/^W\//, '');
