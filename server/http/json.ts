import type { Reply } from './protocol.ts';

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
