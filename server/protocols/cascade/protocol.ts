/** `/api/cascade`: services of others whose layers stand in our catalogue. For staff. */
import { newSourceSchema, offerAskSchema } from '../../../core/wire/cascade.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const PREFIX = '/api/cascade';
const UNKEPT = { 'cache-control': 'no-store' };

export function cascade({ cascade: sources }: Pick<Services, 'cascade'>): Protocol {
  return {
    name: 'cascade',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: PREFIX,
        handle: async ({ view }) => jsonReply({ sources: await sources.list(view.who) }, UNKEPT),
      },
      {
        method: 'POST',
        path: `${PREFIX}/offer`,
        handle: async (ask) =>
          jsonReply(await sources.offer(parseBody(ask, offerAskSchema), ask.view.who), UNKEPT),
      },
      {
        method: 'PUT',
        path: `${PREFIX}/:source`,
        handle: async (ask) => {
          const { source = '' } = ask.route;
          const saved = await sources.save(source, parseBody(ask, newSourceSchema), ask.view.who);
          return jsonReply(saved, UNKEPT);
        },
      },
      {
        method: 'DELETE',
        path: `${PREFIX}/:source`,
        handle: async ({ route, view }) => {
          await sources.remove(route['source'] ?? '', view.who);
          return { status: 204, headers: UNKEPT };
        },
      },
    ],
  };
}
