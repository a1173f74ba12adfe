/** `/api/scenarios`: stored what-if states of the city. Every other door shows them under `/s/{scenario}/…`. */
import { notFound } from '../../../core/errors.ts';
import {
  type EditReply,
  type EditTrialReply,
  editSchema,
  newScenarioSchema,
  type Scenario,
  type ScenarioReply,
  scenarioChangesSchema,
} from '../../../core/wire/scenario.ts';
import { requireStaff } from '../../access/require-staff.ts';
import { parseBody, revisionOf } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply, Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const PREFIX = '/api/scenarios';
const UNKEPT = { 'cache-control': 'no-store' };

export function scenarios({ scenarios: stored }: Services): Protocol {
  const one = `${PREFIX}/:scenario`;
  /** A route that changes a scenario: staff only, from a revision that the caller has seen. */
  const changing = (
    method: Route['method'],
    path: string,
    change: (ask: Ask, id: string, revision: number) => Promise<Scenario>,
  ): Route => ({
    method,
    path,
    handle: async (ask) => {
      requireStaff(ask.view.who);
      const scenario = await change(ask, idOf(ask), revisionOf(ask));
      return reply(scenario, { scenario: described(ask, scenario) });
    },
  });

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
          requireStaff(ask.view.who);
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
          requireStaff(ask.view.who);
          const changes = parseBody(ask, scenarioChangesSchema);
          const scenario = await stored.change(idOf(ask), revisionOf(ask), changes, ask.view.who);
          return reply(scenario, described(ask, scenario));
        },
      },
      {
        method: 'DELETE',
        path: one,
        handle: async (ask) => {
          requireStaff(ask.view.who);
          await stored.remove(idOf(ask), revisionOf(ask), ask.view.who);
          return { status: 204, headers: UNKEPT };
        },
      },
      { method: 'POST', path: `${one}/edits`, handle: (ask) => postEdit(stored, ask) },
      changing('DELETE', `${one}/edits/:edit`, (ask, id, revision) =>
        stored.removeEdit(id, revision, ask.route['edit'] ?? '', ask.view.who),
      ),
      changing('POST', `${one}/undo`, (ask, id, revision) => stored.undo(id, revision, ask.view.who)),
      changing('POST', `${one}/redo`, (ask, id, revision) => stored.redo(id, revision, ask.view.who)),
    ],
  };
}

async function postEdit(stored: Services['scenarios'], ask: Ask): Promise<Reply> {
  requireStaff(ask.view.who);
  const edit = parseBody(ask, editSchema);
  if (/^(?:true|1)?$/i.test(readKvp(ask.query).get('dryRun') ?? 'false')) {
    const { settled, findings } = await stored.tryOut(idOf(ask), edit, ask.view.who);
    const trial: EditTrialReply = { ...settled, findings: [...findings] };
    return jsonReply(trial, UNKEPT);
  }
  const outcome = await stored.add(idOf(ask), revisionOf(ask), edit, ask.view.who);
  const document: EditReply = {
    scenario: described(ask, outcome.scenario),
    edit: outcome.edit,
    findings: [...outcome.findings],
  };
  return reply(outcome.scenario, document, 201);
}

function idOf({ route }: Ask): string {
  const { scenario } = route;
  if (scenario === undefined) throw notFound('There is no scenario without an id', 'scenario');
  return scenario;
}

function reply({ revision }: Scenario, document: object, status = 200): Reply {
  return { ...jsonReply(document, { etag: `"${revision}"` }), status };
}

/** The service itself, whatever state of the city the request stood in. */
const serviceUrl = ({ publicUrl, view }: Ask): string =>
  view.scenario
    ? publicUrl.slice(0, -`/s/${view.scenario.id}`.length)
    : publicUrl.replace(/\/at\/[^/]+$/, '');

/** With the addresses that show the city in it. */
function described(ask: Ask, scenario: Scenario): ScenarioReply {
  const root = `${serviceUrl(ask)}/s/${scenario.id}`;
  return {
    ...scenario,
    urls: {
      viewer: `${root}/`,
      wfs: `${root}/wfs`,
      wms: `${root}/wms`,
      ogc: `${root}/ogc`,
      tileset3d: `${root}/tiles/3d/buildings/tileset.json`,
      vectorTiles: `${root}/tiles/vector/{layer}/{z}/{x}/{y}.mvt`,
    },
  };
}
