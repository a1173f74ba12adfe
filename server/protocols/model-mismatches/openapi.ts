/** The path of mismatches of the 3D model for the OpenAPI document of `/api`. */
import {
  MISMATCH_KINDS,
  MOST_MISMATCHES,
  mismatchAnswerSchema,
  mismatchQuerySchema,
} from '../../../core/wire/model-mismatches.ts';
import { jsonContent, problemAnswer } from '../../http/openapi-parts.ts';

const described = mismatchQuerySchema.shape;
const parameter = (name: keyof typeof described, schema: object) => ({
  ...{ name, in: 'query', required: false, schema },
  description: described[name].description ?? 'Mismatches told at most',
});

export const MODEL_MISMATCH_PATHS = {
  '/api/model/mismatches': {
    get: {
      operationId: 'listModelMismatches',
      summary: 'Where the 3D model and the buildings of the register differ, with places; for staff',
      parameters: [
        parameter('kind', { enum: MISMATCH_KINDS }),
        parameter('areaM2', { type: 'number', default: 5 }),
        parameter('heightM', { type: 'number', default: 1 }),
        parameter('storeys', { type: 'integer', default: 0 }),
        parameter('after', { type: 'string' }),
        parameter('limit', { type: 'integer', default: 200, maximum: MOST_MISMATCHES }),
        {
          name: 'f',
          in: 'query',
          description: 'Form of the answer',
          required: false,
          schema: { enum: ['json', 'csv'], default: 'json' },
        },
      ],
      responses: {
        200: {
          description: 'Counts of each kind, and mismatches with places',
          content: jsonContent(mismatchAnswerSchema),
        },
        default: problemAnswer(),
      },
    },
  },
};
