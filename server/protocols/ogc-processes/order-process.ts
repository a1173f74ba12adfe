/** An order of data as a process: the same service as `/api/orders`, its package as a link. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { conflict, invalidParameter, notFound, TwinError } from '../../../core/errors.ts';
import { newOrderSchema } from '../../../core/wire/order.ts';
import type { ModelDeclaration, Run } from '../../../core/wire/run.ts';
import { jsonReply } from '../../http/json.ts';
import { href } from '../../http/links.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { KeptOrder, Orders } from '../../services/orders.ts';
import { noSuchJob, notReady } from './exceptions.ts';
import { readExecution } from './execute-request.ts';
import { statusInfo } from './job-status.ts';
import { LONGEST_WAIT_MS } from './waiting.ts';

const UNKEPT = { 'cache-control': 'no-store' };
const LOOK_EVERY_MS = 300;
const OUTPUT = 'package';
/** Jobs of orders are told from runs by it. */
const PREFIX = 'order-';

export const ORDER_PROCESS: ModelDeclaration = {
  name: 'order',
  version: '1',
  title: { pl: 'Zamówienie danych', en: 'Order of data' },
  summary: {
    pl: 'Pakuje warstwy wskazanego obszaru w wybranych formatach i układzie; paczka czeka 30 dni',
    en: 'Packs layers of an area in the formats and the system chosen; the package is kept for 30 days',
  },
  layers: [],
  parameters: z.toJSONSchema(newOrderSchema, { io: 'input', target: 'openapi-3.0' }),
  result: {
    type: 'object',
    properties: {
      [OUTPUT]: {
        type: 'string',
        format: 'binary',
        description: 'ZIP archive, by reference',
      },
    },
  },
};

export async function executeOrder(orders: Orders, ask: Ask): Promise<Reply> {
  const { inputs, isAsync } = await readExecution(ask, ORDER_PROCESS, async () => undefined);
  const read = newOrderSchema.safeParse(inputs);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = `inputs.${issue?.path.join('.') ?? ''}`;
    throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
  }
  let order = await orders.put(read.data, ask.view, ask.client ?? '', ask.signal);
  if (isAsync) {
    const location = href(ask.publicUrl, `/ogc/jobs/${PREFIX}${order.id}`);
    const headers = { ...UNKEPT, location, 'preference-applied': 'respond-async' };
    return { ...jsonReply(orderStatusInfo(ask, order), headers), status: 201 };
  }
  const until = Date.now() + LONGEST_WAIT_MS;
  while (stateOf(order) === 'running' || stateOf(order) === 'accepted') {
    if (Date.now() > until) {
      throw new TwinError(
        'timeout',
        `It is still being packed as job ${PREFIX}${order.id}; look at /ogc/jobs/${PREFIX}${order.id}, or ask with Prefer: respond-async`,
      );
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal: ask.signal });
    order = await orders.read(order.id);
  }
  return resultsOf(ask, order);
}

/** The order behind a job; undefined when the job is none of an order. @throws TwinError no-such-job */
export async function orderOfJob(orders: Orders, { route }: Ask): Promise<KeptOrder | undefined> {
  const job = route['job'] ?? '';
  if (!job.startsWith(PREFIX)) return undefined;
  return orders.read(job.slice(PREFIX.length)).catch((error: unknown) => {
    throw error instanceof TwinError && error.kind === 'not-found' ? noSuchJob(job) : error;
  });
}

export const orderStatus = (ask: Ask, order: KeptOrder): Reply =>
  jsonReply(orderStatusInfo(ask, order), UNKEPT);

/** The package as a link, in a document. */
export function resultsOf({ publicUrl }: Ask, order: KeptOrder): Reply {
  return jsonReply({ [OUTPUT]: { href: fileOf(publicUrl, order), type: 'application/zip' } }, UNKEPT);
}

/** Leads to the package itself. */
export function orderOutput({ publicUrl, route }: Ask, order: KeptOrder): Reply {
  const output = route['output'] ?? '';
  if (output !== OUTPUT) throw notFound(`The result has no output "${output.slice(0, 100)}"`, 'output');
  return { status: 303, headers: { ...UNKEPT, location: fileOf(publicUrl, order) } };
}

function fileOf(publicUrl: string, order: KeptOrder): string {
  const state = stateOf(order);
  if (state === 'successful') return href(publicUrl, `/api/orders/${order.id}/file`);
  if (state === 'accepted' || state === 'running') throw notReady(state);
  throw conflict(order.problem?.message ?? `The order is ${order.state}; execute it again`);
}

const stateOf = ({ state }: KeptOrder): Run['state'] => STATES[state];

const STATES: Readonly<Record<KeptOrder['state'], Run['state']>> = {
  ...{ waiting: 'accepted', running: 'running', ready: 'successful', failed: 'failed' },
  ...{ cancelled: 'dismissed', expired: 'dismissed' },
};

/** What is told of it as a job. */
export const jobOfOrder = (order: KeptOrder) => ({
  ...{ model: ORDER_PROCESS.name, state: stateOf(order), progress: order.progress, problem: order.problem },
  ...{ createdAt: order.createdAt, startedAt: order.startedAt, endedAt: order.endedAt },
  updatedAt: order.endedAt ?? order.startedAt ?? order.createdAt,
});

export const orderStatusInfo = (ask: Ask, order: KeptOrder) =>
  statusInfo(ask, jobOfOrder(order), PREFIX + order.id);
