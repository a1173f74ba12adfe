/** Batches as `multipart/mixed` (OData 4.0 part 1, 11.7): requests as text within a body, change sets within it again. */
import { randomBytes } from 'node:crypto';
import { invalidParameter } from '../../../core/errors.ts';

/** A request as it stands in a part. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** By which others of its change set speak of what it makes. */
  readonly contentId: string | undefined;
}

/** One request, or several that are kept all together or not at all. */
export type MultipartItem = HttpRequest | readonly HttpRequest[];

const MOST_PARTS = 1_000;
const LINE = '\r\n';

/** The boundary of a content type; undefined for what is no `multipart/mixed`. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  if (!/^multipart\/mixed\b/i.test(contentType ?? '')) return undefined;
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw invalidParameter('content-type', 'multipart/mixed needs a boundary');
  return boundary;
}

/** @throws TwinError invalid-parameter for what is no batch */
export function readMultipart(text: string, boundary: string): readonly MultipartItem[] {
  return partsOf(text, boundary).map(({ headers, body }) => {
    const inner = boundaryOf(headers['content-type']);
    if (inner === undefined) return requestOf({ headers, body });
    return partsOf(body, inner).map(requestOf);
  });
}

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function partsOf(text: string, boundary: string): readonly Part[] {
  const lines = `${LINE}${text.replace(/\r?\n/g, LINE)}`;
  const [, ...pieces] = lines.split(`${LINE}--${boundary}`);
  const end = pieces.findIndex((piece) => piece.startsWith('--'));
  if (end < 0) throw invalidParameter('body', `The batch does not end with --${boundary}--`);
  if (end > MOST_PARTS) throw invalidParameter('body', `A batch has at most ${MOST_PARTS} parts`);
  return pieces.slice(0, end).map((piece) => partOf(piece.slice(piece.indexOf(LINE) + LINE.length)));
}

/** Headers up to an empty line, and what follows it. */
function partOf(text: string): Part {
  const at = text.startsWith(LINE) ? 0 : text.indexOf(LINE + LINE);
  const head = at < 0 ? text : text.slice(0, at);
  const body = at < 0 ? '' : text.slice(at + (at === 0 ? LINE.length : 2 * LINE.length));
  const headers = head.split(LINE).flatMap((line): readonly (readonly [string, string])[] => {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()]];
  });
  return { headers: Object.fromEntries(headers), body };
}

function requestOf({ headers, body }: Part): HttpRequest {
  if (!/^application\/http\b/i.test(headers['content-type'] ?? '')) {
    throw invalidParameter(
      'body',
      'Each part of a batch is application/http, or multipart/mixed for a change set',
    );
  }
  const [first = ''] = body.split(LINE, 1);
  const [, method, url] = /^([A-Z]+) (\S+)(?: HTTP\/[\d.]+)?\s*$/.exec(first) ?? [];
  if (method === undefined || url === undefined) {
    throw invalidParameter('body', `A part begins with "POST Things HTTP/1.1", not "${first.slice(0, 60)}"`);
  }
  const inner = partOf(body.slice(first.length + LINE.length));
  return { method, url, headers: inner.headers, body: inner.body, contentId: headers['content-id'] };
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly contentId: string | undefined;
}

/** Answers in the order of the requests; those of a change set within a part of their own. */
export function writeMultipart(items: readonly (HttpResponse | readonly HttpResponse[])[]): {
  readonly contentType: string;
  readonly body: string;
} {
  const parts = items.map((item) => {
    if ('status' in item) return responsePart(item);
    const inner = enclosed(item.map(responsePart));
    return `content-type: ${inner.contentType}${LINE}${LINE}${inner.body}`;
  });
  return enclosed(parts);
}

function enclosed(parts: readonly string[]): { readonly contentType: string; readonly body: string } {
  const boundary = `batch_${randomBytes(12).toString('hex')}`;
  return {
    contentType: `multipart/mixed; boundary=${boundary}`,
    body: `${parts.map((part) => `--${boundary}${LINE}${part}${LINE}`).join('')}--${boundary}--${LINE}`,
  };
}

function responsePart({ status, headers, body, contentId }: HttpResponse): string {
  return [
    'content-type: application/http',
    ...(contentId === undefined ? [] : [`content-id: ${contentId}`]),
    '',
    `HTTP/1.1 ${status} ${status < 400 ? 'OK' : 'Refused'}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join(LINE);
}
