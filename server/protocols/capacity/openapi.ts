/** The path of capacity for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { capacityParametersSchema, capacityResultSchema } from '../../../core/wire/capacity.ts';
import { jsonContent, pathParameter, problemAnswer } from '../../http/openapi-parts.ts';

const { properties = {} } = z.toJSONSchema(capacityParametersSchema, { io: 'input' });
const asked = Object.entries(properties).filter(([name]) => name !== 'parcel');

export const CAPACITY_PATHS = {
  '/api/parcels/{parcel}/capacity': {
    parameters: [pathParameter('parcel')],
    get: {
      operationId: 'getCapacity',
      summary: 'What may still be built on a parcel, and what limits each wall and number',
      parameters: [
        ...asked.map(([name, schema]) => ({ name, in: 'query', schema })),
        {
          name: 'lawDate',
          in: 'query',
          description: 'Day whose law applies; that of the scenario, else 2026-06-30',
          schema: { type: 'string', format: 'date' },
        },
      ],
      responses: {
        200: {
          description: 'The capacity',
          content: jsonContent(capacityResultSchema),
        },
        default: problemAnswer(),
      },
    },
  },
} as const;
