/** `/metrics` for Prometheus, `/api/operations` for the page of those who run the service. */
import { jsonReply } from '../../http/json.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const UNKEPT = { 'cache-control': 'no-store' };

export function metrics({ operations }: Pick<Services, 'operations'>): Protocol {
  return {
    name: 'metrics',
    prefix: '/metrics',
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: '/metrics',
        handle: async ({ view }) => {
          const { contentType, text } = await operations.metrics(view.who);
          return { status: 200, headers: { 'content-type': contentType, ...UNKEPT }, body: text };
        },
      },
    ],
  };
}

export function operationsPage({ operations }: Pick<Services, 'operations'>): Protocol {
  return {
    name: 'operations',
    prefix: '/api/operations',
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: '/api/operations',
        handle: async ({ view }) => jsonReply(await operations.state(view.who), UNKEPT),
      },
    ],
  };
}
