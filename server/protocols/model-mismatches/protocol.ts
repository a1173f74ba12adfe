/** `/api/model/mismatches`: where the 3D model and the register differ, for who keeps them. */
import { csvCell } from '../../../core/formats/csv-cell.ts';
import { type MismatchAnswer, mismatchQuerySchema } from '../../../core/wire/model-mismatches.ts';
import { requireRight } from '../../access/require-right.ts';
import { jsonReply } from '../../http/json.ts';
import { readListQuery } from '../../http/list-query.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const PREFIX = '/api/model';
const UNKEPT = { 'cache-control': 'no-cache' };

export function modelMismatches({ modelMismatches: model }: Pick<Services, 'modelMismatches'>): Protocol {
  return {
    name: 'model-mismatches',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: `${PREFIX}/mismatches`,
        handle: async (ask) => {
          requireRight(ask.view.who, 'see');
          const { query, format } = queryOf(ask);
          const answer = await model.find(query, ask.view, ask.signal);
          const headers = { ...UNKEPT, ...(answer.next !== null && { link: nextLink(ask, answer.next) }) };
          return format === 'csv' ? csvReply(answer, headers) : jsonReply(answer, headers);
        },
      },
    ],
  };
}

const queryOf = (ask: Ask) => readListQuery(ask, mismatchQuerySchema, Object.keys(mismatchQuerySchema.shape));

const HEADINGS =
  'kind,register_id,model_id,state,in_register,in_model,difference,unit,candidate,easting,northing,lon,lat';

function nextLink({ publicUrl, path, query }: Ask, next: string): string {
  const more = new URLSearchParams(query);
  more.set('after', next);
  return `<${publicUrl}${path}?${more}>; rel="next"`;
}

const csvReply = ({ mismatches }: MismatchAnswer, headers: Reply['headers']): Reply => ({
  status: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="model-mismatches.csv"',
    ...headers,
  },
  body: [
    HEADINGS,
    ...mismatches.map((each) =>
      [
        ...[each.kind, each.register, each.model, each.state, each.inRegister, each.inModel],
        ...[each.difference, each.unit, each.candidate, ...each.at, ...each.lonLat],
      ]
        .map((value) => csvCell(value ?? undefined))
        .join(','),
    ),
    '',
  ].join('\r\n'),
});
