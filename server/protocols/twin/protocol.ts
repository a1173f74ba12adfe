/** `/api`: what the viewer and scripts ask beside the standard services. */
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { getWhoami } from './account.ts';
import { type CityFacts, getLayers } from './layers.ts';
import { openApi } from './openapi.ts';
import { getSearch } from './search.ts';

/** @param otherPaths of the OpenAPI document: doors under `/api` that are protocols of their own */
export function twin(services: Services, city: CityFacts, otherPaths: object): Protocol {
  return {
    name: 'twin',
    prefix: '/api',
    routes: [
      { method: 'GET', path: '/api', handle: (ask) => openApi(ask, otherPaths) },
      { method: 'GET', path: '/api/layers', handle: (ask) => getLayers(services, city, ask) },
      { method: 'GET', path: '/api/search', handle: (ask) => getSearch(services, ask) },
      { method: 'GET', path: '/api/whoami', handle: getWhoami },
    ],
    explain: explainAsProblem,
  };
}
