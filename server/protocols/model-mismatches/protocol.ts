/** `/api/model/mismatches`: where the 3D model and the register differ, for who keeps them. */
import { csvCell } from '../../../core/formats/csv-cell.ts';
import { type MismatchAnswer, mismatchQuerySchema } from '../../../core/wire/model-mismatches.ts';
import { requireStaff } from '../../access/require-staff.ts';
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
          requireStaff(ask.view.who);
          const { query, format } = queryOf(ask);
          const answer = await model.find(query, ask.view, ask.signal);
          return format === 'csv' ? csvReply(answer) : jsonReply(answer, UNKEPT);
        },
      },
    ],
  };
}

const queryOf = (ask: Ask) => readListQuery(ask, mismatchQuerySchema, Object.keys(mismatchQuerySchema.shape));

const HEADINGS =
  'kind,register_id,model_id,state,in_register,in_model,difference,unit,candidate,easting,northing,lon,lat';

const csvReply = ({ mismatches }: MismatchAnswer): Reply => ({
  status: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="model-mismatches.csv"',
    ...UNKEPT,
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
