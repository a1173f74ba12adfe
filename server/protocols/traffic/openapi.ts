/** The paths of traffic for the OpenAPI document of `/api`. */
import { TRAFFIC_FORMATS } from '../../../core/formats/traffic-files.ts';
import { pathParameter, problemAnswer } from '../../http/openapi-parts.ts';
import { DOCUMENT_FORMATS } from '../../services/documents.ts';
import { NOISE_STATES } from './noise-geojson.ts';

const PROBLEM = problemAnswer('409 while the run has no result');

const file = (operationId: string, summary: string) => ({
  get: {
    ...{ operationId, summary },
    parameters: [
      {
        ...pathParameter('run'),
        description: 'Id of a run of the model traffic-assignment',
      },
    ],
    responses: { 200: { description: 'The file' }, default: PROBLEM },
  },
});

export const TRAFFIC_PATHS = Object.fromEntries([
  ...DOCUMENT_FORMATS.map((format) => [
    `/api/traffic/runs/{run}/report.${format}`,
    file(`trafficReport_${format}`, 'What the run found, its accuracy and assumptions, for print'),
  ]),
  [
    '/api/traffic/runs/{run}/links.csv',
    file('trafficLinks', 'Every direction of every section of a street, before and after'),
  ],
  [
    '/api/traffic/runs/{run}/noise.geojson',
    {
      get: {
        operationId: 'trafficNoiseMap',
        summary: 'Isophones of LDWN of a run that was asked noiseMap, each area within the one before',
        parameters: [
          { ...pathParameter('run'), description: 'Id of a run of the model traffic-assignment' },
          {
            ...{ name: 'state', in: 'query' },
            schema: { type: 'string', enum: [...NOISE_STATES], default: 'before' },
          },
        ],
        responses: {
          200: {
            description: 'Polygons in longitude and latitude; the step, the height and the bound of changes',
            content: { 'application/geo+json': { schema: { type: 'object' } } },
          },
          default: PROBLEM,
        },
      },
    },
  ],
  [
    '/api/traffic/runs/{run}/validation.csv',
    file('trafficValidationFile', 'Every count on a street with what the run has there'),
  ],
  [
    '/api/traffic/validation',
    {
      get: {
        operationId: 'trafficValidation',
        summary:
          'The city of today held against counts on its streets: GEH, %RMSE, slope and r² by class of street',
        parameters: [
          { name: 'hour', in: 'query', schema: { type: 'integer', minimum: 0, maximum: 23, default: 7 } },
          {
            name: 'fit',
            in: 'query',
            schema: { type: 'string', enum: ['none', 'counts', 'matrix'], default: 'none' },
          },
          {
            ...{ name: 'demand', in: 'query' },
            schema: { type: 'string', enum: ['auto', 'generated', 'stored'], default: 'auto' },
          },
        ],
        responses: {
          200: {
            description: 'Sums and every count; `run` is the run that they are of',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
          default: PROBLEM,
        },
      },
    },
  ],
  ...TRAFFIC_FORMATS.map((format) => [
    `/api/traffic/runs/{run}/${format}.zip`,
    file(
      `trafficFiles_${format}`,
      `Network and flows for other programs (${format}); trips too when the run was asked withMatrix`,
    ),
  ]),
]);
