/** Routes of what becomes of a scenario: branches, state, publication, log. */
import { invalidParameter } from '../../../core/errors.ts';
import { newBranchSchema } from '../../../core/wire/scenario-head.ts';
import { stateChangeSchema } from '../../../core/wire/scenario-life.ts';
import { requireStaff } from '../../access/require-staff.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import type { Ask, Route } from '../../http/protocol.ts';
import type { ScenarioLife } from '../../services/scenario-life.ts';
import { changing, described, idOf, PREFIX, reply, serviceUrl, UNKEPT } from './replies.ts';

/** @param one path of one scenario */
export const lifeRoutes = (life: ScenarioLife, one: string): readonly Route[] => [
  {
    method: 'POST',
    path: `${one}/branches`,
    handle: async (ask) => {
      requireStaff(ask.view.who);
      const wanted = parseBody(ask, newBranchSchema);
      const branch = await life.branch(idOf(ask), wanted, ask.view.who);
      const made = reply(branch, described(ask, branch), 201);
      const location = `${serviceUrl(ask)}${PREFIX}/${branch.id}`;
      return { ...made, headers: { ...made.headers, location } };
    },
  },
  changing('POST', `${one}/state`, (ask, id, revision) =>
    life.setState(id, revision, parseBody(ask, stateChangeSchema), ask.view.who),
  ),
  changing('PUT', `${one}/publication`, (ask, id, revision) => life.publish(id, revision, ask.view.who)),
  changing('DELETE', `${one}/publication`, (ask, id, revision) => life.withdraw(id, revision, ask.view.who)),
  {
    method: 'GET',
    path: `${one}/log`,
    handle: async (ask) => {
      requireStaff(ask.view.who);
      return jsonReply(await life.log(idOf(ask), beforeOf(ask), ask.view.who), UNKEPT);
    },
  },
];

/** Only lines older than this revision. */
function beforeOf({ query }: Ask): number | undefined {
  const text = readKvp(query).get('before');
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalidParameter('before', `before must be a revision such as 12, got "${text.slice(0, 100)}"`);
}
