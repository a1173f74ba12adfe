/** `/api/runs` and `/api/models`: runs of models over the city and its scenarios. */
import { invalidParameter } from '../../../core/errors.ts';
import {
  newRunSchema,
  outsideResultSchema,
  RUN_STATES,
  type Run,
  type RunReply,
  type RunState,
  runProgressSchema,
} from '../../../core/wire/run.ts';
import { requireRight } from '../../access/require-right.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { parseWhole, readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const PREFIX = '/api/runs';
const UNKEPT = { 'cache-control': 'no-store' };
const LIMIT = { standard: 100, most: 1_000 };

export function runs({ runs: offered }: Pick<Services, 'runs'>): Protocol {
  const one = `${PREFIX}/:run`;
  return {
    name: 'runs',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: PREFIX,
        handle: async (ask) => {
          const found = await offered.list(queryOf(ask), ask.view.who);
          const listed = found.runs.map((run) => described(ask, run));
          return jsonReply({ runs: listed, more: found.more }, UNKEPT);
        },
      },
      { method: 'POST', path: PREFIX, handle: (ask) => postRun(offered, ask) },
      {
        method: 'GET',
        path: one,
        handle: async (ask) => reply(ask, await offered.read(idOf(ask), ask.view.who)),
      },
      {
        method: 'GET',
        path: `${one}/edits`,
        handle: async (ask) => jsonReply({ edits: await offered.edits(idOf(ask), ask.view.who) }, UNKEPT),
      },
      {
        method: 'GET',
        path: `${one}/result`,
        handle: async (ask) => ({
          status: 200,
          headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
          body: await offered.result(idOf(ask), ask.view.who),
        }),
      },
      {
        method: 'PUT',
        path: `${one}/result`,
        handle: async (ask) => {
          requireRight(ask.view.who, 'plan');
          const result = parseBody(ask, outsideResultSchema);
          return reply(ask, await offered.takeResult(idOf(ask), result, ask.view.who));
        },
      },
      {
        method: 'PATCH',
        path: one,
        handle: async (ask) => {
          requireRight(ask.view.who, 'plan');
          const { progress } = parseBody(ask, runProgressSchema);
          return reply(ask, await offered.advance(idOf(ask), progress, ask.view.who));
        },
      },
      {
        method: 'DELETE',
        path: one,
        handle: async (ask) => reply(ask, await offered.dismiss(idOf(ask), ask.view.who)),
      },
    ],
  };
}

/** `/api/models`: what can be run. */
export function models({ runs: offered }: Pick<Services, 'runs'>): Protocol {
  const path = '/api/models';
  return {
    name: 'models',
    prefix: path,
    explain: explainAsProblem,
    routes: [{ method: 'GET', path, handle: () => jsonReply({ models: offered.models() }) }],
  };
}

/** A scenario in front of the address counts as one in the body. */
async function postRun(offered: Services['runs'], ask: Ask): Promise<Reply> {
  const wanted = parseBody(ask, newRunSchema);
  const here = ask.view.scenario?.id;
  if (here !== undefined && wanted.scenario !== undefined && wanted.scenario !== here) {
    throw invalidParameter('scenario', 'The address names one scenario and the body another');
  }
  if (ask.view.at) {
    throw invalidParameter('at', 'Models run over the city as it was loaded last, or over a scenario');
  }
  const scenario = here ?? wanted.scenario;
  const run = await offered.ask({ ...wanted, ...(scenario !== undefined && { scenario }) }, ask.view.who);
  const made = reply(ask, run);
  const isNew = run.state === 'accepted' || run.state === 'running';
  return {
    ...made,
    status: isNew ? 202 : 200,
    headers: { ...made.headers, location: described(ask, run).urls.self },
  };
}

function queryOf({ query, view }: Ask) {
  const parameters = readKvp(query);
  const limit = parameters.get('limit');
  const offset = parameters.get('offset');
  return {
    scenario: view.scenario?.id ?? parameters.get('of'),
    models: parameters.list('model'),
    states: parameters.list('state')?.map(stateOf),
    limit: limit === undefined ? LIMIT.standard : parseWhole(limit, 'limit', 1, LIMIT.most),
    offset: offset === undefined ? 0 : parseWhole(offset, 'offset', 0, 1_000_000_000),
  };
}

function stateOf(text: string): RunState {
  const state = RUN_STATES.find((known) => known === text);
  if (state) return state;
  throw invalidParameter('state', `state must be of ${RUN_STATES.join(', ')}; got "${text.slice(0, 100)}"`);
}

const idOf = ({ route }: Ask): string => route['run'] ?? '';

const reply = (ask: Ask, run: Run): Reply => jsonReply(described(ask, run), UNKEPT);

function described({ publicUrl }: Ask, run: Run): RunReply {
  const self = `${publicUrl}${PREFIX}/${run.id}`;
  return { ...run, urls: { self, result: `${self}/result`, edits: `${self}/edits` } };
}
