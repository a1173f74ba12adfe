/** Routes of what becomes of a scenario: branches, rebase, merge, state, publication, application, log. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Scenario } from '../../../core/wire/scenario.ts';
import { newBranchSchema } from '../../../core/wire/scenario-head.ts';
import {
  mergeRequestSchema,
  rebaseRequestSchema,
  stateChangeSchema,
} from '../../../core/wire/scenario-life.ts';
import { requireStaff } from '../../access/require-staff.ts';
import { parseBody, revisionOf } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import type { Ask, Route } from '../../http/protocol.ts';
import type { ScenarioLife } from '../../services/scenario-life.ts';
import { changing, described, idOf, isDryRun, PREFIX, reply, serviceUrl, UNKEPT } from './replies.ts';

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
  reporting(
    `${one}/rebase`,
    (ask, id) => life.tryRebase(id, parseBody(ask, rebaseRequestSchema), ask.view.who, ask.signal),
    (ask, id, revision) =>
      life.rebase(id, revision, parseBody(ask, rebaseRequestSchema), ask.view.who, ask.signal),
  ),
  reporting(
    `${one}/merge`,
    (ask, id) => life.tryMerge(id, parseBody(ask, mergeRequestSchema), ask.view.who, ask.signal),
    (ask, id, revision) =>
      life.merge(id, revision, parseBody(ask, mergeRequestSchema), ask.view.who, ask.signal),
  ),
  reporting(
    `${one}/application`,
    (ask, id) => life.tryApply(id, ask.view.who),
    (ask, id, revision) => life.apply(id, revision, ask.view.who),
  ),
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

/** A change that tells what it did; with `?dryRun=true` what it would do, keeping nothing and without If-Match. */
const reporting = (
  path: string,
  tryOut: (ask: Ask, id: string) => Promise<object>,
  change: (ask: Ask, id: string, revision: number) => Promise<{ scenario: Scenario; report: object }>,
): Route => ({
  method: 'POST',
  path,
  handle: async (ask) => {
    requireStaff(ask.view.who);
    if (isDryRun(ask)) return jsonReply({ report: await tryOut(ask, idOf(ask)) }, UNKEPT);
    const { scenario, report } = await change(ask, idOf(ask), revisionOf(ask));
    return reply(scenario, { scenario: described(ask, scenario), report });
  },
});

/** Only lines older than this revision. */
function beforeOf({ query }: Ask): number | undefined {
  const text = readKvp(query).get('before');
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalidParameter('before', `before must be a revision such as 12, got "${text.slice(0, 100)}"`);
}
