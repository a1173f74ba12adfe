/** `/api/accounts`: accounts of clients, and the profiles in which they may order data; accounts of the office, and their roles. */
import { accountLockSchema, clientAccountSchema, officeAccountSchema } from '../../../core/wire/account.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { tokensOfAccounts } from './tokens.ts';

const PREFIX = '/api/accounts';
const nameOf = ({ route }: Ask): string => route['account'] ?? '';
const UNKEPT = { 'cache-control': 'no-store' };

export function accounts({ clients, tokens }: Pick<Services, 'clients' | 'tokens'>): Protocol {
  return {
    name: 'accounts',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      ...tokensOfAccounts({ tokens }, `${PREFIX}/:account`),
      {
        method: 'GET',
        path: PREFIX,
        handle: async ({ view }) => jsonReply({ accounts: await clients.list(view.who) }, UNKEPT),
      },
      {
        method: 'GET',
        path: `${PREFIX}/:account/changes`,
        handle: async (ask) =>
          jsonReply({ changes: await clients.changes(nameOf(ask), ask.view.who) }, UNKEPT),
      },
      {
        method: 'PUT',
        path: `${PREFIX}/:account/office`,
        handle: async (ask) => {
          const said = parseBody(ask, officeAccountSchema);
          return jsonReply(await clients.saveOffice(nameOf(ask), said, ask.view.who), UNKEPT);
        },
      },
      {
        method: 'PUT',
        path: `${PREFIX}/:account/lock`,
        handle: async (ask) => {
          const lock = parseBody(ask, accountLockSchema);
          return jsonReply(await clients.lock(nameOf(ask), lock, ask.view.who), UNKEPT);
        },
      },
      {
        method: 'PUT',
        path: `${PREFIX}/:account`,
        handle: async (ask) => {
          const said = parseBody(ask, clientAccountSchema);
          return jsonReply(await clients.save(nameOf(ask), said, ask.view.who), UNKEPT);
        },
      },
    ],
  };
}
