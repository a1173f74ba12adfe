/** A protocol of the service asked without HTTP: the same handlers, the same rights, the same words of refusal. */
import { randomUUID } from 'node:crypto';
import { notFound } from '../../core/errors.ts';
import type { Identity } from '../access/identity.ts';
import type { Protocol, Reply, Route } from '../http/protocol.ts';

export interface Asking {
  readonly method: Route['method'];
  /** As in an address, with what may follow `?`. */
  readonly target: string;
  readonly body?: Uint8Array;
  readonly who: Identity;
  readonly signal: AbortSignal;
  readonly publicUrl: string;
}

/** @throws TwinError as the handler does; not-found where no route leads */
export async function askProtocol({ routes }: Protocol, asking: Asking): Promise<Reply> {
  const { method, target, who, signal, publicUrl } = asking;
  const [path = '', ...query] = target.split('?');
  for (const route of routes) {
    const values = route.method === method ? matchRoute(route.path, path) : undefined;
    if (values === undefined) continue;
    return route.handle({
      method,
      path,
      route: values,
      query: new URLSearchParams(query.join('?')),
      headers: { 'content-type': 'application/json' },
      body: asking.body ?? new Uint8Array(),
      view: { who },
      signal,
      requestId: randomUUID(),
      publicUrl,
    });
  }
  throw notFound(`There is nothing at ${path.slice(0, 200)}`, 'path');
}

/** Values of the `:name` parts where the pattern fits; plain segments, names and a last `{*rest}` are all there is. */
function matchRoute(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const values: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const [, rest] = /^\{?\*(\w+)\}?$/.exec(part) ?? [];
    if (rest !== undefined) {
      values[rest] = given.slice(at).join('/');
      return values;
    }
    const segment = given[at];
    if (segment === undefined) return undefined;
    if (part.startsWith(':')) values[part.slice(1)] = decoded(segment);
    else if (part !== segment) return undefined;
  }
  return wanted.length === given.length ? values : undefined;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The whole body of a small reply as text. */
export async function bodyText({ body }: Reply): Promise<string> {
  if (body === undefined || typeof body === 'string') return body ?? '';
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  const parts: Buffer[] = [];
  for await (const part of body) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}
