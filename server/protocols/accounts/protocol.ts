/** `/api/accounts`: accounts of clients, and the profiles in which they may order data. For staff. */
import { clientAccountSchema } from '../../../core/wire/account.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const PREFIX = '/api/accounts';
const UNKEPT = { 'cache-control': 'no-store' };

export function accounts({ clients }: Pick<Services, 'clients'>): Protocol {
  return {
    name: 'accounts',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: PREFIX,
        handle: async ({ view }) => jsonReply({ accounts: await clients.list(view.who) }, UNKEPT),
      },
      {
        method: 'GET',
        path: `${PREFIX}/:account/changes`,
        handle: async ({ route, view }) =>
          jsonReply({ changes: await clients.changes(route['account'] ?? '', view.who) }, UNKEPT),
      },
      {
        method: 'PUT',
        path: `${PREFIX}/:account`,
        handle: async (ask) => {
          const name = ask.route['account'] ?? '';
          return jsonReply(
            await clients.save(name, parseBody(ask, clientAccountSchema), ask.view.who),
            UNKEPT,
          );
        },
      },
    ],
  };
}
