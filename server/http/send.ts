/** Writes a Reply to the socket: validators, compression, back pressure. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { type ContentCoding, codingFor, compressor, isCompressible } from './content-coding.ts';
import { etagOf, matchesEtag, weaken } from './etag.ts';
import type { Reply } from './protocol.ts';

const MIN_COMPRESSED_BYTES = 1024;
/** Of a large body so much at a time waits for the client, who must take it within the deadline. */
const SLICE_BYTES = 256 * 1024;

export interface SendContext {
  /** Aborted when the client left or nothing moved for too long. */
  readonly signal: AbortSignal;
  /** Called whenever bytes were made or taken. */
  readonly progress: () => void;
}

/**
 * Sends the reply. The head goes out only after the first chunk of a stream, so a failure before it still becomes
 * a proper error document. Rejects when the body fails; the caller then cuts the connection if the head is out.
 */
export async function sendReply(
  reply: Reply,
  request: IncomingMessage,
  response: ServerResponse,
  context: SendContext,
): Promise<void> {
  const { body } = reply;
  const headers: Record<string, string> = { 'cache-control': 'no-cache', ...reply.headers };
  if (isCompressible(headers['content-type'])) headers['vary'] = withEncoding(headers['vary']);
  if (body === undefined) return sendWhole(reply.status, headers, undefined, request, response, context);
  if (typeof body === 'string' || body instanceof Uint8Array) {
    return sendWhole(reply.status, headers, asBuffer(body), request, response, context);
  }
  await sendStream(reply.status, headers, body, request, response, context);
}

const asBuffer = (body: string | Uint8Array): Buffer =>
  typeof body === 'string'
    ? Buffer.from(body)
    : Buffer.from(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength);

async function sendWhole(
  status: number,
  headers: Record<string, string>,
  bytes: Buffer | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  context: SendContext,
): Promise<void> {
  const cacheable = status === 200 && isRead(request) && headers['cache-control'] !== 'no-store';
  if (cacheable && bytes) headers['etag'] ??= etagOf(bytes);
  const coding =
    bytes !== undefined && bytes.length >= MIN_COMPRESSED_BYTES
      ? codingWanted(status, headers, request)
      : undefined;
  if (coding && headers['etag']) headers['etag'] = weaken(headers['etag']);
  if (cacheable && headers['etag'] && matchesEtag(request.headers['if-none-match'], headers['etag'])) {
    delete headers['content-type'];
    response.writeHead(304, headers).end();
    return;
  }
  if (coding && bytes) {
    headers['content-encoding'] = coding;
    response.writeHead(status, headers);
    if (request.method === 'HEAD') response.end();
    else {
      const zip = compressor(coding, bytes.length);
      response.on('drain', context.progress);
      zip.pipe(response);
      zip.end(bytes);
      await taken(response, context);
    }
    return;
  }
  if (status !== 204 && status !== 304) headers['content-length'] = String(bytes?.length ?? 0);
  response.writeHead(status, headers);
  if (!bytes || request.method === 'HEAD') {
    response.end();
    return;
  }
  let rest = bytes;
  for (; rest.length > SLICE_BYTES; rest = rest.subarray(SLICE_BYTES)) {
    if (!response.write(rest.subarray(0, SLICE_BYTES))) await orAbort(drained(response), context.signal);
    context.progress();
  }
  response.end(rest);
  await taken(response, context);
}

/** Once the client has taken what was sent. */
async function taken(response: ServerResponse, { signal }: SendContext): Promise<void> {
  const done = finished(response, { readable: false });
  done.catch(() => {});
  await orAbort(done, signal);
}

async function sendStream(
  status: number,
  headers: Record<string, string>,
  body: AsyncIterable<string | Uint8Array>,
  request: IncomingMessage,
  response: ServerResponse,
  context: SendContext,
): Promise<void> {
  const iterator = body[Symbol.asyncIterator]();
  const next = () => orAbort(Promise.resolve(iterator.next()), context.signal);
  try {
    let step = await next();
    context.progress();
    const coding = codingWanted(status, headers, request);
    if (coding) headers['content-encoding'] = coding;
    response.writeHead(status, headers);
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const zip = coding && compressor(coding);
    const sink = zip ?? response;
    const done = finished(sink, { readable: false });
    done.catch(() => {});
    zip?.pipe(response);
    while (!step.done) {
      if (!sink.write(step.value)) await orAbort(drained(sink), context.signal);
      context.progress();
      step = await next();
      context.progress();
    }
    sink.end();
    await orAbort(done, context.signal);
  } finally {
    // A generator that hangs in an await would hang its return too, hence no await here.
    Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

function drained(sink: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    sink.once('drain', resolve);
  });
}

/** The promise, or a rejection with the signal's reason when that comes first. */
export function orAbort<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function codingWanted(
  status: number,
  headers: Readonly<Record<string, string>>,
  request: IncomingMessage,
): ContentCoding | undefined {
  const accepted = request.headers['accept-encoding'];
  return codingFor(status, headers, Array.isArray(accepted) ? accepted.join(',') : accepted);
}

function withEncoding(vary: string | undefined): string {
  if (!vary) return 'Accept-Encoding';
  return /accept-encoding/i.test(vary) ? vary : `${vary}, Accept-Encoding`;
}

const isRead = (request: IncomingMessage): boolean => request.method === 'GET' || request.method === 'HEAD';
