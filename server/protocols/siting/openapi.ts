/** The paths of siting for the OpenAPI document of `/api`. */
import type { z } from 'zod';
import { isochronesQuestionSchema, isochronesReplySchema } from '../../../core/wire/isochrones.ts';
import { sitingAnswerSchema, sitingPreviewReplySchema } from '../../../core/wire/siting-answer.ts';
import {
  sitingAskedSchema,
  sitingPreviewSchema,
  sitingSearchSchema,
} from '../../../core/wire/siting-question.ts';
import { jsonContent, pathParameter, problemAnswer } from '../../http/openapi-parts.ts';
import { REPORT_FORMATS, sitingReportSchema } from './report.ts';

const PROBLEM = problemAnswer('`refusal` is the code of the reason, `values` its numbers');

const asked = (
  operationId: string,
  summary: string,
  question: z.ZodType,
  answer: z.ZodType,
  description: string,
) => ({
  post: {
    ...{ operationId, summary },
    requestBody: { required: true, content: jsonContent(question, 'input') },
    responses: { 200: { description, content: jsonContent(answer) }, default: PROBLEM },
  },
});

export const SITING_PATHS = {
  '/api/siting': asked(
    'siteFacilities',
    'Where new facilities should stand: the best sites with a proven bound, the second choice and who gains',
    sitingAskedSchema,
    sitingAnswerSchema,
    'The best sites, and what they mean for everybody',
  ),
  '/api/siting/searches/{ticket}': {
    get: {
      operationId: 'readSearch',
      summary: 'How far a search of yours is: the best so far and its bound',
      parameters: [pathParameter('ticket')],
      responses: {
        200: { description: 'The search as it stands', content: jsonContent(sitingSearchSchema) },
        204: { description: 'No such search of yours is under way here; it may have ended' },
        default: PROBLEM,
      },
    },
    delete: {
      operationId: 'endSearch',
      summary: 'Ends a search of yours; its request is answered with the best so far and its bound',
      parameters: [pathParameter('ticket')],
      responses: { 204: { description: 'The search ends' }, default: PROBLEM },
    },
  },
  '/api/siting/preview': asked(
    'previewSites',
    'What sites would do where somebody has put them; nothing is searched',
    sitingPreviewSchema,
    sitingPreviewReplySchema,
    'Before and after, by district and place',
  ),
  ...Object.fromEntries(
    REPORT_FORMATS.map((format) => [
      `/api/siting/report.${format}`,
      {
        post: {
          operationId: `sitingReport_${format}`,
          summary:
            'The best sites of a question, or sites as somebody has put them, for print; gpkg: as layers of sites and people',
          requestBody: { required: true, content: jsonContent(sitingReportSchema, 'input') },
          responses: {
            200: { description: 'Made from what everybody may see, whoever asks' },
            default: PROBLEM,
          },
        },
      },
    ]),
  ),
  '/api/siting/isochrones': asked(
    'walkingIsochrones',
    'How far one gets on foot from a place along streets and paths',
    isochronesQuestionSchema,
    isochronesReplySchema,
    'Streets and ground within each time',
  ),
};
