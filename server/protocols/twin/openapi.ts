import { layersReplySchema } from '../../../core/wire/city.ts';
import { searchReplySchema } from '../../../core/wire/search.ts';
import { jsonReply } from '../../http/json.ts';
import { jsonAnswer, problemAnswer } from '../../http/openapi-parts.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { identitySchema } from './account.ts';
import { SEARCH_LIMIT } from './search.ts';

/** The OpenAPI document of `/api`, its schemas made from those that the replies are typed by. */
export function openApi(ask: Ask, otherPaths: object): Reply {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Blizniak /api', version: '1.0', description: 'What a city holds, and search by words.' },
    servers: [{ url: ask.publicUrl }],
    paths: {
      '/api/layers': {
        get: {
          operationId: 'getLayers',
          summary: 'The city and its layers with count, extent, age and source',
          responses: { 200: jsonAnswer('Layers', layersReplySchema), default: PROBLEM },
        },
      },
      '/api/search': {
        get: {
          operationId: 'search',
          summary: 'Finds parcels and buildings by words',
          parameters: [
            { name: 'q', in: 'query', required: true, schema: { type: 'string', maxLength: 200 } },
            {
              name: 'limit',
              in: 'query',
              schema: {
                type: 'integer',
                minimum: 1,
                maximum: SEARCH_LIMIT.highest,
                default: SEARCH_LIMIT.standard,
              },
            },
          ],
          responses: { 200: jsonAnswer('Hits, best first', searchReplySchema), default: PROBLEM },
        },
      },
      '/api/whoami': {
        get: {
          operationId: 'whoami',
          summary: 'Who the service takes the caller for',
          responses: { 200: jsonAnswer('Identity', identitySchema), default: PROBLEM },
        },
      },
      ...otherPaths,
    },
    components: {
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{}, { basic: [] }, { bearer: [] }],
  };
  return jsonReply(document, {}, 'application/vnd.oai.openapi+json;version=3.1');
}

const PROBLEM = problemAnswer();
