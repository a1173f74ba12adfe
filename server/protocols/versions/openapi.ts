/** The paths of dataset versions for the OpenAPI document of `/api`. */
import {
  changePageSchema,
  datasetVersionSchema,
  MOST_CHANGES,
  versionPageSchema,
} from '../../../core/wire/versions.ts';
import {
  jsonAnswer,
  jsonContent,
  pathParameter,
  problemAnswer,
  queryParameter,
} from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer();
const text = { type: 'string' } as const;

export const VERSION_PATHS = {
  '/api/versions': {
    get: {
      operationId: 'listVersions',
      summary:
        'What each load made of a dataset: source, steward, licence, file, counts, extent; the newest first',
      parameters: [
        queryParameter('dataset', 'Only of this dataset', text),
        queryParameter('before', '`next` of the page before', { type: 'integer' }),
        queryParameter('limit', 'Versions of a page', { type: 'integer', default: 100, maximum: 500 }),
      ],
      responses: { 200: jsonAnswer('A page', versionPageSchema), default: PROBLEM },
    },
  },
  '/api/versions/{version}': {
    parameters: [pathParameter('version', 'integer')],
    get: {
      operationId: 'readVersion',
      summary: 'One version of a dataset',
      responses: { 200: jsonAnswer('The version', datasetVersionSchema), default: PROBLEM },
    },
  },
  '/api/changes': {
    get: {
      operationId: 'listChanges',
      summary:
        'What changed between two versions of a dataset, by layer and id: added, changed, removed; replayed it makes the later state from the earlier one',
      parameters: [
        {
          ...queryParameter('from', 'The earlier version; 0 = before the first', { type: 'integer' }),
          required: true,
        },
        queryParameter('to', 'The later version; default the newest', { type: 'integer' }),
        queryParameter('dataset', 'The dataset', { ...text, default: 'city' }),
        queryParameter('layer', 'Only this layer', text),
        queryParameter('after', '`next` of the page before', text),
        queryParameter('limit', 'Changes of a page', {
          type: 'integer',
          default: 500,
          maximum: MOST_CHANGES,
        }),
        queryParameter('f', 'json in the CRS of the dataset, easting first; geojson in WGS 84', {
          ...{ enum: ['json', 'geojson'], default: 'json' },
        }),
      ],
      responses: {
        200: {
          description: 'A page',
          content: {
            ...jsonContent(changePageSchema),
            'application/geo+json': { schema: { type: 'object' } },
          },
        },
        default: PROBLEM,
      },
    },
  },
} as const;
