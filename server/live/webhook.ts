/** Sends JSON to an address that somebody configured, signed, and only to places that are open to everybody. */
import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { openLookup, refusePrivateHost } from '../open-address.ts';

export interface WebhookOptions {
  /** Signs the body, where it is given. */
  readonly secret: string | undefined;
  /** Addresses of private networks and of this machine are refused without it. */
  readonly allowPrivate: boolean;
}

const TIMEOUT_MS = 10_000;

/**
 * Redirects are not followed: what answers is what was configured. The header `x-blizniak-signature` is
 * `sha256=<HMAC of "<x-blizniak-timestamp>.<body>" in hexadecimal>`.
 * @throws Error in words when it was not taken with a status from 200 to 299
 */
export async function sendWebhook(address: string, message: object, options: WebhookOptions): Promise<void> {
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Error('only http and https are spoken');
  if (!options.allowPrivate) refusePrivateHost(url);
  const body = JSON.stringify(message);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'blizniak',
    'x-blizniak-timestamp': timestamp,
    ...(options.secret !== undefined && {
      'x-blizniak-signature': `sha256=${createHmac('sha256', options.secret).update(`${timestamp}.${body}`).digest('hex')}`,
    }),
  };
  await new Promise<void>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      headers,
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(!options.allowPrivate && { lookup: openLookup }),
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const { statusCode = 0 } = response;
      // What it says is not read: a long answer would hold us.
      response.destroy();
      if (statusCode >= 200 && statusCode < 300) resolve();
      else reject(new Error(`it answered with status ${statusCode}`));
    });
    request.end(body);
  });
}
