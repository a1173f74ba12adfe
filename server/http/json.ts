import { etagOf, matchesEtag } from './etag.ts';
import type { Ask, Reply } from './protocol.ts';

/** A JSON document as a reply. */
export function jsonReply(
  document: unknown,
  headers: Readonly<Record<string, string>> = {},
  contentType = 'application/json',
): Reply {
  return {
    status: 200,
    headers: { 'content-type': contentType, ...headers },
    body: `${JSON.stringify(document)}\n`,
  };
}

/** A JSON document that is the same as long as nothing has changed: its digest is the validator. */
export function validatedJson({ headers }: Ask, document: unknown): Reply {
  const made = jsonReply(document, { 'cache-control': 'no-cache' });
  const etag = etagOf(String(made.body));
  if (matchesEtag(headers['if-none-match'], etag)) return { status: 304, headers: { etag } };
  return { ...made, headers: { ...made.headers, etag } };
}
