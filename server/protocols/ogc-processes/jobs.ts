/** `/ogc/jobs`: runs and orders as jobs, their results, their list and their dismissal (18-062r2, 7.12, 7.13, 11, 13). */
import { TwinError } from '../../../core/errors.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { explainAsException, noSuchJob, notReady } from './exceptions.ts';
import { listJobs } from './job-list.ts';
import { statusInfo } from './job-status.ts';
import { orderOfJob, orderOutput, orderStatus, resultsOf } from './order-process.ts';
import { addressOf, failureOf } from './processes.ts';
import { outputReply, resultsReply } from './results.ts';
import { readJobId } from './selection.ts';

const PREFIX = '/ogc/jobs';
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
      { method: 'GET', path: PREFIX, handle: (ask) => listJobs(runs, orders, ask) },
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
