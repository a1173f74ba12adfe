/** The path of use counts for the OpenAPI document of `/api`. */
import { useTableSchema } from '../../../core/wire/data-use.ts';
import { jsonContent, problemAnswer, queryParameter, SIGNED_IN } from '../../http/openapi-parts.ts';

const text = { type: 'string' } as const;
const day = { type: 'string', format: 'date' } as const;

export const USES_PATHS = {
  '/api/uses': {
    get: {
      operationId: 'readUses',
      summary:
        'For staff: requests and what was handed out by layer, door and time, with orders among them; nothing of persons',
      security: SIGNED_IN,
      parameters: [
        queryParameter('from', 'First day, in Poland', day),
        queryParameter('to', 'Last day', day),
        queryParameter('layer', 'Only this layer', text),
        queryParameter('door', 'Only this door: wms, wfs, vector-tiles, orders …', text),
        queryParameter('by', 'What a row sums up', {
          enum: ['day', 'month', 'year', 'all'],
          default: 'month',
        }),
        queryParameter('f', 'json or csv', { enum: ['json', 'csv'], default: 'json' }),
      ],
      responses: {
        200: {
          description: 'Rows',
          content: { ...jsonContent(useTableSchema), 'text/csv': { schema: { type: 'string' } } },
        },
        default: problemAnswer(),
      },
    },
  },
};
