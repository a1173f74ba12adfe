/** `/api/findings`: what the last refresh of the batch found of every parcel, of when it is, and whether it still holds. */

import { notSupported } from '../../../core/errors.ts';
import { csvCell } from '../../../core/formats/csv-cell.ts';
import { type KeptPage, type KeptQuery, keptQuerySchema } from '../../../core/wire/kept-findings.ts';
import { jsonReply } from '../../http/json.ts';
import { readListQuery } from '../../http/list-query.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const PREFIX = '/api/findings';
const UNKEPT = { 'cache-control': 'no-cache' };

export function keptFindings({ keptFindings: kept }: Pick<Services, 'keptFindings'>): Protocol {
  return {
    name: 'kept-findings',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: PREFIX,
        handle: async (ask) => {
          refuseOtherStates(ask);
          return jsonReply(await kept.summary(ask.signal), UNKEPT);
        },
      },
      {
        method: 'GET',
        path: `${PREFIX}/parcels`,
        handle: async (ask) => {
          refuseOtherStates(ask);
          const { query, format } = queryOf(ask);
          const page = await kept.page(query, ask.signal);
          return format === 'csv' ? csvReply(page, query) : jsonReply(page, UNKEPT);
        },
      },
    ],
  };
}

/** @throws TwinError not-supported: only of the city today findings are kept */
function refuseOtherStates({ view }: Ask): void {
  if (!view.scenario && !view.at) return;
  throw notSupported(
    'Findings are kept of the city of today alone; ask /api/checks for parcels of a scenario or an earlier day',
  );
}

const queryOf = (ask: Ask) => readListQuery(ask, keptQuerySchema, ['rule', 'state', 'after', 'limit']);

const HEADINGS =
  'parcel_id,rule,state,reason_pl,reason_en,area_m2,area_error_m2,share,length_m,distance_m,objects';

/** One row for each finding; a parcel of which none is kept has one row. */
function csvReply({ parcels, next }: KeptPage, { rule, state }: KeptQuery): Reply {
  const rows = parcels.flatMap(({ parcel, findings }) =>
    findings.length === 0
      ? [[parcel, rule, state, ...Array<undefined>(8).fill(undefined)]]
      : findings.map(({ reason, measured = {}, objects, ...finding }) => [
          ...[parcel, finding.rule, finding.state, reason.pl, reason.en],
          ...[measured.areaM2, measured.areaErrorM2, measured.share, measured.lengthM, measured.distanceM],
          objects.join(' '),
        ]),
  );
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="findings.csv"',
      ...(next !== undefined && {
        link: `<${PREFIX}/parcels?${new URLSearchParams({ rule, state, after: next, f: 'csv' })}>; rel="next"`,
      }),
      ...UNKEPT,
    },
    body: [HEADINGS, ...rows.map((row) => row.map(csvCell).join(',')), ''].join('\r\n'),
  };
}
