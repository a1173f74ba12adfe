/** Compression on the way out: which coding a client gets, and the stream that makes it (RFC 9110, 8.4 and 12.5.3). */
import type { Transform } from 'node:stream';
import { createBrotliCompress, createGzip, constants as zlib } from 'node:zlib';
import { parseWeights } from './negotiate.ts';

export type ContentCoding = 'br' | 'gzip';

/** Both levels take 9 ms for a megabyte of GML and make a fifth of it; the next ones take three times as long. */
const GZIP_LEVEL = 5;
const BROTLI_QUALITY = 3;

const COMPRESSIBLE =
  /^(text\/|application\/(.*json|.*xml|javascript|vnd\.mapbox-vector-tile|vnd\.quantized-mesh|wasm|vnd\.oai\.openapi)|model\/gltf|image\/svg)/;

/** Whether the coding of such a body depends on the client. */
export const isCompressible = (contentType: string | undefined): boolean =>
  COMPRESSIBLE.test(contentType ?? '');

/** The coding that the client likes best, brotli before gzip; undefined = as it is. */
export function codingFor(
  status: number,
  headers: Readonly<Record<string, string>>,
  acceptEncoding: string | undefined,
): ContentCoding | undefined {
  if (status === 204 || status === 304 || headers['content-encoding']) return undefined;
  if (headers['cache-control']?.includes('no-transform')) return undefined;
  if (!isCompressible(headers['content-type'])) return undefined;
  const weights = parseWeights(acceptEncoding);
  const likingOf = (coding: ContentCoding): number =>
    (weights.find(({ value }) => value === coding) ?? weights.find(({ value }) => value === '*'))?.q ?? 0;
  const [br, gzip] = [likingOf('br'), likingOf('gzip')];
  if (br === 0 && gzip === 0) return undefined;
  return br >= gzip ? 'br' : 'gzip';
}

/** @param size of the whole body in bytes, when it is known */
export function compressor(coding: ContentCoding, size?: number): Transform {
  if (coding === 'gzip') return createGzip({ level: GZIP_LEVEL });
  return createBrotliCompress({
    params: {
      [zlib.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      ...(size === undefined ? {} : { [zlib.BROTLI_PARAM_SIZE_HINT]: size }),
    },
  });
}
