/** `/dcat`: the catalogue of datasets in DCAT-AP, for harvesters of open data. */
import type { Text } from '../../../core/feature/layer.ts';
import { jsonReply } from '../../http/json.ts';
import { chooseFormat } from '../../http/negotiate.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { dcatCatalogue, PREFIXES } from './catalogue.ts';
import { jsonLdOf, turtleOf } from './rdf.ts';

const VARY = { vary: 'Accept' };
const OFFERS = {
  jsonld: ['application/ld+json', 'application/json', 'json', 'jsonld'],
  turtle: ['text/turtle', 'ttl', 'turtle'],
};

export function dcat({ metadata }: Pick<Services, 'metadata'>, city: Text): Protocol {
  return {
    name: 'dcat',
    prefix: '/dcat',
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: '/dcat',
        handle: async (ask) => {
          const face = chooseFormat(ask, OFFERS);
          const records = await metadata.records(ask.view, ask.signal);
          const catalogue = dcatCatalogue(records, { publicUrl: ask.publicUrl, city });
          if (face === 'jsonld') return jsonReply(jsonLdOf(catalogue, PREFIXES), VARY, 'application/ld+json');
          return {
            status: 200,
            headers: { ...VARY, 'content-type': 'text/turtle; charset=utf-8' },
            body: turtleOf(catalogue, PREFIXES),
          };
        },
      },
    ],
  };
}
