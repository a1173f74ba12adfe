/** The alerts of the service, read anew whenever it tells that one has changed. */

import { computed, signal } from '@preact/signals';
import type { Alert, AlertChanges, AlertsReply } from '../../core/wire/alerts.ts';
import { ask } from '../api/ask.ts';
import { addressIn, getJson } from '../api/city-api.ts';
import { announce } from '../state/announcer.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';
import { said, t } from '../text/text.ts';

interface Alerts {
  readonly alerts: readonly Alert[];
  readonly more: boolean;
}

export const alertsState = signal<Load<Alerts>>(LOADING);

export const openAlerts = computed<readonly Alert[]>(() =>
  alertsState.value.kind === 'ready'
    ? alertsState.value.value.alerts.filter(({ state }) => state !== 'closed')
    : [],
);

/** Newest knowledge only: an answer that was overtaken is dropped. */
let asked = 0;

export function readAlerts(): Promise<void> {
  const mine = ++asked;
  const isNewest = () => mine === asked;
  return loadInto(
    alertsState,
    async () => {
      const { alerts, more } = await getJson<AlertsReply>('api/alerts', undefined, '');
      if (isNewest()) tellNew(alerts);
      return { alerts, more };
    },
    isNewest,
  );
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
  const known = new Set(before.value.alerts.map(({ id }) => id));
  const [first] = alerts.filter(({ id, state }) => state === 'open' && !known.has(id));
  if (first) announce(t('alertNewSpoken', { title: said(first.title) }));
}
