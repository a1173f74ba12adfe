/** The path of change sets of the 3D model for the OpenAPI document of `/api`. */
import {
  modelChangeAnswerSchema,
  modelChangePageSchema,
  modelChangeQuerySchema,
  modelChangeSetSchema,
} from '../../../core/wire/model-change.ts';
import { jsonAnswer, jsonBody, problemAnswer, queryParameter, SIGNED_IN } from '../../http/openapi-parts.ts';

const { building, before } = modelChangeQuerySchema.shape;
const PROBLEM = problemAnswer('`parameter` names the member at fault, such as changes.2.parts.0.body');

export const MODEL_CHANGE_PATHS = {
  '/api/model/changes': {
    get: {
      operationId: 'listModelChanges',
      summary: 'For staff: change sets of the 3D model, the newest first',
      security: SIGNED_IN,
      parameters: [
        queryParameter('building', building.description ?? '', { type: 'string' }),
        queryParameter('before', before.description ?? '', { type: 'integer' }),
        queryParameter('limit', 'Change sets of a page', { type: 'integer', default: 50, maximum: 200 }),
      ],
      responses: { 200: jsonAnswer('A page', modelChangePageSchema), default: PROBLEM },
    },
    post: {
      operationId: 'changeModel',
      summary:
        'For staff: buildings of the 3D model are built, demolished, split, merged or given another body, all of the set or nothing',
      security: SIGNED_IN,
      parameters: [
        queryParameter('dryRun', 'Check everything, tell what would change, and keep nothing', {
          ...{ type: 'boolean', default: false },
        }),
      ],
      requestBody: jsonBody(modelChangeSetSchema),
      responses: {
        200: jsonAnswer('A preview, or what was done before by the same set', modelChangeAnswerSchema),
        201: jsonAnswer('What was done', modelChangeAnswerSchema),
        default: PROBLEM,
      },
    },
  },
};
