/** GET of an address that somebody else worded: never into private networks unasked, also not by a detour. */
import { type Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { openLookup, refusePrivateHost } from './open-address.ts';

export interface OpenRequestOptions {
  /** Whether this very address may lead into a private network; asked again for every redirect. */
  readonly allowsPrivate: (url: URL) => boolean;
  readonly accept: string;
  /** Of the whole answer. */
  readonly signal: AbortSignal;
  /** Of a service that says nothing. */
  readonly silenceMs: number;
  readonly agents?: Readonly<Record<'http:' | 'https:', Agent>>;
  /** What a silence is told as. */
  readonly silent: () => Error;
}

const MOST_REDIRECTS = 3;

/**
 * The answer after at most three redirects, its body unread. No cookies, names or passwords go out.
 * @throws Error in words for an address that may not be asked, and as the connection fails
 */
export async function openRequest(
  url: URL,
  options: OpenRequestOptions,
  left = MOST_REDIRECTS,
): Promise<IncomingMessage> {
  const { protocol, username, password } = url;
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('only http and https are spoken');
  if (username !== '' || password !== '') throw new Error('the address holds a name or password');
  const isGuarded = !options.allowsPrivate(url);
  if (isGuarded) refusePrivateHost(url);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = (protocol === 'https:' ? requestHttps : requestHttp)(url, {
      agent: options.agents?.[protocol] ?? false,
      headers: { accept: options.accept, 'user-agent': 'blizniak' },
      signal: options.signal,
      timeout: options.silenceMs,
      ...(isGuarded && { lookup: openLookup }),
    });
    request.once('timeout', () => request.destroy(options.silent()));
    request.once('error', reject);
    request.once('response', resolve);
    request.end();
  });
  const { statusCode = 0, headers } = response;
  if (statusCode < 300 || statusCode >= 400 || headers.location === undefined || left === 0) return response;
  response.resume();
  return openRequest(new URL(headers.location, url), options, left - 1);
}
