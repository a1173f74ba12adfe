/** The path of excavations for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { digAnswerSchema, digQuestionSchema } from '../../../core/wire/dig-check.ts';
import { jsonContent, problemAnswer } from '../../http/openapi-parts.ts';

const { properties = {} } = z.toJSONSchema(digQuestionSchema, { io: 'input' });

export const DIG_CHECK_PATHS = {
  '/api/dig-check': {
    get: {
      operationId: 'checkExcavation',
      summary:
        'What an excavation meets: lines and devices with distances, depths, rules, and what nobody can tell',
      parameters: [
        {
          name: 'outline',
          in: 'query',
          required: true,
          description:
            'Corners as easting,northing,easting,northing,… in the CRS of the city, without crossings',
          schema: { type: 'string' },
        },
        ...['depthM', 'clearanceM'].map((name) => ({ name, in: 'query', schema: properties[name] })),
        {
          name: 'lawDate',
          in: 'query',
          description: 'Day whose law applies; 2026-06-30 without it',
          schema: { type: 'string', format: 'date' },
        },
        { name: 'f', in: 'query', schema: { enum: ['json', 'csv'], default: 'json' } },
      ],
      responses: {
        200: { description: 'What it meets', content: jsonContent(digAnswerSchema) },
        default: problemAnswer(),
      },
    },
  },
} as const;
