/** `/health`: the process answers. `/ready`: so does the database. For probes of proxies and schedulers. */
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export function health(services: Services): Protocol {
  return {
    name: 'health',
    prefix: '/health',
    routes: [
      { method: 'GET', path: '/health', handle: () => reply(200, { status: 'ok' }) },
      {
        method: 'GET',
        path: '/ready',
        handle: async () => {
          const { ready, detail } = await services.health.ready();
          return reply(ready ? 200 : 503, { ready, detail });
        },
      },
    ],
    explain: explainAsProblem,
  };
}

function reply(status: number, body: object): Reply {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': '5' } : {}),
    },
    body: `${JSON.stringify(body)}\n`,
  };
}
