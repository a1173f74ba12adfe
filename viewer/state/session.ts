/** Who is signed in. The token lives in memory and, until the tab is closed, in the browser's session storage. */
import { computed, signal } from '@preact/signals';

export interface Session {
  readonly who: string;
  readonly isStaff: boolean;
  readonly token: string;
}

const STORE_KEY = 'blizniak.session';

export const session = signal<Session | undefined>(remembered());
/** Set when the service no longer takes the token of somebody who was signed in. */
export const sessionEnded = signal(false);
export const isStaff = computed(() => session.value?.isStaff ?? false);

export function keepSession(next: Session | undefined): void {
  session.value = next;
  if (next) sessionEnded.value = false;
  try {
    if (next) sessionStorage.setItem(STORE_KEY, JSON.stringify(next));
    else sessionStorage.removeItem(STORE_KEY);
  } catch {
    // Private windows may refuse storage; the session then lasts as long as the page.
  }
}

/** The service refused the token: everything goes on as the public. */
export function endSession(): void {
  if (!session.peek()) return;
  keepSession(undefined);
  sessionEnded.value = true;
}

/** Headers that every request to the service carries. */
export function authorization(): Record<string, string> {
  const now = session.peek();
  return now ? { authorization: `Bearer ${now.token}` } : {};
}

function remembered(): Session | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(STORE_KEY) ?? 'null');
    return isSession(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false;
  const { who, isStaff, token } = value as Partial<Session>;
  return typeof who === 'string' && typeof isStaff === 'boolean' && typeof token === 'string';
}
