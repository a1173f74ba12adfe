/** `/ogc/jobs`: runs as jobs, their results, their list and their dismissal (18-062r2, 7.12, 7.13, 11 and 13). */
import { invalidParameter, TwinError } from '../../../core/errors.ts';
import { RUN_STATES } from '../../../core/wire/run.ts';
import { jsonReply } from '../../http/json.ts';
import { parseWhole, readKvp } from '../../http/kvp.ts';
import { hrefWith } from '../../http/links.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { RunQuery } from '../../services/runs.ts';
import type { Services } from '../../services.ts';
import { explainAsException, noSuchJob, notReady } from './exceptions.ts';
import { statusInfo } from './job-status.ts';
import { orderOfJob, orderOutput, orderStatus, resultsOf } from './order-process.ts';
import { addressOf, failureOf } from './processes.ts';
import { outputReply, resultsReply } from './results.ts';
import { readJobId } from './selection.ts';

const PREFIX = '/ogc/jobs';
const LIMIT = { standard: 100, most: 1_000 };
const UNKEPT = { 'cache-control': 'no-store' };

export function ogcJobs({ runs, orders }: Pick<Services, 'runs' | 'orders'>): Protocol {
  const one = `${PREFIX}/:job`;
  /** The job of the address, with its run as this person may see it. */
  const jobOf = async ({ route, view }: Ask) => {
    const id = route['job'] ?? '';
    const known = readJobId(id);
    if (!known) throw noSuchJob(id);
    const run = await runs.read(known.run, view.who).catch((error: unknown) => {
      throw error instanceof TwinError && error.kind === 'not-found' ? noSuchJob(id) : error;
    });
    return { id, run, selection: known.selection };
  };
  /** The result of the job as text. */
  const resultOf = async (ask: Ask) => {
    const job = await jobOf(ask);
    const { state } = job.run;
    if (state === 'accepted' || state === 'running') throw notReady(state);
    if (state !== 'successful') throw failureOf(job.run);
    return { ...job, text: await runs.result(job.run.id, ask.view.who) };
  };
  return {
    name: 'ogc-jobs',
    prefix: PREFIX,
    explain: explainAsException,
    routes: [
      { method: 'GET', path: PREFIX, handle: (ask) => listJobs(runs, ask) },
      {
        method: 'GET',
        path: one,
        handle: async (ask) => {
          const order = await orderOfJob(orders, ask);
          if (order) return orderStatus(ask, order);
          const { id, run } = await jobOf(ask);
          return jsonReply(statusInfo(ask, run, id), UNKEPT);
        },
      },
      {
        method: 'DELETE',
        path: one,
        handle: async (ask) => {
          const order = await orderOfJob(orders, ask);
          if (order) return orderStatus(ask, await orders.cancel(order.id));
          const { id, run } = await jobOf(ask);
          const left = await runs.dismiss(run.id, ask.view.who);
          return jsonReply(statusInfo(ask, { ...left, state: 'dismissed' }, id), UNKEPT);
        },
      },
      {
        method: 'GET',
        path: `${one}/results`,
        handle: async (ask) => {
          const order = await orderOfJob(orders, ask);
          if (order) return resultsOf(ask, order);
          const { run, selection, text } = await resultOf(ask);
          return resultsReply(text, selection, (output) => addressOf(ask, run.id, output));
        },
      },
      {
        method: 'GET',
        path: `${one}/results/:output`,
        handle: async (ask) => {
          const order = await orderOfJob(orders, ask);
          if (order) return orderOutput(ask, order);
          return outputReply((await resultOf(ask)).text, ask.route['output'] ?? '');
        },
      },
    ],
  };
}

async function listJobs(runs: Services['runs'], ask: Ask): Promise<Reply> {
  const { type, ...query } = queryOf(ask);
  const found = type ? await runs.list(query, ask.view.who) : { runs: [], more: false };
  const link = (address: string, rel: string) => ({ href: address, rel, type: 'application/json' });
  const next = { limit: query.limit, offset: query.offset + query.limit };
  return jsonReply(
    {
      jobs: found.runs.map((run) => statusInfo(ask, run, run.id)),
      links: [link(hrefWith(ask, {}), 'self'), ...(found.more ? [link(hrefWith(ask, next), 'next')] : [])],
    },
    UNKEPT,
  );
}

/** @returns `type` is false when jobs of another type than processes are asked for: there are none */
function queryOf({ query, view }: Ask): RunQuery & { readonly type: boolean } {
  const parameters = readKvp(query);
  const whole = (name: string, most: number) => {
    const text = parameters.get(name);
    return text === undefined ? undefined : parseWhole(text, name, 0, most);
  };
  const states = parameters.list('status')?.map((text) => {
    const state = RUN_STATES.find((known) => known === text);
    if (state) return state;
    throw invalidParameter(
      'status',
      `status must be of ${RUN_STATES.join(', ')}; got "${text.slice(0, 100)}"`,
    );
  });
  const limitText = parameters.get('limit');
  return {
    type: parameters.list('type')?.includes('process') ?? true,
    scenario: view.scenario?.id,
    models: parameters.list('processID'),
    states,
    ...intervalOf(parameters.get('datetime')),
    minDurationS: whole('minDuration', 1_000_000_000),
    maxDurationS: whole('maxDuration', 1_000_000_000),
    limit: limitText === undefined ? LIMIT.standard : parseWhole(limitText, 'limit', 1, LIMIT.most),
    offset: whole('offset', 1_000_000_000) ?? 0,
  };
}

/** A moment, or `from/to` with `..` or nothing for an open end (18-062r2, 11.2.5). */
function intervalOf(text: string | undefined): { from?: string | undefined; to?: string | undefined } {
  if (text === undefined) return {};
  const [first = '', second = first, ...others] = text.split('/');
  const end = (part: string): string | undefined => {
    if (part === '' || part === '..') return undefined;
    const moment = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/i.test(part) ? new Date(part) : undefined;
    if (moment && !Number.isNaN(moment.getTime())) return moment.toISOString();
    throw invalidParameter(
      'datetime',
      `datetime must be a moment or an interval of RFC 3339, got "${text.slice(0, 100)}"`,
    );
  };
  if (others.length > 0) throw invalidParameter('datetime', 'datetime has more than one /');
  return { from: end(first), to: end(second) };
}
