/** `/api/siting`: where facilities should stand, what moved sites would do, how far one gets on foot. */
import { notFound } from '../../../core/errors.ts';
import { isochronesQuestionSchema } from '../../../core/wire/isochrones.ts';
import { sitingAskedSchema, sitingPreviewSchema } from '../../../core/wire/siting-question.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol } from '../../http/protocol.ts';
import { answerReport, REPORT_FORMATS, type ReportedCity, type SitingReportServices } from './report.ts';

const PREFIX = '/api/siting';
const UNKEPT = { 'cache-control': 'no-store' };

export function siting(services: SitingReportServices, city: ReportedCity): Protocol {
  const { siting: service } = services;
  return {
    name: 'siting',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'POST',
        path: PREFIX,
        handle: async (ask) => {
          const asked = parseBody(ask, sitingAskedSchema);
          return jsonReply(await service.answer(asked, ask.view, ask.signal), UNKEPT);
        },
      },
      {
        method: 'DELETE',
        path: `${PREFIX}/searches/:ticket`,
        handle: ({ route, view }) => {
          const ticket = route['ticket'] ?? '';
          if (service.enough(ticket, view)) return { status: 204, headers: {} };
          throw notFound(
            `There is no search "${ticket.slice(0, 64)}" of yours under way here; it may have ended`,
            'ticket',
          );
        },
      },
      {
        method: 'GET',
        path: `${PREFIX}/searches/:ticket`,
        handle: ({ route, view }) => {
          const ticket = route['ticket'] ?? '';
          const search = service.searching(ticket, view);
          // Whoever follows a search asks once more when it has just ended.
          return search ? jsonReply(search, UNKEPT) : { status: 204, headers: UNKEPT };
        },
      },
      {
        method: 'POST',
        path: `${PREFIX}/preview`,
        handle: async (ask) => {
          const asked = parseBody(ask, sitingPreviewSchema);
          return jsonReply(await service.preview(asked, ask.view, ask.signal), UNKEPT);
        },
      },
      {
        method: 'POST',
        path: `${PREFIX}/isochrones`,
        handle: async (ask) => {
          const asked = parseBody(ask, isochronesQuestionSchema);
          return jsonReply(await service.isochrones(asked, ask.view, ask.signal), UNKEPT);
        },
      },
      ...REPORT_FORMATS.map((format) => ({
        method: 'POST' as const,
        path: `${PREFIX}/report.${format}`,
        handle: (ask: Ask) => answerReport(services, city, format, ask),
      })),
    ],
  };
}
