/** Pieces of the OpenAPI document that the paths of scenarios share. */
import { scenarioChangedReplySchema } from '../../../core/wire/scenario.ts';
import { jsonAnswer, problemAnswer, SIGNED_IN } from '../../http/openapi-parts.ts';

export const PROBLEM = problemAnswer('409 when somebody else has changed the scenario meanwhile');
export const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The revision that the change was made from, as in the ETag',
  schema: { type: 'string' },
} as const;

export const changing = (operationId: string, summary: string, more: object = {}) => ({
  operationId,
  summary,
  security: SIGNED_IN,
  parameters: [IF_MATCH],
  responses: {
    200: jsonAnswer('The scenario after the change', scenarioChangedReplySchema),
    default: PROBLEM,
  },
  ...more,
});
