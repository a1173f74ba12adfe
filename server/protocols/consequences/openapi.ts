/** The paths of consequences for the OpenAPI document of `/api`. */
import { z } from 'zod';
import {
  comparisonSchema,
  consequenceParametersSchema,
  consequencesReplySchema,
} from '../../../core/wire/consequences.ts';

const answer = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema: z.toJSONSchema(schema, { io: 'output' }) } },
});
const PROBLEM = {
  description: 'What was wrong (RFC 9457)',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
} as const;

const { properties = {} } = z.toJSONSchema(consequenceParametersSchema, { io: 'input' });
/** In an address: a box is four numbers with commas. */
const PARAMETERS = Object.entries(properties).map(([name, schema]) => ({
  name,
  in: 'query',
  schema,
  ...(name === 'bbox' && { style: 'form', explode: false }),
}));

export const CONSEQUENCE_PATHS = {
  '/api/scenarios/{scenario}/consequences': {
    parameters: [{ name: 'scenario', in: 'path', required: true, schema: { type: 'string' } }],
    get: {
      operationId: 'getConsequences',
      summary: 'What follows from a scenario: before, after, difference and bounds of every indicator',
      parameters: PARAMETERS,
      responses: { 200: answer('The table', consequencesReplySchema), default: PROBLEM },
    },
  },
  '/api/scenarios/compare': {
    get: {
      operationId: 'compareScenarios',
      summary: 'The tables of several scenarios over one area, side by side',
      parameters: [
        {
          name: 'ids',
          in: 'query',
          required: true,
          style: 'form',
          explode: false,
          schema: { type: 'array', items: { type: 'string' }, minItems: 1 },
        },
        ...PARAMETERS,
      ],
      responses: { 200: answer('The comparison', comparisonSchema), default: PROBLEM },
    },
  },
} as const;
