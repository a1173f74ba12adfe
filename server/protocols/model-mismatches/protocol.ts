/** `/api/model/mismatches`: where the 3D model and the register differ, for who keeps them. */
import { invalidParameter } from '../../../core/errors.ts';
import { csvCell } from '../../../core/formats/csv-cell.ts';
import {
  type MismatchAnswer,
  type MismatchQuery,
  mismatchQuerySchema,
} from '../../../core/wire/model-mismatches.ts';
import { requireStaff } from '../../access/require-staff.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
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

function queryOf(ask: Ask): { readonly query: MismatchQuery; readonly format: string } {
  const kvp = readKvp(ask.query);
  const given = Object.keys(mismatchQuerySchema.shape).flatMap((name) => {
    const value = kvp.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const read = mismatchQuerySchema.safeParse(Object.fromEntries(given));
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = String(issue?.path[0] ?? 'kind');
    throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
  }
  const format = kvp.get('f') ?? 'json';
  if (format !== 'json' && format !== 'csv') {
    throw invalidParameter('f', `f must be json or csv, got "${format.slice(0, 50)}"`);
  }
  return { query: read.data, format };
}

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
