/** Pieces of the OpenAPI document that the paths of scenarios share. */
import { z } from 'zod';
import { scenarioChangedReplySchema } from '../../../core/wire/scenario.ts';

const json = (schema: z.ZodType, io: 'input' | 'output' = 'output') => ({
  'application/json': { schema: z.toJSONSchema(schema, { io }) },
});
export const answer = (description: string, schema: z.ZodType) => ({ description, content: json(schema) });
export const body = (schema: z.ZodType) => ({ required: true, content: json(schema, 'input') });
export const PROBLEM = {
  description: 'What was wrong (RFC 9457); 409 when somebody else has changed the scenario meanwhile',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
} as const;
export const part = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
export const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The revision that the change was made from, as in the ETag',
  schema: { type: 'string' },
} as const;
export const SIGNED_IN = [{ basic: [] }, { bearer: [] }];

export const changing = (operationId: string, summary: string, more: object = {}) => ({
  operationId,
  summary,
  security: SIGNED_IN,
  parameters: [IF_MATCH],
  responses: { 200: answer('The scenario after the change', scenarioChangedReplySchema), default: PROBLEM },
  ...more,
});
