/** The path of files of buildings for the OpenAPI document of `/api`. */
import { problemAnswer, queryParameter } from '../../http/openapi-parts.ts';
import { BUILDING_FILE_PATH, MOST_IDS } from './protocol.ts';

export const BUILDING_FILE_PATHS = {
  [BUILDING_FILE_PATH]: {
    get: {
      operationId: 'getBuildingsGlb',
      summary:
        'Chosen 3D buildings as binary glTF 2.0: a node for each, in metres round an origin that it states',
      parameters: [
        {
          ...queryParameter('ids', `1 to ${MOST_IDS} ids of buildings_3d`, {
            type: 'array',
            items: { type: 'string' },
            minItems: 1,
            maxItems: MOST_IDS,
          }),
          required: true,
          ...{ style: 'form', explode: false },
        },
      ],
      responses: {
        200: {
          description: 'The buildings',
          content: { 'model/gltf-binary': { schema: { type: 'string', format: 'binary' } } },
        },
        default: problemAnswer('404 names ids that no building of this state of the city has'),
      },
    },
  },
} as const;
