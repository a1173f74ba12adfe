/** Fetches documents of somebody else's service: one at a time, patiently, and never from private networks unasked. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf, TwinError, tooLarge, unavailable } from '../../core/errors.ts';
import { openRequest } from '../open-request.ts';

export interface FetchOptions {
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
  /** Pauses before the second try, the third, … */
  readonly pausesMs: readonly number[];
  /** Of a service that says nothing. */
  readonly timeoutMs: number;
  readonly mostBytes: number;
  readonly onRetry: (reason: string) => void;
}

export interface PageFetcher {
  /** Keeps an answer as a file, which is there only when it is whole. @throws TwinError unavailable, too-large */
  toFile(url: URL, path: string): Promise<void>;
  close(): void;
}

/** Statuses of a service that may be well again in a moment. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
const LONGEST_WAIT_MS = 60_000;

/** It may work later. */
class PassingFailure extends Error {
  readonly waitMs: number;
  constructor(message: string, waitMs = 0) {
    super(message);
    this.waitMs = waitMs;
  }
}

export function openPageFetcher(options: FetchOptions): PageFetcher {
  const one = { keepAlive: true, maxSockets: 1 };
  const agents = { 'http:': new HttpAgent(one), 'https:': new HttpsAgent(one) };

  const answerOf = async (url: URL): Promise<IncomingMessage> => {
    const response = await openRequest(url, {
      ...{ agents, signal: options.signal, silenceMs: options.timeoutMs },
      accept: 'application/gml+xml, application/xml, text/xml',
      allowsPrivate: () => options.allowPrivate,
      silent: () => new PassingFailure(`it said nothing for ${options.timeoutMs / 1000} s`),
    }).catch((error: unknown) => {
      throw passing(error);
    });
    const { statusCode = 0, headers } = response;
    if (statusCode >= 200 && statusCode < 300) return response;
    response.resume();
    const message = `it answered with status ${statusCode}`;
    if (!PASSING.has(statusCode)) throw new Error(message);
    throw new PassingFailure(
      message,
      Math.min(LONGEST_WAIT_MS, 1000 * Number(headers['retry-after'] ?? 0) || 0),
    );
  };

  const once = async (url: URL, path: string): Promise<void> => {
    const part = `${path}.part`;
    try {
      const response = await answerOf(url);
      let bytes = 0;
      const bounded = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          if (bytes <= options.mostBytes) done(null, chunk);
          else done(tooLarge(`An answer of ${url.host} is larger than ${options.mostBytes} bytes`));
        },
      });
      await pipeline(response, bounded, createWriteStream(part)).catch((error: unknown) => {
        throw error instanceof TwinError ? error : passing(error);
      });
      await rename(part, path);
    } finally {
      await rm(part, { force: true });
    }
  };

  return {
    async toFile(url, path) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await once(url, path);
        } catch (error) {
          options.signal.throwIfAborted();
          const pauseMs = options.pausesMs[attempt];
          if (!(error instanceof PassingFailure) || pauseMs === undefined) {
            if (error instanceof TwinError) throw error;
            throw unavailable(
              `${url.host} gives no data: ${reasonOf(error)} (tried ${attempt + 1} times). What came is kept; the same command goes on from there`,
              error,
            );
          }
          options.onRetry(`${url.host}: ${error.message}; it is asked again`);
          await sleep(Math.max(pauseMs, error.waitMs), undefined, { signal: options.signal }).catch(() => {});
          options.signal.throwIfAborted();
        }
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

/** A connection that broke may hold the next time; a name that leads into a private network never will. */
function passing(error: unknown): Error {
  if (error instanceof PassingFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(?:ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ERR_STREAM_PREMATURE|HPE_)/.test(code)) {
    return new PassingFailure(reasonOf(error));
  }
  return error instanceof Error ? error : new Error(String(error));
}
