/** `/api/scenarios`: stored what-if states of the city. Every other door shows them under `/s/{scenario}/…`. */
import { invalidParameter } from '../../../core/errors.ts';
import {
  type BriefEditsReply,
  type EditReply,
  type EditsReply,
  type EditTrialReply,
  editSchema,
  editsSchema,
  type StoredEdit,
} from '../../../core/wire/scenario.ts';
import { newScenarioSchema, scenarioChangesSchema } from '../../../core/wire/scenario-head.ts';
import { requireRight } from '../../access/require-right.ts';
import { parseBody, parseOneOrMore, revisionOf } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { lifeRoutes } from './life-routes.ts';
import { changing, described, idOf, isDryRun, PREFIX, reply, serviceUrl, UNKEPT } from './replies.ts';

export function scenarios({ scenarios: stored, scenarioLife }: Services): Protocol {
  const one = `${PREFIX}/:scenario`;
  return {
    name: 'scenarios',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: PREFIX,
        handle: async ({ view }) => jsonReply({ scenarios: await stored.list(view.who) }),
      },
      {
        method: 'POST',
        path: PREFIX,
        handle: async (ask) => {
          requireRight(ask.view.who, 'plan');
          const scenario = await stored.create(parseBody(ask, newScenarioSchema), ask.view.who);
          const made = reply(scenario, described(ask, scenario), 201);
          const location = `${serviceUrl(ask)}${PREFIX}/${scenario.id}`;
          return { ...made, headers: { ...made.headers, location } };
        },
      },
      {
        method: 'GET',
        path: one,
        handle: async (ask) => {
          const scenario = await stored.read(idOf(ask), ask.view.who);
          return reply(scenario, described(ask, scenario));
        },
      },
      {
        method: 'PATCH',
        path: one,
        handle: async (ask) => {
          requireRight(ask.view.who, 'plan');
          const changes = parseBody(ask, scenarioChangesSchema);
          const scenario = await stored.change(idOf(ask), revisionOf(ask), changes, ask.view.who);
          return reply(scenario, described(ask, scenario));
        },
      },
      {
        method: 'DELETE',
        path: one,
        handle: async (ask) => {
          requireRight(ask.view.who, 'plan');
          await stored.remove(idOf(ask), revisionOf(ask), ask.view.who);
          return { status: 204, headers: UNKEPT };
        },
      },
      { method: 'POST', path: `${one}/edits`, handle: (ask) => postEdits(stored, ask) },
      changing('DELETE', `${one}/edits/:edit`, (ask, id, revision) =>
        stored.removeEdit(id, revision, ask.route['edit'] ?? '', ask.view.who),
      ),
      changing('POST', `${one}/undo`, (ask, id, revision) =>
        stored.undo(id, revision, ask.view.who, editsToUndo(ask)),
      ),
      changing('POST', `${one}/redo`, (ask, id, revision) => stored.redo(id, revision, ask.view.who)),
      ...lifeRoutes(scenarioLife, one),
    ],
  };
}

/** Whether the caller only wants to know what it could not know itself (RFC 7240). */
const isMinimal = ({ headers }: Ask): boolean =>
  /(^|,)\s*return\s*=\s*"?minimal"?\s*(,|;|$)/i.test(headers['prefer'] ?? '');

const MOST_UNDONE = 1_000;

/** @throws TwinError invalid-parameter */
function editsToUndo({ query }: Ask): number {
  const given = readKvp(query).get('edits') ?? '1';
  const edits = Number(given);
  if (/^\d{1,4}$/.test(given) && edits >= 1 && edits <= MOST_UNDONE) return edits;
  throw invalidParameter(
    'edits',
    `edits needs a whole number from 1 to ${MOST_UNDONE}, got "${given.slice(0, 100)}"`,
  );
}

const named = ({ objects }: StoredEdit): BriefEditsReply['edits'][number]['objects'] =>
  objects.map(({ layer, id, change }) => ({ layer, id, change }));

async function postEdits(stored: Services['scenarios'], ask: Ask): Promise<Reply> {
  requireRight(ask.view.who, 'plan');
  const given = parseOneOrMore(ask, editSchema, editsSchema);
  const edits = 'one' in given ? [given.one] : given.more;
  const id = idOf(ask);
  const { who } = ask.view;
  if (isDryRun(ask)) {
    const trials = (await stored.tryOut(id, edits, who)).map(
      ({ settled, findings }): EditTrialReply => ({ ...settled, findings: [...findings] }),
    );
    const [first] = trials;
    return jsonReply('one' in given && first ? first : { edits: trials }, UNKEPT);
  }
  const { revision, added } = await stored.add(id, revisionOf(ask), edits, who);
  if (isMinimal(ask)) {
    const briefly: BriefEditsReply = {
      revision,
      edits: added.map(({ edit, findings }) => ({
        id: edit.id,
        objects: named(edit),
        findings: [...findings],
      })),
    };
    const headers = { ...UNKEPT, etag: `"${revision}"`, 'preference-applied': 'return=minimal' };
    return { ...jsonReply(briefly, headers), status: 201 };
  }
  const made = added.map(({ edit, findings }) => ({ edit, findings: [...findings] }));
  const [first] = made;
  const scenario = await stored.read(id, who);
  const shown = described(ask, scenario);
  const document: EditReply | EditsReply =
    'one' in given && first ? { scenario: shown, ...first } : { scenario: shown, edits: made };
  return reply(scenario, document, 201);
}
