/** `/api/alerts` and `/api/thresholds`: what somebody must see to, and when. */
import { invalidParameter } from '../../../core/errors.ts';
import {
  type AlertsReply,
  alertChangesSchema,
  newThresholdSchema,
  type ThresholdsReply,
  thresholdChangesSchema,
} from '../../../core/wire/alerts.ts';
import { requireRight } from '../../access/require-right.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const UNKEPT = { 'cache-control': 'no-store' };
const STATES = ['open', 'acknowledged', 'closed'] as const;

export function alerts({ alerts: stored }: Services): Protocol {
  return {
    name: 'alerts',
    prefix: '/api/alerts',
    explain: explainAsProblem,
    routes: [
      { method: 'GET', path: '/api/alerts', handle: (ask) => list(stored, ask) },
      {
        method: 'PATCH',
        path: '/api/alerts/:id',
        handle: async (ask) => {
          requireRight(ask.view.who, 'operate');
          const changes = parseBody(ask, alertChangesSchema);
          return jsonReply(await stored.change(idOf(ask), changes, ask.view.who), UNKEPT);
        },
      },
    ],
  };
}

export function thresholds({ alerts: stored }: Services): Protocol {
  return {
    name: 'thresholds',
    prefix: '/api/thresholds',
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: '/api/thresholds',
        handle: async ({ view }) => {
          const reply: ThresholdsReply = { thresholds: [...(await stored.thresholds(view.who))] };
          return jsonReply(reply, UNKEPT);
        },
      },
      {
        method: 'POST',
        path: '/api/thresholds',
        handle: async (ask) => {
          requireRight(ask.view.who, 'operate');
          const made = await stored.addThreshold(parseBody(ask, newThresholdSchema), ask.view.who);
          return { ...jsonReply(made, UNKEPT), status: 201 };
        },
      },
      {
        method: 'PATCH',
        path: '/api/thresholds/:id',
        handle: async (ask) => {
          requireRight(ask.view.who, 'operate');
          const changes = parseBody(ask, thresholdChangesSchema);
          return jsonReply(await stored.changeThreshold(idOf(ask), changes, ask.view.who), UNKEPT);
        },
      },
    ],
  };
}

async function list(stored: Services['alerts'], ask: Ask): Promise<Reply> {
  const parameters = readKvp(ask.query);
  const states = parameters.list('state');
  const wrong = states?.find((state) => !STATES.some((known) => known === state));
  if (wrong !== undefined) {
    throw invalidParameter('state', `state must be of ${STATES.join(', ')}, got "${wrong.slice(0, 40)}"`);
  }
  const since = parameters.get('since');
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw invalidParameter('since', 'since must be a moment such as 2026-06-01T10:00:00Z');
  }
  const wanted = { states, since: since === undefined ? undefined : new Date(since) };
  const { alerts: found, more } = await stored.list(wanted, ask.view.who, ask.signal);
  const reply: AlertsReply = { now: new Date().toISOString(), alerts: [...found], more };
  return jsonReply(reply, UNKEPT);
}

function idOf({ route }: Ask): number {
  const id = route['id'] ?? '';
  if (!/^\d{1,15}$/.test(id)) throw invalidParameter('id', `An id is a number, got "${id.slice(0, 40)}"`);
  return Number(id);
}
