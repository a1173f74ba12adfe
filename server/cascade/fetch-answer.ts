import type { IncomingMessage } from 'node:http';
import { reasonOf } from '../../core/errors.ts';
import { openRequest } from '../open-request.ts';

export interface Answer {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Moments, ms. */
  readonly fetchedAt: number;
  readonly freshUntil: number;
  /** Whether the service lets it be kept. */
  readonly isKept: boolean;
}

export interface FetchLimits {
  readonly mostBytes: number;
  readonly timeoutMs: number;
  /** Hosts (with their port where one is written) that may lie in private networks, by the operator's word. */
  readonly privateHosts: readonly string[];
  /** Where the service does not say. */
  readonly freshnessS: number;
  /** Statuses by which the service says that there is nothing at the address: an answer without bytes. */
  readonly nothingIs?: readonly number[] | undefined;
}

const LONGEST_FRESH_S = 86_400;

/**
 * The whole body of an answer: bounded in bytes and in time, also of one that never ends.
 * @throws Error in words for people
 */
export async function fetchAnswer(address: string, limits: FetchLimits): Promise<Answer> {
  const { timeoutMs, mostBytes, privateHosts, freshnessS, nothingIs = [] } = limits;
  const late = AbortSignal.timeout(timeoutMs);
  const silent = () => new Error(`it said nothing for ${timeoutMs / 1000} s`);
  try {
    const response = await openRequest(new URL(address), {
      ...{ signal: late, silenceMs: timeoutMs, silent, accept: '*/*' },
      allowsPrivate: ({ host }) => privateHosts.includes(host),
    });
    const { statusCode = 0, headers } = response;
    const isNothing = nothingIs.includes(statusCode);
    if (statusCode !== 200) {
      response.destroy();
      if (!isNothing) throw new Error(`it answered with status ${statusCode}`);
    }
    const bytes = isNothing ? new Uint8Array() : await boundedBody(response, mostBytes);
    const fetchedAt = Date.now();
    const control = headers['cache-control'] ?? '';
    const freshS = freshSeconds(control, freshnessS);
    return {
      ...{ bytes, fetchedAt, freshUntil: fetchedAt + 1000 * freshS },
      contentType: headers['content-type'] ?? '',
      isKept: !/\bno-store\b/i.test(control),
    };
  } catch (error) {
    if (late.aborted) throw new Error(`it did not answer whole within ${timeoutMs / 1000} s`);
    throw new Error(reasonOf(error) || 'the connection failed');
  }
}

async function boundedBody(response: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    length += piece.length;
    // Leaving the loop ends the connection.
    if (length > mostBytes) throw new Error(`its answer is larger than ${mostBytes} bytes`);
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** What Cache-Control says, else as declared; a service that says "no-cache" is asked each time. */
function freshSeconds(control: string, declaredS: number): number {
  if (/\bno-(?:cache|store)\b/i.test(control)) return 0;
  const said = /\bmax-age=(\d{1,9})\b/i.exec(control)?.[1];
  return said === undefined ? declaredS : Math.min(Number(said), LONGEST_FRESH_S);
}
