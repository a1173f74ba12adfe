/** Batches as JSON (OData 4.01 JSON format, 19). */
import { invalidParameter } from '../../../core/errors.ts';
import { parseJson } from './json-body.ts';

export interface BatchRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Requests of one group that follow each other are kept all together or not at all. */
  readonly atomicityGroup: string | undefined;
}

const MOST_REQUESTS = 1_000;

/** @throws TwinError invalid-parameter for what is no batch */
export function readJsonBatch(bytes: Uint8Array): readonly BatchRequest[] {
  const body = parseJson(bytes);
  const requests = typeof body === 'object' && body !== null ? Reflect.get(body, 'requests') : undefined;
  if (!Array.isArray(requests)) throw invalidParameter('requests', 'requests: must be a list');
  if (requests.length > MOST_REQUESTS) {
    throw invalidParameter('requests', `requests: at most ${MOST_REQUESTS} are taken at once`);
  }
  const ids = new Set<string>();
  return requests.map((request: unknown, n) => {
    const {
      id,
      method,
      url,
      body: inner,
      headers,
      atomicityGroup,
    } = (request ?? {}) as Record<string, unknown>;
    const where = `requests.${n}`;
    if (typeof id !== 'string' || id === '' || ids.has(id)) {
      throw invalidParameter(`${where}.id`, `${where}.id: must be a text that no other request has`);
    }
    ids.add(id);
    if (typeof method !== 'string')
      throw invalidParameter(`${where}.method`, `${where}.method: must be given`);
    if (typeof url !== 'string') throw invalidParameter(`${where}.url`, `${where}.url: must be given`);
    return {
      id,
      method: method.toUpperCase(),
      url,
      body: inner === undefined ? '' : JSON.stringify(inner),
      headers: textsOf(headers),
      atomicityGroup: typeof atomicityGroup === 'string' ? atomicityGroup : undefined,
    };
  });
}

const textsOf = (headers: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(typeof headers === 'object' && headers !== null ? headers : {}).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]),
  );
