/** `/ogc/processes`: models as OGC API – Processes, Part 1: Core (18-062r2) has them. */
import { invalidParameter, TwinError } from '../../../core/errors.ts';
import type { ModelDeclaration, NewRun, Run } from '../../../core/wire/run.ts';
import { newRunSchema } from '../../../core/wire/run.ts';
import { jsonReply } from '../../http/json.ts';
import { parseWhole, readKvp } from '../../http/kvp.ts';
import { href, hrefWith } from '../../http/links.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { explainAsException, noSuchProcess } from './exceptions.ts';
import { readExecution } from './execute-request.ts';
import { statusInfo } from './job-status.ts';
import { executeOrder, ORDER_PROCESS } from './order-process.ts';
import { processDescription, processSummary } from './process-description.ts';
import { resultsReply } from './results.ts';
import { jobIdOf, readJobId, type Selection } from './selection.ts';
import { LONGEST_WAIT_MS } from './waiting.ts';

const PREFIX = '/ogc/processes';
const LIMIT = { standard: 100, most: 1_000 };

type RunDesk = Pick<Services, 'runs' | 'orders'>;

export function ogcProcesses({ runs, orders }: RunDesk): Protocol {
  const one = `${PREFIX}/:process`;
  const modelOf = ({ route }: Ask): ModelDeclaration => {
    const id = route['process'] ?? '';
    const model = runs.models().find(({ name }) => name === id);
    if (!model) throw noSuchProcess(id);
    return model;
  };
  return {
    name: 'ogc-processes',
    prefix: PREFIX,
    explain: explainAsException,
    routes: [
      { method: 'GET', path: PREFIX, handle: (ask) => listProcesses(runs, ask) },
      {
        method: 'GET',
        path: `${PREFIX}/${ORDER_PROCESS.name}`,
        handle: (ask) => describeProcess(ORDER_PROCESS, ask),
      },
      {
        method: 'POST',
        path: `${PREFIX}/${ORDER_PROCESS.name}/execution`,
        handle: (ask) => executeOrder(orders, ask),
      },
      { method: 'GET', path: one, handle: (ask) => describeProcess(modelOf(ask), ask) },
      { method: 'POST', path: `${one}/execution`, handle: (ask) => execute(runs, modelOf(ask), ask) },
    ],
  };
}

function listProcesses(runs: Services['runs'], ask: Ask): Reply {
  const parameters = readKvp(ask.query);
  const language = chooseLanguage(ask);
  const limitText = parameters.get('limit');
  const limit = limitText === undefined ? LIMIT.standard : parseWhole(limitText, 'limit', 1, LIMIT.most);
  const offset = parseWhole(parameters.get('offset') ?? '0', 'offset', 0, 1_000_000);
  const known = [...runs.models(), ORDER_PROCESS];
  const link = (address: string, rel: string) => ({ href: address, rel, type: 'application/json' });
  const processes = known.slice(offset, offset + limit).map((model) => ({
    ...processSummary(model, language),
    links: [link(href(ask.publicUrl, `${PREFIX}/${model.name}`), 'self')],
  }));
  const links = [
    link(hrefWith(ask, {}), 'self'),
    ...(offset + limit < known.length
      ? [link(hrefWith(ask, { limit, offset: offset + limit }), 'next')]
      : []),
  ];
  return jsonReply({ processes, links }, { 'content-language': language, vary: 'Accept-Language' });
}

function describeProcess(model: ModelDeclaration, ask: Ask): Reply {
  const language = chooseLanguage(ask);
  const self = href(ask.publicUrl, `${PREFIX}/${model.name}`);
  const type = 'application/json';
  const links = [
    { href: self, rel: 'self', type },
    { href: `${self}/execution`, rel: 'http://www.opengis.net/def/rel/ogc/1.0/execute', type },
    { href: href(ask.publicUrl, PREFIX), rel: 'up', type },
  ];
  return jsonReply(
    { ...processDescription(model, language), links },
    { 'content-language': language, vary: 'Accept-Language' },
  );
}

async function execute(runs: Services['runs'], model: ModelDeclaration, ask: Ask): Promise<Reply> {
  const { inputs, selection, isAsync } = await readExecution(ask, model, (address) =>
    ownResult(runs, ask, address),
  );
  const asked = await runs.ask(orderOf(model, inputs, ask), ask.view.who);
  if (isAsync) return accepted(ask, asked, selection);
  const waiting = AbortSignal.any([ask.signal, AbortSignal.timeout(LONGEST_WAIT_MS)]);
  const run = await runs.ended(asked.id, ask.view.who, waiting);
  if (run.state !== 'successful') throw failureOf(run);
  const text = await runs.result(run.id, ask.view.who);
  return resultsReply(text, selection, (output) => addressOf(ask, run.id, output));
}

function accepted(ask: Ask, run: Run, selection: Selection): Reply {
  const id = jobIdOf(run.id, selection);
  return {
    ...jsonReply(statusInfo(ask, run, id), {
      location: href(ask.publicUrl, `/ogc/jobs/${id}`),
      'preference-applied': 'respond-async',
      'cache-control': 'no-store',
    }),
    status: 201,
  };
}

/** The scenario of the address, or of the inputs. */
function orderOf(model: ModelDeclaration, inputs: Readonly<Record<string, unknown>>, ask: Ask): NewRun {
  if (ask.view.at) {
    throw invalidParameter('at', 'Models run over the city as it was loaded last, or over a scenario');
  }
  const { scenario: given, lawDate, ...parameters } = inputs;
  const here = ask.view.scenario?.id;
  if (given !== undefined && here !== undefined && given !== here) {
    throw invalidParameter('inputs.scenario', 'The address names one scenario and the inputs another');
  }
  const scenario = here ?? given;
  const read = newRunSchema.safeParse({
    model: model.name,
    parameters,
    ...(scenario !== undefined && { scenario }),
    ...(lawDate !== undefined && { lawDate }),
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = `inputs.${issue?.path.join('.') ?? ''}`;
  throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
}

/** Why there is no result. */
export function failureOf({ id, state, problem }: Run): TwinError {
  if (state === 'accepted' || state === 'running') {
    return new TwinError(
      'timeout',
      `It is still being computed as job ${id}; look at /ogc/jobs/${id}, or ask with Prefer: respond-async`,
    );
  }
  if (state === 'dismissed') return new TwinError('conflict', 'The job was dismissed; execute it again');
  const isOurs = problem?.kind !== 'invalid-parameter' && problem?.kind !== 'too-large';
  return new TwinError(isOurs ? 'internal' : 'invalid-parameter', problem?.message ?? 'The model failed', {
    ...(problem?.parameter !== undefined && { parameter: `inputs.${problem.parameter}` }),
  });
}

export const addressOf = ({ publicUrl }: Ask, run: string, output: string): string =>
  href(publicUrl, `/ogc/jobs/${run}/results/${encodeURIComponent(output)}`);

/** A result of this service that an input refers to, read as the asker may read it. */
async function ownResult(runs: Services['runs'], ask: Ask, address: string): Promise<unknown> {
  const base = `${ask.publicUrl}/ogc/jobs/`;
  if (!address.startsWith(base)) return undefined;
  const [job = '', word, output = ''] = address.slice(base.length).split('/');
  const known = readJobId(job);
  if (!known || word !== 'results') return undefined;
  const result: Readonly<Record<string, unknown>> = JSON.parse(await runs.result(known.run, ask.view.who));
  return result[decodeURIComponent(output)];
}
