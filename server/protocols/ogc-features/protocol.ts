import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export function ogcFeatures(_services: Services): Protocol {
  return { name: 'ogc-features', prefix: '/ogc', routes: [], explain: explainAsProblem };
}
