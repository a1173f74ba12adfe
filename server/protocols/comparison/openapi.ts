/** Paths of comparing scenarios for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { differencesReplySchema } from '../../../core/wire/differences.ts';

const PROBLEM = {
  description: 'What was wrong (RFC 9457)',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
} as const;

export const COMPARISON_PATHS = {
  '/api/scenarios/{scenario}/differences': {
    parameters: [{ name: 'scenario', in: 'path', required: true, schema: { type: 'string' } }],
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
