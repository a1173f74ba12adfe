/** Protocols as Express routes: everything that all of them share about a request happens here, once. */
import { randomUUID } from 'node:crypto';
import type { Express, Request, Response } from 'express';
import { asTwinError, notFound, notSupported, TwinError } from '../../core/errors.ts';
import type { Admission } from '../access/admission.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import type { AnsweredRequest } from './answered-request.ts';
import { readBody, streamedBody } from './body.ts';
import { clientAddress } from './client-address.ts';
import type { Log } from './log.ts';
import type { Ask, Protocol, Reply, Route } from './protocol.ts';
import { orAbort, sendReply } from './send.ts';
import { type FindScenario, type StateAsked, splitQuery, viewOf } from './view-address.ts';

export interface MountOptions {
  readonly publicUrl: string | undefined;
  readonly requestTimeoutMs: number;
  readonly maxBodyBytes: number;
  readonly identify: (headers: Ask['headers']) => Identity | Promise<Identity>;
  readonly findScenario: FindScenario;
  readonly log: Log;
  /** Who is answered now; undefined = everybody. */
  readonly admission?: Pick<Admission, 'enter'> | undefined;
  /** Told whom a door refused for want of a right. */
  readonly onForbidden?: ((ask: Ask, why: string) => void) | undefined;
}

/** Thrown into the signal when the client has gone; nobody is left to be told. */
const CLIENT_GONE = new TwinError('timeout', 'The client closed the connection');

/** Mounts the routes of a protocol and its own not-found document under its prefix. */
export function mountProtocol(app: Express, protocol: Protocol, options: MountOptions): void {
  const byPath = new Map<string, Route[]>();
  for (const route of protocol.routes) {
    byPath.set(route.path, [...(byPath.get(route.path) ?? []), route]);
  }
  for (const [path, routes] of byPath) {
    app.all(path, (request, response) => answer(protocol, routes, request, response, options));
  }
  const nowhere: Route['handle'] = (ask) => {
    throw notFound(`There is nothing at ${ask.path.slice(0, 200)}`, 'path');
  };
  app.all([protocol.prefix, `${protocol.prefix}/{*rest}`], (request, response) =>
    answer(
      protocol,
      READS.map((method) => ({ method, path: '', handle: nowhere })),
      request,
      response,
      options,
    ),
  );
}

const READS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Answers one request with one of the routes of its path. */
async function answer(
  protocol: Protocol,
  routes: readonly Route[],
  request: Request,
  response: Response,
  options: MountOptions,
): Promise<void> {
  response.locals['door'] = protocol.name;
  allowOtherOrigins(response);
  const methods = allowedMethods(routes);
  if (request.method === 'OPTIONS') {
    const offered = allowedMethods(await routesOffered(routes, request.params as Ask['route']));
    response.setHeader('allow', offered);
    response.setHeader('access-control-allow-methods', offered);
    response.status(204).end();
    return;
  }
  const { signal, progress, release } = deadline(response, options.requestTimeoutMs);
  const { asked, ...bare } = bareAsk(request, response, signal, options.publicUrl);
  let ask: Ask = bare;
  try {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = routes.find((candidate) => candidate.method === method);
    if (!route) {
      response.setHeader('allow', methods);
      const refusal = notSupported(`Method ${request.method} is not offered here; use ${methods}`, 'method');
      const reply = { ...protocol.explain(refusal, ask), status: 405 };
      await sendReply(reply, request, response, { signal, progress });
      return;
    }
    const who = await options.identify(ask.headers);
    enter(protocol.name, ask, who, request, response, options.admission);
    const hasBody = request.method === 'POST' || request.method === 'PUT' || request.method === 'PATCH';
    const stream = route.takesStream ? streamedBody(request, progress, signal) : undefined;
    const body =
      hasBody && !stream
        ? await orAbort(readBody(request, options.maxBodyBytes, progress), signal)
        : ask.body;
    ask = { ...ask, body, ...(stream && { stream }) };
    const { view, prefix } = await orAbort(viewOf(who, withForm(asked, ask), options.findScenario), signal);
    ask = { ...ask, view, publicUrl: `${ask.publicUrl}${prefix}` };
    const reply = onlyFor(who, await orAbort(Promise.resolve(route.handle(ask)), signal));
    await sendReply(reply, request, response, { signal, progress });
  } catch (error) {
    await answerError(protocol, error, ask, request, response, options);
  } finally {
    release();
  }
}

/** @throws TwinError for who has to wait */
function enter(
  door: string,
  { method, path, query, client = '' }: Ask,
  who: Identity,
  { socket }: Request,
  response: Response,
  admission: MountOptions['admission'],
): void {
  const leave = admission?.enter({ door, method, path, query, client, who });
  const bytesBefore = socket.bytesWritten;
  if (leave) response.once('close', () => leave(socket.bytesWritten - bytesBefore));
}

/** The error in the protocol's own form; once the head is out, cutting the connection is all that is honest. */
async function answerError(
  protocol: Pick<Protocol, 'explain'>,
  thrown: unknown,
  ask: Ask,
  request: Request,
  response: Response,
  { log, onForbidden }: Pick<MountOptions, 'log' | 'onForbidden'>,
): Promise<void> {
  if (ask.signal.reason === CLIENT_GONE || response.destroyed) {
    response.destroy();
    return;
  }
  const error = asTwinError(thrown);
  const { requestId, path } = ask;
  if (error.kind === 'forbidden') onForbidden?.(ask, error.message);
  if (error.kind === 'internal') log.error({ requestId, path, err: error.cause ?? error }, 'request failed');
  if (response.headersSent) {
    log.warn({ requestId, path, kind: error.kind, reason: error.message }, 'reply cut after its first bytes');
    response.destroy();
    return;
  }
  // An unread body (refused for its size) would otherwise be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close');
  await sendReply(withChallenge(protocol.explain(error, ask), error), request, response, {
    signal: new AbortController().signal,
    progress: () => {},
  });
}

/** What is made for somebody known must not be kept for others. */
function onlyFor({ who }: Identity, reply: Reply): Reply {
  if (who === ANONYMOUS.who) return reply;
  return { ...reply, headers: { ...reply.headers, 'cache-control': 'private, no-store' } };
}

/** HTTP's own words for who must sign in (RFC 7617) and who must wait, whatever the protocol says in the body. */
function withChallenge(reply: Reply, { kind, members }: TwinError): Reply {
  const retryAfter = typeof members['retryAfterS'] === 'number' ? String(members['retryAfterS']) : undefined;
  if (kind === 'unauthenticated') {
    const challenge = 'Basic realm="Blizniak", charset="UTF-8", Bearer realm="Blizniak"';
    return { ...reply, status: 401, headers: { ...reply.headers, 'www-authenticate': challenge } };
  }
  if (kind === 'too-many-requests') {
    return { ...reply, status: 429, headers: { ...reply.headers, 'retry-after': retryAfter ?? '60' } };
  }
  if (kind === 'unavailable' && retryAfter !== undefined) {
    return { ...reply, status: 503, headers: { ...reply.headers, 'retry-after': retryAfter } };
  }
  return reply;
}

/** Explains an error that arose before any route was chosen (broken address). */
export async function answerWithoutRoute(
  explain: Protocol['explain'],
  error: TwinError,
  request: Request,
  response: Response,
  status: number | undefined,
  options: MountOptions,
): Promise<void> {
  const ask = bareAsk(request, response, new AbortController().signal, options.publicUrl);
  const explained: Reply = explain(error, ask);
  const reply = status === undefined ? explained : { ...explained, status };
  allowOtherOrigins(response);
  await sendReply(reply, request, response, { signal: ask.signal, progress: () => {} });
}

function bareAsk(
  request: Request,
  response: Response,
  signal: AbortSignal,
  publicUrl: string | undefined,
): Ask & { readonly asked: StateAsked } {
  // Without the state in front of it, which `app.ts` has taken off.
  const { url } = request;
  const queryStart = url.indexOf('?');
  const end = queryStart < 0 ? url.length : queryStart;
  const { query, asked } = splitQuery(
    new URLSearchParams(queryStart < 0 ? '' : url.slice(queryStart + 1)),
    response.locals['stateAsked'],
  );
  return {
    asked,
    method: request.method,
    path: url.slice(0, end),
    route: request.params as Record<string, string>,
    query,
    headers: singleHeaders(request),
    body: new Uint8Array(),
    view: PUBLIC_VIEW,
    signal,
    requestId: String(response.locals['requestId']),
    client: clientAddress(request),
    publicUrl: publicUrl ?? urlOfHost(request),
  };
}

/** Key-value pairs may come as a form; whoever names a scenario there must not be shown the city without it. */
function withForm(asked: StateAsked, { headers, body }: Pick<Ask, 'headers' | 'body'>): StateAsked {
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) return asked;
  return splitQuery(new URLSearchParams(new TextDecoder().decode(body)), asked).asked;
}

function singleHeaders(request: Request): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

/** Links of a service that was not told its public address follow the Host header, if that is a plain one. */
function urlOfHost(request: Request): string {
  const host = request.headers.host ?? '';
  const sound = /^[a-z0-9.-]{1,253}(:\d{1,5})?$|^\[[0-9a-f:]{2,45}\](:\d{1,5})?$/i.test(host);
  return sound ? `http://${host}` : `http://127.0.0.1:${request.socket.localPort ?? 80}`;
}

function allowedMethods(routes: readonly Route[]): string {
  const methods = new Set<string>(routes.map((route) => route.method));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods, 'OPTIONS'].join(', ');
}

/** Asked by anybody and answered always, so that a page may ask whether it may ask. */
async function routesOffered(routes: readonly Route[], named: Ask['route']): Promise<readonly Route[]> {
  const offers = await Promise.all(
    routes.map(({ isOffered }) => isOffered?.(named, PUBLIC_VIEW).catch(() => true) ?? true),
  );
  return routes.filter((_, index) => offers[index]);
}

/** Open data without cookies may be read from any page. */
function allowOtherOrigins(response: Response): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader(
    'access-control-allow-headers',
    'accept, accept-language, authorization, content-crs, content-type, if-match, if-none-match',
  );
  response.setHeader(
    'access-control-expose-headers',
    'content-crs, content-language, etag, link, retry-after, warning, x-request-id',
  );
}

/** A signal that is aborted when the client leaves or when nothing has moved for `timeoutMs`. */
function deadline(response: Response, timeoutMs: number) {
  const controller = new AbortController();
  const giveUp = () =>
    controller.abort(
      new TwinError(
        'timeout',
        `The answer took longer than ${timeoutMs / 1000} s; ask for less or try later`,
      ),
    );
  const timer = setTimeout(giveUp, timeoutMs);
  response.on('close', () => {
    if (!response.writableFinished) controller.abort(CLIENT_GONE);
  });
  return {
    signal: controller.signal,
    progress: () => {
      timer.refresh();
    },
    release: () => clearTimeout(timer),
  };
}

/** Gives every request an id (its own, when it brings a plausible one) and writes the access log line. */
export function logAccess(log: Log, onAnswered: (request: AnsweredRequest) => void = () => {}) {
  return (request: Request, response: Response, next: () => void): void => {
    const brought = request.headers['x-request-id'];
    const requestId = typeof brought === 'string' && /^[\w.:-]{1,64}$/.test(brought) ? brought : randomUUID();
    response.locals['requestId'] = requestId;
    response.setHeader('x-request-id', requestId);
    const startMs = performance.now();
    const bytesBefore = request.socket.bytesWritten;
    response.on('close', () => {
      const [path = '', query] = request.originalUrl.split('?', 2);
      const fields = {
        requestId,
        method: request.method,
        path: path.slice(0, 300),
        ...(query ? { query: query.slice(0, 500) } : {}),
        status: response.headersSent ? response.statusCode : 499,
        complete: response.writableFinished,
        bytes: request.socket.bytesWritten - bytesBefore,
        ms: Math.round((performance.now() - startMs) * 10) / 10,
      };
      log.info(fields, 'request');
      const { method, status, bytes, complete: isComplete } = fields;
      const isStream = String(response.getHeader('content-type')).startsWith('text/event-stream');
      const door = String(response.locals['door'] ?? 'viewer');
      onAnswered({
        ...{ door, method, status, isComplete, bytes },
        seconds: isStream ? undefined : fields.ms / 1000,
      });
    });
    next();
  };
}
