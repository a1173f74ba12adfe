/** `/api/uses`: how often each layer was asked for, by door and time, and ordered. For staff. */
import { useTableQuerySchema } from '../../../core/wire/data-use.ts';
import { csvReply } from '../../http/csv-reply.ts';
import { jsonReply } from '../../http/json.ts';
import { readListQuery } from '../../http/list-query.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export function uses({ uses: counted }: Pick<Services, 'uses'>): Protocol {
  const path = '/api/uses';
  return {
    name: 'uses',
    prefix: path,
    explain: explainAsProblem,
    routes: [{ method: 'GET', path, handle: (ask) => table(counted, ask) }],
  };
}

async function table(counted: Services['uses'], ask: Ask): Promise<Reply> {
  const names = Object.keys(useTableQuerySchema.shape);
  const { query, format } = readListQuery(ask, useTableQuerySchema, names);
  const found = await counted.table(query, ask.view.who);
  if (format === 'json') return jsonReply(found, { 'cache-control': 'no-store' });
  return csvReply(
    'uses.csv',
    'period,layer,door,profile,requests,handed_out',
    found.rows.map(({ period, layer, door, profile, requests, handedOut }) => [
      ...[period, layer, door, profile, requests, handedOut],
    ]),
  );
}
