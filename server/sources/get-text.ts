/** Answers of strangers over HTTP: bounded in time and size, asked for only when they are new. */
import { unavailable } from '../../core/errors.ts';

export interface GetOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly mostBytes: number;
}

/** Undefined when nothing is new since the last answer that `accept` was called for. */
export type GetText = (
  url: string,
  signal: AbortSignal,
) => Promise<{ readonly text: string; accept(): void } | undefined>;

export function textGetter({ headers, timeoutMs, mostBytes }: GetOptions): GetText {
  const seen = new Map<string, Readonly<Record<string, string>>>();
  return async (url, signal) => {
    // `AbortSignal.any` over `timeout` may be collected as garbage before it tells (Node 20).
    const ended = new AbortController();
    const end = () => ended.abort();
    const timer = setTimeout(end, timeoutMs);
    signal.addEventListener('abort', end, { once: true });
    try {
      const asked = { accept: 'application/json, text/csv;q=0.9, */*;q=0.1', ...headers, ...seen.get(url) };
      const response = await fetch(url, { headers: asked, signal: ended.signal });
      if (response.status === 304) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok) {
        await response.body?.cancel();
        throw unavailable(`${url} answered ${response.status}`);
      }
      const text = await bounded(response, url, mostBytes);
      const etag = response.headers.get('etag');
      const modified = response.headers.get('last-modified');
      const validators = {
        ...(etag !== null && { 'if-none-match': etag }),
        ...(modified !== null && { 'if-modified-since': modified }),
      };
      return { text, accept: () => seen.set(url, validators) };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (ended.signal.aborted) throw unavailable(`${url} did not answer within ${timeoutMs / 1000} s`);
      if (error instanceof Error && error.name === 'TwinError') throw error;
      const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
      throw unavailable(`${url} cannot be reached${cause}`, error);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  };
}

async function bounded(response: Response, url: string, mostBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > mostBytes) throw unavailable(`${url} sends more than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
