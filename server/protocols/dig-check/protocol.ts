/** `/api/dig-check`: what an excavation meets under the ground, for whoever digs. */
import { invalidParameter } from '../../../core/errors.ts';
import { csvCell } from '../../../core/formats/csv-cell.ts';
import { type DigAnswer, type DigQuestion, digQuestionSchema } from '../../../core/wire/dig-check.ts';
import { validatedJson, validatedText } from '../../http/json.ts';
import { type Kvp, readKvp } from '../../http/kvp.ts';
import { lawDateOf } from '../../http/law-date.ts';
import { readListFormat } from '../../http/list-query.ts';
import { readOutline } from '../../http/outline.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export const DIG_CHECK_PATH = '/api/dig-check';

export function digCheck({ digChecks }: Pick<Services, 'digChecks'>): Protocol {
  return {
    name: 'dig-check',
    prefix: DIG_CHECK_PATH,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: DIG_CHECK_PATH,
        handle: async (ask) => {
          const kvp = readKvp(ask.query);
          const format = readListFormat(kvp);
          const answer = await digChecks.of(questionOf(kvp), lawDateOf(kvp), ask.view, ask.signal);
          return format === 'json' ? validatedJson(ask, answer) : validatedText(ask, csvOf(answer), CSV);
        },
      },
    ],
  };
}

/** `e,n,e,n,…` as numbers; faults are named as the wire names them. */
function questionOf(kvp: Kvp): DigQuestion {
  const given = {
    outline: readOutline(kvp.require('outline')),
    ...numberIn(kvp, 'depthM'),
    ...numberIn(kvp, 'clearanceM'),
  };
  const read = digQuestionSchema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = String(issue?.path[0] ?? 'outline');
  throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
}

function numberIn(kvp: Kvp, name: string): Readonly<Record<string, number>> {
  const value = kvp.get(name);
  return value === undefined ? {} : { [name]: Number(value) };
}

const CSV = {
  'content-type': 'text/csv; charset=utf-8; header=present',
  'content-disposition': 'attachment; filename="dig-check.csv"',
};

const HEADINGS =
  'verdict,layer,id,network,kind,diameter_mm,material,operator,distance_m,distance_error_m,length_m,top_lowest_m,cover_m,gap_m,gap_error_m,height_source,rules';

function csvOf({ lines, devices }: DigAnswer): string {
  const rows = [
    ...lines.map((line) => [
      ...[
        line.verdict,
        'utility_lines',
        line.id,
        line.network,
        line.lineType,
        line.diameterMm,
        line.material,
      ],
      ...[line.operator, line.distanceM, line.distanceErrorM, line.lengthM, line.top?.lowestM, line.coverM],
      ...[line.gapM, line.gapErrorM, line.heightSource],
      line.rules.map(({ law, state }) => `${law.act} ${law.unit}: ${state}`).join('; '),
    ]),
    ...devices.map((device) => [
      ...['device', 'utility_devices', device.id, device.network, device.kind, '', '', device.operator],
      ...[device.distanceM, device.distanceErrorM, '', '', '', '', '', '', ''],
    ]),
  ];
  const written = rows.map((row) => row.map((value) => csvCell(value ?? undefined)).join(','));
  return [HEADINGS, ...written, ''].join('\r\n');
}
