import { createHash, timingSafeEqual } from 'node:crypto';
import type { Identity } from './identity.ts';

/** A program that reads measures, and sees no more of the city than the public. One object: no account can be it. */
const METRICS_READER: Identity = { who: 'metrics', roles: ['public'] };

export const isMetricsReader = (who: Identity): boolean => who === METRICS_READER;

type Identify = (headers: Readonly<Record<string, string | undefined>>) => Identity | Promise<Identity>;

/** The same, and whoever brings this secret as a bearer token is known as the reader of measures. */
export function withMetricsReader(identify: Identify, token: { reveal(): string } | undefined): Identify {
  if (token === undefined) return identify;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(`bearer ${token.reveal()}`);
  return (headers) => {
    const brought = (headers['authorization'] ?? '').trim().replace(/^bearer +/i, 'bearer ');
    return timingSafeEqual(digest(brought), wanted) ? METRICS_READER : identify(headers);
  };
}
