/** `/api/tokens`: sessions and keys of who asks; `/api/accounts/{account}/tokens`: those of others, for who keeps accounts. */
import { notFound, TwinError } from '../../../core/errors.ts';
import { tokenRequestSchema } from '../../../core/wire/token.ts';
import { tokenIn } from '../../access/identify.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import { requireRight } from '../../access/require-right.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply, Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

type Desk = Pick<Services, 'tokens'>;
const PATH = '/api/tokens';
const UNKEPT = { 'cache-control': 'no-store' };

export function tokens(desk: Desk): Protocol {
  return {
    name: 'tokens',
    prefix: PATH,
    explain: explainAsProblem,
    routes: [
      { method: 'GET', path: PATH, handle: (ask) => getTokens(desk, ask) },
      { method: 'POST', path: PATH, handle: (ask) => postToken(desk, ask) },
      { method: 'DELETE', path: `${PATH}/:token`, handle: (ask) => deleteToken(desk, ask) },
    ],
  };
}

/** Below the path of an account. */
export function tokensOfAccounts({ tokens: desk }: Desk, accountPath: string): readonly Route[] {
  const path = `${accountPath}/tokens`;
  const accountOf = ({ route, view }: Ask): string => {
    requireRight(view.who, 'accounts');
    return route['account'] ?? '';
  };
  return [
    {
      method: 'GET',
      path,
      handle: async (ask) =>
        jsonReply({ tokens: [...(await desk.tokensOf(accountOf(ask), undefined))] }, UNKEPT),
    },
    {
      method: 'POST',
      path,
      handle: (ask) => {
        const account = accountOf(ask);
        refuseKeys(ask);
        return issued(desk, account, ask);
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:token`,
      handle: async (ask) => {
        const [account, id] = [accountOf(ask), ask.route['token'] ?? ''];
        refuseKeys(ask);
        if (await desk.revoke(account, id, undefined, ask.view.who.who))
          return { status: 204, headers: UNKEPT };
        throw notFound(`"${account.slice(0, 60)}" has no token "${id.slice(0, 60)}"`, 'token');
      },
    },
  ];
}

/** Gives a signed-in person a token: of a session, or a key for a tool. */
async function postToken({ tokens: desk }: Desk, ask: Ask): Promise<Reply> {
  const account = signedIn(ask);
  refuseKeys(ask);
  return issued(desk, account, ask);
}

/** Whoever found a key must not make more of it than it is. */
function refuseKeys({ view }: Ask): void {
  if (view.who.key)
    throw new TwinError('forbidden', 'Keys neither make nor end keys; sign in with a password');
}

async function issued(desk: Services['tokens'], account: string, ask: Ask): Promise<Reply> {
  const { label, days, idleMinutes, readOnly } = parseBody(ask, tokenRequestSchema);
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  const wanted = { label, expiresAt, idleMinutes, isReadOnly: readOnly };
  const token = await desk.issue(account, wanted, ask.view.who.who);
  return { ...jsonReply({ token, expiresAt: expiresAt.toISOString() }, UNKEPT), status: 201 };
}

/** The tokens of who asks: open sessions, and those of tools. */
async function getTokens({ tokens: desk }: Desk, ask: Ask): Promise<Reply> {
  return jsonReply({ tokens: [...(await desk.tokensOf(signedIn(ask), tokenOf(ask)))] }, UNKEPT);
}

/** Ends a token of who asks; `current` is signing out. */
async function deleteToken({ tokens: desk }: Desk, ask: Ask): Promise<Reply> {
  const id = ask.route['token'] ?? '';
  if (id !== 'current') refuseKeys(ask);
  if (!(await desk.revoke(signedIn(ask), id, tokenOf(ask)))) {
    throw notFound(`You have no token "${id.slice(0, 60)}"`, 'token');
  }
  return { status: 204, headers: UNKEPT };
}

function signedIn({ view }: Ask): string {
  if (view.who.who !== ANONYMOUS.who) return view.who.who;
  throw new TwinError('unauthenticated', 'Tokens are those of signed-in people; send credentials');
}

const tokenOf = ({ headers }: Ask): string | undefined => tokenIn(headers['authorization']);
