/** Several requests in one (18-088, 11): as `multipart/mixed` of OData 4.0, or as the JSON of OData 4.01. */
import { asTwinError, invalidParameter, TwinError } from '../../../core/errors.ts';
import type { EntityId } from '../../../core/live/sensor-things.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { EntityDesk, SensorThings } from '../../services/sensor-things.ts';
import { literal, STA } from './addresses.ts';
import { dispatch } from './dispatch.ts';
import { explainAsSta } from './errors.ts';
import { type BatchRequest, readJsonBatch } from './json-batch.ts';
import {
  boundaryOf,
  type HttpResponse,
  type MultipartItem,
  readMultipart,
  writeMultipart,
} from './multipart.ts';

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
  const boundary = boundaryOf(ask.headers['content-type']);
  if (boundary === undefined) {
    const answered = await answerGroups(sensors, groupsOf(readJsonBatch(ask.body)), ask);
    return jsonReply({ responses: answered.flat() });
  }
  const items = readMultipart(new TextDecoder().decode(ask.body), boundary);
  const answered = await answerGroups(sensors, items.map(groupOf), ask);
  const { contentType, body } = writeMultipart(
    answered.map((responses, n) => httpOf(responses, Array.isArray(items[n]))),
  );
  return { status: 200, headers: { 'content-type': contentType }, body };
}

function groupOf(item: MultipartItem, n: number): readonly BatchRequest[] {
  const requests = 'method' in item ? [item] : item;
  return requests.map(({ method, url, headers, body, contentId }, m) => ({
    id: contentId ?? `part ${n}.${m}`,
    method,
    url,
    headers,
    body,
    atomicityGroup: 'method' in item ? undefined : `${n}`,
  }));
}

/** A change set that failed is answered by the request that failed (OData 4.0 part 1, 11.7.4). */
function httpOf(responses: readonly BatchResponse[], isSet: boolean): HttpResponse | readonly HttpResponse[] {
  const all = responses.map(({ id, status, location, body }) => ({
    status,
    headers: { 'content-type': 'application/json', ...(location !== undefined && { location }) },
    body: body === undefined ? '' : JSON.stringify(body),
    contentId: id.startsWith('part ') ? undefined : id,
  }));
  const failed = all.find(({ status }) => status >= 400 && status !== NOT_DONE);
  return failed ?? (isSet ? all : (all[0] ?? []));
}

async function answerGroups(
  sensors: SensorThings,
  groups: readonly (readonly BatchRequest[])[],
  ask: Ask,
): Promise<readonly (readonly BatchResponse[])[]> {
  const made: Made = new Map();
  const responses: (readonly BatchResponse[])[] = [];
  for (const group of groups) {
    ask.signal.throwIfAborted();
    const [first] = group;
    const isAtomic = first?.atomicityGroup !== undefined;
    if (isAtomic) responses.push(await answerTogether(sensors, group, made, ask));
    else responses.push(first === undefined ? [] : [await answerOne(sensors, first, made, ask)]);
  }
  return responses;
}

/** Requests of one group that follow each other. */
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
        const response = await answerOne(desk, request, madeHere, ask);
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
    return group.map(({ id }) =>
      id === failed.id ? failed : { id, status: NOT_DONE, body: notDone(failed.id) },
    );
  }
}

const NOT_DONE = 424;
const notDone = (because: string): object => ({
  code: NOT_DONE,
  type: 'error',
  message: `Not done: request ${because} of the same group failed`,
});

async function answerOne(
  sensors: EntityDesk,
  request: BatchRequest,
  made: Made,
  ask: Ask,
): Promise<BatchResponse> {
  try {
    const { status, headers, body } = await dispatch(sensors, innerAsk(request, made, ask));
    const document = typeof body === 'string' && body !== '' ? documentOf(body) : undefined;
    const id =
      typeof document === 'object' && document !== null ? Reflect.get(document, '@iot.id') : undefined;
    const { location } = headers;
    if (location !== undefined && (typeof id === 'number' || typeof id === 'string')) {
      made.set(`$${request.id}`, { id, path: location.slice(location.indexOf(STA) + STA.length + 1) });
    }
    return {
      id: request.id,
      status,
      ...(location !== undefined && { location }),
      ...(document !== undefined && { body: document }),
    };
  } catch (error) {
    const known = asTwinError(error);
    // What is not the fault of one request is not answered in its name.
    if (!(error instanceof TwinError) || known.kind === 'internal' || ask.signal.aborted) throw error;
    const { status, body } = explainAsSta(known, ask);
    return { id: request.id, status, body: documentOf(String(body)) };
  }
}

function documentOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const BASE = 'http://batch/';

function innerAsk({ method, url, body, headers }: BatchRequest, made: Made, ask: Ask): Ask {
  const below = withMade(url, made).replace(/^(?:.*\/sta\/v1\.1)?\/*/, '');
  if (!URL.canParse(below, BASE)) throw invalidParameter('url', `${url.slice(0, 100)} is no address`);
  const address = new URL(below, BASE);
  return {
    ...ask,
    method,
    path: `${STA}${address.pathname}`,
    query: address.searchParams,
    headers: { ...ask.headers, 'content-type': 'application/json', ...headers },
    body: Buffer.from(withMadeIds(body, made)),
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

/** A body in which `$<id>` stands for what an earlier request made. */
function withMadeIds(body: string, made: Made): string {
  if (made.size === 0 || !body.includes('"$')) return body;
  const known = (value: unknown): unknown =>
    typeof value === 'string' && value.startsWith('$') ? (made.get(value)?.id ?? value) : value;
  try {
    return JSON.stringify(JSON.parse(body), (_, value) => known(value));
  } catch {
    // What is no JSON is refused where it is read.
    return body;
  }
}
