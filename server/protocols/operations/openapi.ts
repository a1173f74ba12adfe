/** The path of operations for the OpenAPI document of `/api`. */
import { operationsSchema } from '../../../core/wire/operations.ts';
import { jsonAnswer, problemAnswer, SIGNED_IN } from '../../http/openapi-parts.ts';

export const OPERATIONS_PATHS = {
  '/api/operations': {
    get: {
      operationId: 'readOperations',
      summary: 'For staff: load and errors of this server, the queue, freshness of layers, storage',
      security: SIGNED_IN,
      responses: { 200: jsonAnswer('How the service is doing', operationsSchema), default: problemAnswer() },
    },
  },
} as const;
