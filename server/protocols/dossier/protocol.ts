/** `/api/parcels/{id}/dossier`: everything that the registers hold of a parcel. */
import { jsonReply } from '../../http/json.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const DOSSIER = '/api/parcels/:parcel/dossier';

export function dossier({ dossiers }: Pick<Services, 'dossiers'>): Protocol {
  return {
    name: 'dossier',
    prefix: DOSSIER,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: DOSSIER,
        handle: async ({ route, view, signal }) =>
          jsonReply(await dossiers.of(route['parcel'] ?? '', view, signal), { 'cache-control': 'no-cache' }),
      },
    ],
  };
}
