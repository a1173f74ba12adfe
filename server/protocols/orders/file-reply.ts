import { etagOf, matchesEtag } from '../../http/etag.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { rangeOf } from './byte-range.ts';

/** The package, or from the byte on where a connection broke (RFC 9110, 14). */
export async function fileReply(offered: Services['orders'], ask: Ask, id: string): Promise<Reply> {
  const { fileName, version, bytes, read } = await offered.file(id, ask.signal);
  const etag = etagOf(version);
  const headers = {
    ...{ 'content-type': 'application/zip', 'accept-ranges': 'bytes', etag, 'cache-control': 'no-cache' },
    'content-disposition': `attachment; filename="${fileName}"`,
  };
  if (matchesEtag(ask.headers['if-none-match'], etag)) return { status: 304, headers: { etag } };
  const unchanged = ask.headers['if-range'] === undefined || ask.headers['if-range'] === etag;
  const range = unchanged ? rangeOf(ask.headers['range'], bytes) : undefined;
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes}` } };
  }
  const { from, to } = range ?? { from: 0, to: bytes };
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(to - from),
      ...(range && { 'content-range': `bytes ${from}-${to - 1}/${bytes}` }),
    },
    body: read(from, to),
  };
}
