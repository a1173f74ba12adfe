import { askAnyway, ServiceError } from '../api/ask.ts';
import { addressIn } from '../api/city-api.ts';
import { announce } from '../state/announcer.ts';
import { keepSession, type Session, session } from '../state/session.ts';
import { t } from '../text/text.ts';

/** The session ends after a day, and after an hour in which nothing was asked. */
const SESSION = { days: 1, idleMinutes: 60 };

/**
 * Signs a person in: the password goes to the service once and is not kept, the token is.
 * @throws ServiceError in words that can be shown
 */
export async function signIn(name: string, password: string): Promise<void> {
  const reply = await askAnyway(addressIn('', 'api/tokens'), {
    method: 'POST',
    headers: { authorization: `Basic ${base64(`${name}:${password}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ label: t('tokenLabel'), ...SESSION }),
  });
  if (reply.status === 401) throw new ServiceError(t('signInWrong'), 401);
  if (reply.status === 429) throw new ServiceError(t('signInTooMany'), 429);
  if (!reply.ok) throw new ServiceError(t('signInFailed', { status: reply.status }), reply.status);
  const { token } = (await reply.json()) as { token: string };
  const who = await whoami(token);
  if (!who) throw new ServiceError(t('signInFailed', { status: 401 }), 401);
  keepSession({ token, who: who.who, rights: who.rights });
  announce(t('signedIn', { who: who.who }));
}

/** The service forgets the token; without a connection it ends by itself. */
export function signOut(): void {
  void askAnyway(addressIn('', 'api/tokens/current'), { method: 'DELETE' }).catch(() => undefined);
  keepSession(undefined);
  announce(t('signedOut'));
}

/** After a reload: whether the kept token is still taken. */
export async function checkSession(): Promise<void> {
  const kept = session.peek();
  // A token that is refused ends the session on its own.
  if (kept) await whoami(kept.token).catch(() => undefined);
}

async function whoami(token: string): Promise<Pick<Session, 'who' | 'rights'> | undefined> {
  const reply = await askAnyway(addressIn('', 'api/whoami'), {
    headers: { authorization: `Bearer ${token}` },
  });
  return reply.ok ? ((await reply.json()) as Pick<Session, 'who' | 'rights'>) : undefined;
}

/** RFC 7617 with UTF-8, so that names and passwords may hold Polish letters. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
