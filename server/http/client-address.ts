import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** This machine and networks that are not reached from outside: a proxy stands there. */
const WITHIN =
  /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i;

/**
 * The address that a request came from, for limits only: it is never kept or logged. Behind a proxy of one's own it is
 * the last one that X-Forwarded-For names, because the proxy wrote that one itself.
 */
export function clientAddress({
  socket,
  headers,
}: {
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'>;
  readonly headers: IncomingMessage['headers'];
}): string {
  const direct = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!WITHIN.test(direct)) return networkOf(direct);
  const told = headers['x-forwarded-for'];
  const last = (Array.isArray(told) ? told.join() : (told ?? '')).split(',').at(-1)?.trim() ?? '';
  return networkOf(isIP(last) > 0 ? last : direct);
}

/** One household has 2⁶⁴ addresses of IPv6. */
const networkOf = (address: string): string =>
  isIP(address) === 6 ? `${expanded(address).slice(0, 4).join(':')}::/64` : address;

function expanded(address: string): readonly string[] {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after];
}
