/** The list of jobs: runs that may be read, and the orders of whoever asks (18-062r2, 11). */
import { invalidParameter } from '../../../core/errors.ts';
import { RUN_STATES, type Run } from '../../../core/wire/run.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import { jsonReply } from '../../http/json.ts';
import { parseWhole, readKvp } from '../../http/kvp.ts';
import { hrefWith } from '../../http/links.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { KeptOrder, Orders } from '../../services/orders.ts';
import type { RunQuery, Runs } from '../../services/runs.ts';
import { statusInfo } from './job-status.ts';
import { jobOfOrder, ORDER_PROCESS, orderStatusInfo } from './order-process.ts';

const LIMIT = { standard: 100, most: 1_000 };
const UNKEPT = { 'cache-control': 'no-store' };

export async function listJobs(runs: Runs, orders: Orders, ask: Ask): Promise<Reply> {
  const { type, ...query } = queryOf(ask);
  const { jobs, more } = type ? await jobsOf(runs, orders, query, ask) : { jobs: [], more: false };
  const link = (address: string, rel: string) => ({ href: address, rel, type: 'application/json' });
  const next = { limit: query.limit, offset: query.offset + query.limit };
  const links = [link(hrefWith(ask, {}), 'self'), ...(more ? [link(hrefWith(ask, next), 'next')] : [])];
  return jsonReply({ jobs, links }, UNKEPT);
}

/** A page of both, the newest first. */
async function jobsOf(runs: Runs, orders: Orders, query: RunQuery, ask: Ask) {
  const { limit, offset } = query;
  const mine = await ordersIn(orders, query, ask);
  // As many runs earlier as there are orders that may stand before them: the page is then where it would be in the whole.
  const first = Math.max(0, offset - mine.length);
  const found = await runs.list({ ...query, offset: first, limit: offset - first + limit }, ask.view.who);
  const jobs = [
    ...mine.map((order) => orderStatusInfo(ask, order)),
    ...found.runs.map((run) => statusInfo(ask, run, run.id)),
  ].toSorted((a, b) => Date.parse(b.created) - Date.parse(a.created));
  const end = offset - first + limit;
  return { jobs: jobs.slice(offset - first, end), more: found.more || jobs.length > end };
}

/** Of whoever asks: others' orders are for those who know their ids. */
async function ordersIn(
  orders: Orders,
  { models, scenario, ...query }: RunQuery,
  { view }: Ask,
): Promise<readonly KeptOrder[]> {
  if (view.who.who === ANONYMOUS.who || (models && !models.includes(ORDER_PROCESS.name))) return [];
  const listed = await orders.list(view.who, scenario);
  return listed.filter((order) => isWithin(jobOfOrder(order), query));
}

function isWithin(
  { state, createdAt, startedAt, endedAt }: Pick<Run, 'state' | 'createdAt' | 'startedAt' | 'endedAt'>,
  { states, from, to, minDurationS, maxDurationS }: Omit<RunQuery, 'models' | 'scenario'>,
): boolean {
  const created = Date.parse(createdAt);
  if (states && !states.includes(state)) return false;
  if (from !== undefined && created < Date.parse(from)) return false;
  if (to !== undefined && created > Date.parse(to)) return false;
  if (minDurationS === undefined && maxDurationS === undefined) return true;
  if (startedAt === null) return false;
  const tookS = ((endedAt === null ? Date.now() : Date.parse(endedAt)) - Date.parse(startedAt)) / 1000;
  return tookS >= (minDurationS ?? 0) && tookS <= (maxDurationS ?? Infinity);
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
