/** Who is signed in. The token lives in memory and, until the tab is closed, in the browser's session storage. */
import { computed, signal } from '@preact/signals';
import type { Right } from '../../core/access/rights.ts';

export interface Session {
  readonly who: string;
  /** What the service lets the account do. */
  readonly rights: readonly Right[];
  readonly token: string;
}

const STORE_KEY = 'blizniak.session';

export const session = signal<Session | undefined>(remembered());
/** Set when the service no longer takes the token of somebody who was signed in. */
export const sessionEnded = signal(false);
/** Whether the account has a right: of a steward's `edit` whether of any layer. */
export const may = (right: Right): boolean => session.value?.rights.includes(right) ?? false;
/** Whether the account is told what is kept for staff. */
export const isStaff = computed(() => may('see'));
/** Whether it is an account of the office, whatever its roles. */
export const isOffice = computed(() => (session.value?.rights.length ?? 0) > 0);

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
  const { who, rights, token } = value as Partial<Session>;
  return typeof who === 'string' && Array.isArray(rights) && typeof token === 'string';
}
