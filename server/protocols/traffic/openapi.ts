/** The paths of traffic for the OpenAPI document of `/api`. */
import { TRAFFIC_FORMATS } from '../../../core/formats/traffic-files.ts';
import { DOCUMENT_FORMATS } from '../../services/documents.ts';

const PROBLEM = {
  description: 'What was wrong (RFC 9457); 409 while the run has no result',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
} as const;

const file = (operationId: string, summary: string) => ({
  get: {
    ...{ operationId, summary },
    parameters: [
      {
        ...{ name: 'run', in: 'path', required: true, schema: { type: 'string' } },
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
  ...TRAFFIC_FORMATS.map((format) => [
    `/api/traffic/runs/{run}/${format}.zip`,
    file(
      `trafficFiles_${format}`,
      `Network and flows for other programs (${format}); trips too when the run was asked withMatrix`,
    ),
  ]),
]);
