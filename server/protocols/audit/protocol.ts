/** `/api/audit`: who did what, when and why, for auditors. */
import { auditQuerySchema } from '../../../core/wire/audit.ts';
import { csvReply } from '../../http/csv-reply.ts';
import { jsonReply } from '../../http/json.ts';
import { readListQuery } from '../../http/list-query.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const PATH = '/api/audit';

export function audit({ audit: kept }: Pick<Services, 'audit'>): Protocol {
  return {
    name: 'audit',
    prefix: PATH,
    explain: explainAsProblem,
    routes: [{ method: 'GET', path: PATH, handle: (ask) => page(kept, ask) }],
  };
}

async function page(kept: Services['audit'], ask: Ask): Promise<Reply> {
  const { query, format } = readListQuery(ask, auditQuerySchema, Object.keys(auditQuerySchema.shape));
  const { who } = ask.view;
  const found = await kept.page(query, who);
  if (format === 'json') return jsonReply(found, { 'cache-control': 'no-store' });
  kept.note({
    ...{ who: who.who, what: 'audit.exported', about: ask.query.toString().slice(0, 200), quietMs: 0 },
    detail: { rows: found.rows.length },
  });
  return csvReply(
    'audit.csv',
    'place,at,who,what,about,why,detail,digest',
    found.rows.map(({ place, at, who: name, what, about, why, detail, digest }) => [
      ...[place, at, name, what, about, why, detail, digest],
    ]),
  );
}
