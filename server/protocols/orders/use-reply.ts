/** The use register and its statistics, as JSON or CSV. */
import { invalidParameter } from '../../../core/errors.ts';
import {
  type UsePage,
  type UseQuery,
  type UseStatistics,
  useQuerySchema,
} from '../../../core/wire/data-use.ts';
import { csvReply } from '../../http/csv-reply.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { readListFormat } from '../../http/list-query.ts';
import type { Ask, Reply } from '../../http/protocol.ts';

/** @throws TwinError invalid-parameter */
export function useQueryOf({ query }: Ask): UseQuery {
  const kvp = readKvp(query);
  const names = Object.keys(useQuerySchema.shape);
  const given = names.flatMap((name) => {
    const value = kvp.get(name);
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  const read = useQuerySchema.safeParse(Object.fromEntries(given));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = String(issue?.path[0] ?? 'year');
  throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
}

export function statisticsReply(ask: Ask, statistics: UseStatistics): Reply {
  if (!wantsCsv(ask)) return jsonReply(statistics, { 'cache-control': 'no-cache' });
  return csvReply(
    'use-statistics.csv',
    'year,layer,format,profile,orders',
    statistics.rows.map(({ year, layer, format, profile, orders }) => [year, layer, format, profile, orders]),
  );
}

export function registerReply(ask: Ask, page: UsePage): Reply {
  if (!wantsCsv(ask)) return jsonReply(page, { 'cache-control': 'no-store' });
  return csvReply(
    'use-register.csv',
    'id,taken_at,account,client,organisation,profile,case_number,layers,formats,objects,cancelled',
    page.rows.map((row) => [
      ...[row.id, row.takenAt, row.account, row.client, row.organisation, row.profile, row.caseNumber],
      ...[row.layers.join(' '), row.formats.join(' '), row.objects, String(row.cancelled)],
    ]),
  );
}

/** @throws TwinError invalid-parameter */
const wantsCsv = (ask: Ask): boolean => readListFormat(readKvp(ask.query)) === 'csv';
