/** The paths of consequences for the OpenAPI document of `/api`. */
import { z } from 'zod';
import {
  comparisonSchema,
  consequencesReplySchema,
  tableParametersSchema,
} from '../../../core/wire/consequences.ts';
import { jsonAnswer, pathParameter, problemAnswer } from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer();

const { properties = {} } = z.toJSONSchema(tableParametersSchema, { io: 'input' });
/** In an address: a box is four numbers with commas. */
const PARAMETERS = Object.entries(properties).map(([name, schema]) => ({
  name,
  in: 'query',
  schema,
  ...(name === 'bbox' && { style: 'form', explode: false }),
}));

export const CONSEQUENCE_PATHS = {
  '/api/scenarios/{scenario}/consequences': {
    parameters: [pathParameter('scenario')],
    get: {
      operationId: 'getConsequences',
      summary: 'What follows from a scenario: before, after, difference and bounds of every indicator',
      parameters: PARAMETERS,
      responses: { 200: jsonAnswer('The table', consequencesReplySchema), default: PROBLEM },
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
      responses: { 200: jsonAnswer('The comparison', comparisonSchema), default: PROBLEM },
    },
  },
} as const;
