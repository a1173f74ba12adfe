/** The paths of kept findings for the OpenAPI document of `/api`. */
import {
  KEPT_STATES,
  keptPageSchema,
  keptSummarySchema,
  MOST_KEPT_PARCELS,
} from '../../../core/wire/kept-findings.ts';
import { jsonContent, problemAnswer } from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer();
const parameter = (name: string, description: string, schema: object, required = false) => ({
  ...{ name, in: 'query', description, required, schema },
});

export const KEPT_FINDINGS_PATHS = {
  '/api/findings': {
    get: {
      operationId: 'summariseFindings',
      summary:
        'Findings of every parcel as they were last refreshed: counts by rule, of when, and whether they hold',
      responses: {
        200: { description: 'Counts and state', content: jsonContent(keptSummarySchema) },
        default: PROBLEM,
      },
    },
  },
  '/api/findings/parcels': {
    get: {
      operationId: 'listFindings',
      summary: 'Parcels by what became of a rule, page by page',
      parameters: [
        parameter('rule', 'Id of the rule', { type: 'string', examples: ['flood-special-hazard'] }, true),
        parameter('state', 'What became of it', { enum: KEPT_STATES, default: 'applies' }),
        parameter('after', 'Only parcels after this id', { type: 'string' }),
        parameter('limit', 'Parcels at most', { type: 'integer', default: 100, maximum: MOST_KEPT_PARCELS }),
        parameter('f', 'Form of the answer', { enum: ['json', 'csv'], default: 'json' }),
      ],
      responses: {
        200: { description: 'Parcels by id', content: jsonContent(keptPageSchema) },
        default: PROBLEM,
      },
    },
  },
};
