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
export const validatedJson = (ask: Ask, document: unknown): Reply =>
  validatedText(ask, `${JSON.stringify(document)}\n`, { 'content-type': 'application/json' });

/** The same of a text in any language. */
export function validatedText(
  { headers: asked }: Pick<Ask, 'headers'>,
  body: string,
  headers: Readonly<Record<string, string>>,
): Reply {
  const etag = etagOf(body);
  if (matchesEtag(asked['if-none-match'], etag)) return { status: 304, headers: { etag } };
  return { status: 200, headers: { ...headers, 'cache-control': 'no-cache', etag }, body };
}
