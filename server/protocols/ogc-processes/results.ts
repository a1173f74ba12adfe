/** Results as they were asked for: raw or in a document, by value or by reference (18-062r2, 7.11.4 and 7.13). */
import { notFound } from '../../../core/errors.ts';
import { jsonReply } from '../../http/json.ts';
import type { Reply } from '../../http/protocol.ts';
import type { Selection } from './selection.ts';

const JSON_TYPE = 'application/json';
const BOUNDARY = 'blizniak-outputs';

/** @param addressOf an output of this run */
export function resultsReply(
  text: string,
  { response, outputs }: Selection,
  addressOf: (output: string) => string,
): Reply {
  const result: Readonly<Record<string, unknown>> = JSON.parse(text);
  const wanted = outputs.length > 0 ? outputs : Object.keys(result).map((id) => ({ id, byReference: false }));
  if (response === 'document') {
    const entries = wanted
      .filter(({ id }) => result[id] !== undefined)
      .map(({ id, byReference }) => [
        id,
        byReference ? { href: addressOf(id), type: JSON_TYPE } : inDocument(result[id]),
      ]);
    return jsonReply(Object.fromEntries(entries));
  }
  if (wanted.every(({ byReference }) => byReference)) {
    const links = wanted.map(({ id }) => `<${addressOf(id)}>; rel="${id}"; type="${JSON_TYPE}"`);
    return { status: 204, headers: { link: links.join(', ') } };
  }
  const [only, ...others] = wanted;
  if (only && others.length === 0) return outputReply(text, only.id);
  const parts = wanted.map(({ id, byReference }) => {
    const head = `--${BOUNDARY}\r\ncontent-type: ${JSON_TYPE}\r\ncontent-id: <${id}>\r\n`;
    return byReference
      ? `${head}content-location: ${addressOf(id)}\r\n\r\n`
      : `${head}\r\n${JSON.stringify(result[id] ?? null)}`;
  });
  return {
    status: 200,
    headers: { 'content-type': `multipart/related; type="${JSON_TYPE}"; boundary=${BOUNDARY}` },
    body: `${parts.join('\r\n')}\r\n--${BOUNDARY}--\r\n`,
  };
}

/** One output, as it is. @throws TwinError not-found */
export function outputReply(text: string, id: string): Reply {
  const result: Readonly<Record<string, unknown>> = JSON.parse(text);
  if (result[id] === undefined) {
    throw notFound(`The result has no output "${id.slice(0, 100)}"`, 'output');
  }
  return jsonReply(result[id]);
}

/** What is an object of ours must not be read as one of the standard's: it stands in `value` (results.yaml). */
const inDocument = (value: unknown): unknown =>
  typeof value === 'object' && !Array.isArray(value) ? { value } : value;
