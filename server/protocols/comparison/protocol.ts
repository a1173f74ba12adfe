/** What scenarios are compared by, beside the table of their consequences: their differences from the base. */
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { getDifferences } from './differences.ts';

export function comparison(services: Pick<Services, 'scenarios' | 'differences'>): Protocol {
  return {
    name: 'comparison',
    prefix: '/api/scenarios/:scenario/differences',
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: '/api/scenarios/:scenario/differences',
        handle: (ask) => getDifferences(services, ask),
      },
    ],
  };
}
