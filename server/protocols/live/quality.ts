import { invalidParameter } from '../../../core/errors.ts';
import type { QualityReply } from '../../../core/wire/quality.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { datastreamsOf, momentOf } from './asked.ts';

export const QUALITY_LIMIT = 1_000;
const DAY_MS = 86_400_000;

/** When values of some datastreams, or of all, were in doubt, and why; of the last day where nothing else is asked. */
export async function getQuality({ quality }: Services, ask: Ask): Promise<Reply> {
  const parameters = readKvp(ask.query);
  const until = parameters.get('to');
  const to = until === undefined ? (ask.view.at ?? new Date()) : momentOf(until, 'to');
  const since = parameters.get('from');
  const from = since === undefined ? new Date(to.getTime() - DAY_MS) : momentOf(since, 'from');
  if (from > to) throw invalidParameter('from', 'from must not be later than to');
  const ids = parameters.list('datastream');
  const datastreams = ids === undefined ? undefined : datastreamsOf(ids, QUALITY_LIMIT);
  const found = await quality.episodes({ datastreams, from, to }, ask.signal);
  const reply: QualityReply = {
    from: from.toISOString(),
    to: to.toISOString(),
    episodes: [...found.episodes],
    more: found.more,
  };
  return jsonReply(reply, { 'cache-control': 'no-store' });
}
