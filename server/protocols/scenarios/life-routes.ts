/** Routes of what becomes of a scenario: branches, rebase, merge, state, publication, application, log. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Scenario } from '../../../core/wire/scenario.ts';
import { newBranchSchema } from '../../../core/wire/scenario-head.ts';
import {
  mergeRequestSchema,
  rebaseRequestSchema,
  stateChangeSchema,
} from '../../../core/wire/scenario-life.ts';
import { requireRight } from '../../access/require-right.ts';
import { parseBody, revisionOf } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { type Hear, lineReply, wantsLines } from '../../http/progress-lines.ts';
import type { Ask, Route } from '../../http/protocol.ts';
import type { ScenarioLife } from '../../services/scenario-life.ts';
import { changing, described, idOf, isDryRun, PREFIX, reply, serviceUrl, UNKEPT } from './replies.ts';

/** @param one path of one scenario */
export const lifeRoutes = (life: ScenarioLife, one: string): readonly Route[] => [
  {
    method: 'POST',
    path: `${one}/branches`,
    handle: async (ask) => {
      requireRight(ask.view.who, 'plan');
      const wanted = parseBody(ask, newBranchSchema);
      const branch = await life.branch(idOf(ask), wanted, ask.view.who);
      const made = reply(branch, described(ask, branch), 201);
      const location = `${serviceUrl(ask)}${PREFIX}/${branch.id}`;
      return { ...made, headers: { ...made.headers, location } };
    },
  },
  reporting(
    `${one}/rebase`,
    (ask, id, hear) =>
      life.tryRebase(id, parseBody(ask, rebaseRequestSchema), ask.view.who, { signal: ask.signal, hear }),
    (ask, id, revision, hear) =>
      life.rebase(id, revision, parseBody(ask, rebaseRequestSchema), ask.view.who, {
        signal: ask.signal,
        hear,
      }),
  ),
  reporting(
    `${one}/merge`,
    (ask, id, hear) =>
      life.tryMerge(id, parseBody(ask, mergeRequestSchema), ask.view.who, { signal: ask.signal, hear }),
    (ask, id, revision, hear) =>
      life.merge(id, revision, parseBody(ask, mergeRequestSchema), ask.view.who, {
        signal: ask.signal,
        hear,
      }),
  ),
  reporting(
    `${one}/application`,
    (ask, id) => life.tryApply(id, ask.view.who),
    (ask, id, revision) => life.apply(id, revision, ask.view.who),
  ),
  changing('POST', `${one}/state`, (ask, id, revision) =>
    life.setState(id, revision, parseBody(ask, stateChangeSchema), ask.view.who),
  ),
  changing(
    'PUT',
    `${one}/publication`,
    (ask, id, revision) => life.publish(id, revision, ask.view.who),
    'publish',
  ),
  changing(
    'DELETE',
    `${one}/publication`,
    (ask, id, revision) => life.withdraw(id, revision, ask.view.who),
    'publish',
  ),
  {
    method: 'GET',
    path: `${one}/log`,
    handle: async (ask) => {
      requireRight(ask.view.who, 'plan');
      return jsonReply(await life.log(idOf(ask), beforeOf(ask), ask.view.who), UNKEPT);
    },
  },
];

/**
 * A change that tells what it did, and how far it is to whoever wants lines; with `?dryRun=true` what it would do,
 * keeping nothing and without If-Match.
 */
const reporting = (
  path: string,
  tryOut: (ask: Ask, id: string, hear: Hear) => Promise<object>,
  change: (
    ask: Ask,
    id: string,
    revision: number,
    hear: Hear,
  ) => Promise<{ scenario: Scenario; report: object }>,
): Route => ({
  method: 'POST',
  path,
  handle: async (ask) => {
    requireRight(ask.view.who, 'plan');
    const id = idOf(ask);
    if (isDryRun(ask)) {
      const tried = async (hear: Hear) => ({ report: await tryOut(ask, id, hear) });
      return wantsLines(ask) ? lineReply(ask, tried) : jsonReply(await tried(() => {}), UNKEPT);
    }
    const seen = revisionOf(ask);
    if (wantsLines(ask)) {
      return lineReply(ask, async (hear) => {
        const { scenario, report } = await change(ask, id, seen, hear);
        return { scenario: described(ask, scenario), report };
      });
    }
    const { scenario, report } = await change(ask, id, seen, () => {});
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
