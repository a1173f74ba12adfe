/** Several requests in one (18-088, 11): as JSON, in the form of OData 4.01. */
import { asTwinError, invalidParameter, TwinError } from '../../../core/errors.ts';
import type { EntityId } from '../../../core/live/sensor-things.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { EntityDesk, SensorThings } from '../../services.ts';
import { literal, STA } from './addresses.ts';
import { dispatch } from './dispatch.ts';
import { explainAsSta } from './errors.ts';
import { parseJson } from './json-body.ts';

const MOST_REQUESTS = 1_000;

interface BatchRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Requests of one group that follow each other are kept all together or not at all. */
  readonly atomicityGroup: string | undefined;
}

interface BatchResponse {
  readonly id: string;
  readonly status: number;
  readonly location?: string;
  readonly body?: unknown;
}

/** Ids of what requests before made, by `$<id of the request>`. */
type Made = Map<string, { readonly id: EntityId; readonly path: string }>;

/** @throws TwinError invalid-parameter when the batch itself cannot be read; what is inside is answered one by one */
export async function postBatch(sensors: SensorThings, ask: Ask): Promise<Reply> {
  const made: Made = new Map();
  const responses: BatchResponse[] = [];
  for (const group of groupsOf(readRequests(parseJson(ask.body)))) {
    ask.signal.throwIfAborted();
    const isAtomic = group[0]?.atomicityGroup !== undefined;
    responses.push(
      ...(isAtomic
        ? await answerTogether(sensors, group, made, ask)
        : [await answerOne(sensors, group[0], made, ask)].flat()),
    );
  }
  return jsonReply({ responses });
}

function readRequests(body: unknown): readonly BatchRequest[] {
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
      body: inner,
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

function groupsOf(requests: readonly BatchRequest[]): readonly (readonly BatchRequest[])[] {
  const groups: BatchRequest[][] = [];
  for (const request of requests) {
    const last = groups.at(-1);
    const isSame =
      request.atomicityGroup !== undefined && last?.[0]?.atomicityGroup === request.atomicityGroup;
    if (last !== undefined && isSame) last.push(request);
    else groups.push([request]);
  }
  return groups;
}

/** Thrown to take back what a group did before one of its requests failed. */
class GroupFailed extends Error {
  readonly failed: BatchResponse;
  constructor(failed: BatchResponse) {
    super('a request of the group failed');
    this.failed = failed;
  }
}

async function answerTogether(
  sensors: SensorThings,
  group: readonly BatchRequest[],
  made: Made,
  ask: Ask,
): Promise<readonly BatchResponse[]> {
  const madeHere: Made = new Map(made);
  try {
    const responses = await sensors.atomically(async (desk) => {
      const answered: BatchResponse[] = [];
      for (const request of group) {
        const [response] = await answerOne(desk, request, madeHere, ask);
        if (response === undefined) continue;
        if (response.status >= 400) throw new GroupFailed(response);
        answered.push(response);
      }
      return answered;
    });
    for (const [id, entity] of madeHere) made.set(id, entity);
    return responses;
  } catch (error) {
    if (!(error instanceof GroupFailed)) throw error;
    const { failed } = error;
    return group.map(({ id }) => (id === failed.id ? failed : { id, status: 424, body: notDone(failed.id) }));
  }
}

const notDone = (because: string): object => ({
  code: 424,
  type: 'error',
  message: `Not done: request ${because} of the same group failed`,
});

async function answerOne(
  sensors: EntityDesk,
  request: BatchRequest | undefined,
  made: Made,
  ask: Ask,
): Promise<readonly BatchResponse[]> {
  if (request === undefined) return [];
  const inner = innerAsk(request, made, ask);
  try {
    const { status, headers, body } = await dispatch(sensors, inner);
    const document = typeof body === 'string' && body !== '' ? documentOf(body) : undefined;
    const id =
      typeof document === 'object' && document !== null ? Reflect.get(document, '@iot.id') : undefined;
    const { location } = headers;
    if (location !== undefined && (typeof id === 'number' || typeof id === 'string')) {
      made.set(`$${request.id}`, { id, path: location.slice(location.indexOf(STA) + STA.length + 1) });
    }
    return [
      {
        id: request.id,
        status,
        ...(location !== undefined && { location }),
        ...(document !== undefined && { body: document }),
      },
    ];
  } catch (error) {
    const known = asTwinError(error);
    // What is not the fault of one request is not answered in its name.
    if (!(error instanceof TwinError) || known.kind === 'internal' || ask.signal.aborted) throw error;
    const { status, body } = explainAsSta(known, inner);
    return [{ id: request.id, status, body: documentOf(String(body)) }];
  }
}

function documentOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function innerAsk({ method, url, body, headers }: BatchRequest, made: Made, ask: Ask): Ask {
  const address = new URL(withMade(url, made).replace(/^(?:.*\/sta\/v1\.1)?\/*/, ''), 'http://batch/');
  return {
    ...ask,
    method,
    path: `${STA}${address.pathname}`,
    query: address.searchParams,
    headers: { ...ask.headers, 'content-type': 'application/json', ...headers },
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body, (_, value) => madeOr(value, made))),
  };
}

/** `$thing1/Datastreams` and `Things($thing1)/Datastreams` lead on from what was made before. */
function withMade(url: string, made: Made): string {
  return url
    .replace(/^\/?(\$[\w-]+)(?=\/|$)/, (whole, name: string) => made.get(name)?.path ?? whole)
    .replace(/\((\$[\w-]+)\)/g, (whole, name: string) => {
      const id = made.get(name)?.id;
      return id === undefined ? whole : `(${literal(id)})`;
    });
}

const madeOr = (value: unknown, made: Made): unknown =>
  typeof value === 'string' && value.startsWith('$') ? (made.get(value)?.id ?? value) : value;
