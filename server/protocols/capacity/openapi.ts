/** The path of capacity for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { capacityParametersSchema, capacityResultSchema } from '../../../core/wire/capacity.ts';

const { properties = {} } = z.toJSONSchema(capacityParametersSchema, { io: 'input' });
const asked = Object.entries(properties).filter(([name]) => name !== 'parcel');

export const CAPACITY_PATHS = {
  '/api/parcels/{parcel}/capacity': {
    parameters: [{ name: 'parcel', in: 'path', required: true, schema: { type: 'string' } }],
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
          content: { 'application/json': { schema: z.toJSONSchema(capacityResultSchema, { io: 'output' }) } },
        },
        default: {
          description: 'What was wrong (RFC 9457)',
          content: { 'application/problem+json': { schema: { type: 'object' } } },
        },
      },
    },
  },
} as const;
