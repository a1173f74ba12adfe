/** Paths of comparing scenarios for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { differencesReplySchema } from '../../../core/wire/differences.ts';
import { pathParameter, problemAnswer } from '../../http/openapi-parts.ts';
import { MOST_REPORTED } from './report.ts';

const PROBLEM = problemAnswer();

const report = (operationId: string, summary: string, type: string) => ({
  get: {
    operationId,
    summary,
    parameters: [
      {
        name: 'ids',
        in: 'query',
        required: true,
        description: 'Scenarios, separated by commas',
        explode: false,
        schema: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: MOST_REPORTED },
      },
      { name: 'lang', in: 'query', schema: { enum: ['pl', 'en'] } },
      {
        ...{ name: 'trafficHour', in: 'query' },
        schema: { type: 'integer', minimum: 0, maximum: 23, default: 7 },
      },
    ],
    responses: { 200: { description: 'The report', content: { [type]: {} } }, default: PROBLEM },
  },
});

export const COMPARISON_PATHS = {
  '/api/scenarios/compare/report.pdf': report(
    'getPdfReport',
    'A comparison with maps, effects, assumptions and dates of the data, as tagged PDF',
    'application/pdf',
  ),
  '/api/scenarios/compare/report.html': report(
    'getHtmlReport',
    'The same as one page of HTML that loads nothing',
    'text/html',
  ),
  '/api/scenarios/compare/report.docx': report(
    'getDocxReport',
    'The same for word processors, to be written on',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ),
  '/api/scenarios/{scenario}/differences': {
    parameters: [pathParameter('scenario')],
    get: {
      operationId: 'getDifferences',
      summary: 'The objects in which a scenario differs from its base, as GeoJSON',
      responses: {
        200: {
          description: 'Objects added, removed and changed',
          content: { 'application/geo+json': { schema: z.toJSONSchema(differencesReplySchema) } },
        },
        default: PROBLEM,
      },
    },
  },
} as const;
