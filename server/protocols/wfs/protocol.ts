import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export function wfs(_services: Services): Protocol {
  return { name: 'wfs', prefix: '/wfs', routes: [], explain: explainAsProblem };
}
