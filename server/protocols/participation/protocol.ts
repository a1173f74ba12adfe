/** `/api/scenarios/{scenario}/comments`: what the public says to a scenario, and what staff make of it. */
import { invalidParameter, notFound, TwinError } from '../../../core/errors.ts';
import {
  COMMENT_STATES,
  type CommentState,
  moderationSchema,
  newCommentSchema,
} from '../../../core/wire/comment.ts';
import { Attempts } from '../../access/attempts.ts';
import { isStaff } from '../../access/identity.ts';
import { requireRight } from '../../access/require-right.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const ALL = '/api/scenarios/:scenario/comments';
const ONE = `${ALL}/:comment`;
const UNKEPT = { 'cache-control': 'no-store' };
/** Of one caller. */
const COMMENTS_AT_ONCE = { most: 5, windowMs: 600_000 };

export function participation({ comments }: Pick<Services, 'comments'>): Protocol {
  const callers = new Attempts({ ...COMMENTS_AT_ONCE, mostNames: 10_000 });
  return {
    name: 'participation',
    // What is not found below it is answered by the scenarios themselves.
    prefix: ALL,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: ALL,
        handle: async (ask) =>
          jsonReply(
            await comments.list(part(ask, 'scenario'), statesOf(ask), ask.view.who, ask.signal),
            UNKEPT,
          ),
      },
      {
        method: 'POST',
        path: ALL,
        handle: async (ask) => {
          const wanted = parseBody(ask, newCommentSchema);
          if (!isStaff(ask.view.who)) takeTurn(callers, ask.client ?? '');
          const made = await comments.add(part(ask, 'scenario'), wanted, ask.view.who);
          return { ...jsonReply(made, UNKEPT), status: 201 };
        },
      },
      {
        method: 'PATCH',
        path: ONE,
        handle: async (ask) => {
          requireRight(ask.view.who, 'plan');
          const decision = parseBody(ask, moderationSchema);
          const [scenario, comment] = [part(ask, 'scenario'), part(ask, 'comment')];
          return jsonReply(await comments.moderate(scenario, comment, decision, ask.view.who), UNKEPT);
        },
      },
      {
        method: 'DELETE',
        path: ONE,
        handle: async (ask) => {
          requireRight(ask.view.who, 'plan');
          await comments.remove(part(ask, 'scenario'), part(ask, 'comment'));
          return { status: 204, headers: UNKEPT };
        },
      },
    ],
  };
}

function takeTurn(callers: Attempts, client: string): void {
  const waitS = callers.waitS(client);
  if (waitS > 0) {
    throw new TwinError(
      'too-many-requests',
      `At most ${COMMENTS_AT_ONCE.most} comments in ${COMMENTS_AT_ONCE.windowMs / 60_000} minutes come from one place; try again in ${Math.ceil(waitS / 60)} min`,
    );
  }
  callers.begin(client);
}

function statesOf({ query }: Ask): readonly CommentState[] | undefined {
  const text = readKvp(query).get('state');
  if (text === undefined) return undefined;
  return text.split(',').map((word) => {
    const state = COMMENT_STATES.find((known) => known === word);
    if (state) return state;
    throw invalidParameter(
      'state',
      `state must be ${COMMENT_STATES.join(', ')} or several of them, got "${word.slice(0, 100)}"`,
    );
  });
}

function part({ route }: Ask, name: 'scenario' | 'comment'): string {
  const value = route[name];
  if (value === undefined) throw notFound(`There is no ${name} without an id`, name);
  return value;
}
