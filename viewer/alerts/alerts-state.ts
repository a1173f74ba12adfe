/** The alerts of the service, read anew whenever it tells that one has changed. */
import { computed, signal } from '@preact/signals';
import type { Alert, AlertChanges, AlertsReply } from '../../core/wire/alerts.ts';
import { ask } from '../api/ask.ts';
import { addressIn } from '../api/city-api.ts';
import { announce } from '../state/announcer.ts';
import { said, t } from '../text/text.ts';

export type AlertsState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly alerts: readonly Alert[]; readonly more: boolean }
  | { readonly kind: 'failed'; readonly reason: string };

export const alertsState = signal<AlertsState>({ kind: 'loading' });

export const openAlerts = computed<readonly Alert[]>(() =>
  alertsState.value.kind === 'ready'
    ? alertsState.value.alerts.filter(({ state }) => state !== 'closed')
    : [],
);

/** Newest knowledge only: an answer that was overtaken is dropped. */
let asked = 0;

export async function readAlerts(): Promise<void> {
  const mine = ++asked;
  try {
    const reply = (await (await ask(addressIn('', 'api/alerts'))).json()) as AlertsReply;
    if (mine !== asked) return;
    tellNew(reply.alerts);
    alertsState.value = { kind: 'ready', alerts: reply.alerts, more: reply.more };
  } catch (error) {
    if (mine !== asked) return;
    // What was known stays on the screen; only a first reading that fails leaves nothing to show.
    if (alertsState.peek().kind === 'ready') return;
    alertsState.value = { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws ServiceError in words that can be shown, e.g. when somebody else was quicker */
export async function changeAlert({ id, revision }: Alert, changes: AlertChanges): Promise<void> {
  await ask(addressIn('', `api/alerts/${id}`), {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...changes, revision }),
  });
  await readAlerts();
}

function tellNew(alerts: readonly Alert[]): void {
  const before = alertsState.peek();
  if (before.kind !== 'ready') return;
  const known = new Set(before.alerts.map(({ id }) => id));
  const [first] = alerts.filter(({ id, state }) => state === 'open' && !known.has(id));
  if (first) announce(t('alertNewSpoken', { title: said(first.title) }));
}
