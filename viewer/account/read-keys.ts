/** Sessions and keys of who is signed in, as the service holds them. */
import type { HeldToken, TokenReply } from '../../core/wire/token.ts';
import { ask } from '../api/ask.ts';
import { addressIn, getJson } from '../api/city-api.ts';

/** @throws ServiceError in words that can be shown */
export const readTokens = async (): Promise<readonly HeldToken[]> =>
  (await getJson<{ tokens: readonly HeldToken[] }>('api/tokens', undefined, '')).tokens;

/** @returns the key, told this once. @throws ServiceError in words that can be shown */
export async function makeKey(label: string, days: number, readOnly: boolean): Promise<string> {
  const reply = await ask(addressIn('', 'api/tokens'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ label, days, readOnly }),
  });
  return ((await reply.json()) as TokenReply).token;
}

/** @throws ServiceError in words that can be shown */
export async function endToken(id: string): Promise<void> {
  await ask(addressIn('', `api/tokens/${encodeURIComponent(id)}`), { method: 'DELETE' });
}
