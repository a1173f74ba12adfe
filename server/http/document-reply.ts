import { etagOf, matchesEtag } from './etag.ts';
import type { Ask, Reply } from './protocol.ts';

interface Written {
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A document as the answer. The same content has the same bytes, so their digest is the validator.
 * @param fileName what a browser that keeps it calls it, with its ending, plain ASCII
 */
export function documentReply({ headers }: Pick<Ask, 'headers'>, written: Written, fileName: string): Reply {
  const etag = etagOf(written.body);
  const kept = { etag, 'cache-control': 'no-cache' };
  if (matchesEtag(headers['if-none-match'], etag)) return { status: 304, headers: kept };
  const disposition = { 'content-disposition': `inline; filename="${fileName}"` };
  return { status: 200, headers: { ...written.headers, ...disposition, ...kept }, body: written.body };
}
