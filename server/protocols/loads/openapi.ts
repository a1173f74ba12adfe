/** The paths of loads for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { HEIGHT_SYSTEMS } from '../../../core/geo/height-systems.ts';
import { featureMappingSchema } from '../../../core/wire/feature-mapping.ts';
import {
  dataLoadSchema,
  findingPageSchema,
  loadFindingSchema,
  RELIEF_KINDS,
} from '../../../core/wire/load.ts';
import { mappingProposalSchema } from '../../../core/wire/table-sketch.ts';
import {
  jsonAnswer,
  pathParameter,
  problemAnswer,
  queryParameter,
  SIGNED_IN,
} from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer();
const ID = pathParameter('load');
const text = { type: 'string' } as const;
const binary = (type: string) => ({ content: { [type]: { schema: { ...text, format: 'binary' } } } });
const LOAD = jsonAnswer('The load', dataLoadSchema);
const of = (operationId: string, summary: string, responses: object) => ({
  ...{ operationId, summary, security: SIGNED_IN, responses: { ...responses, default: PROBLEM } },
});

export const LOAD_PATHS = {
  '/api/loads': {
    get: of('listLoads', 'For staff: files that were handed in, the newest first', {
      200: jsonAnswer('Loads', z.strictObject({ loads: z.array(dataLoadSchema) })),
    }),
    post: {
      ...of(
        'handInFile',
        'For staff: hands a file in. It is looked through (dryRun=true) or loaded by the same rules as by blizniak load; the work goes on when the client leaves',
        { 202: LOAD },
      ),
      parameters: [
        {
          ...queryParameter('name', 'Name of the file; its ending tells some formats', text),
          required: true,
        },
        queryParameter('dryRun', 'Tell what would change, and keep nothing', {
          ...{ type: 'boolean', default: true },
        }),
        queryParameter('dataset', 'Dataset to load into; without it the city', text),
        queryParameter('crs', 'CRS of a file that names none, such as EPSG:2177', text),
        queryParameter('scope', 'The file is the whole content of: all, or precinct:<id>,…', text),
        queryParameter('source', 'Where the data come from, in words', text),
        queryParameter('steward', 'Who answers for the data', text),
        queryParameter('licence', 'On which terms they may be used', text),
        queryParameter('strict', 'Refuses the whole file for one object at fault', {
          ...{ type: 'boolean', default: false },
        }),
        queryParameter('allowOutside', 'Takes objects outside the city', { type: 'boolean', default: false }),
        queryParameter(
          'kind',
          'What a raster of heights shows: the ground (dtm, the default), or roofs and trees too (dsm), which is kept beside the ground',
          { type: 'string', enum: [...RELIEF_KINDS] },
        ),
        queryParameter('heights', 'System of heights of a raster that names none', {
          ...{ type: 'string', enum: [...HEIGHT_SYSTEMS] },
        }),
        queryParameter('mapping', 'How columns become properties, as JSON (docs/how-to/load-plans.md)', text),
      ],
      requestBody: { required: true, ...binary('application/octet-stream') },
    },
  },
  '/api/loads/{load}': {
    parameters: [ID],
    get: of('readLoad', 'For staff: how far a load is, and its report', { 200: LOAD }),
    delete: of('cancelLoad', 'For staff: ends a load; nothing of it stays', { 200: LOAD }),
  },
  '/api/loads/{load}/take': {
    parameters: [ID],
    post: of('takeLoad', 'For staff: loads a file that was only looked through', { 202: LOAD }),
  },
  '/api/loads/{load}/mapping': {
    parameters: [ID],
    get: {
      ...of(
        'proposeMapping',
        'For staff: what a table holds that came without a mapping (state unmapped), and a mapping proposed by the names of its columns',
        { 200: jsonAnswer('The proposal', mappingProposalSchema) },
      ),
      parameters: [
        queryParameter('layer', 'Layer of the catalogue; without it the likeliest', text),
        queryParameter('source', 'Layer within the file, where it holds several', text),
      ],
    },
    put: {
      ...of('mapTable', 'For staff: looks a table through by a mapping (docs/how-to/load-tables.md)', {
        202: LOAD,
      }),
      parameters: [queryParameter('crs', 'CRS of a file that names none, such as EPSG:2177', text)],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: z.toJSONSchema(featureMappingSchema) } },
      },
    },
  },
  '/api/loads/{load}/findings': {
    parameters: [ID],
    get: {
      ...of('listLoadFindings', 'For staff: what was found in the file, page by page', {
        200: jsonAnswer('A page', findingPageSchema),
      }),
      parameters: [
        queryParameter('after', '`next` of the page before', { type: 'integer' }),
        queryParameter('limit', 'Findings of a page', { type: 'integer', default: 100, maximum: 1000 }),
      ],
    },
  },
  '/api/loads/{load}/report.{form}': {
    parameters: [ID, pathParameter('form')],
    get: of('readLoadReport', 'For staff: the report of a load: report.json, report.html or report.pdf', {
      200: {
        description: 'The report',
        content: {
          'application/json': {
            schema: z.toJSONSchema(
              z.strictObject({ load: dataLoadSchema, findings: z.array(loadFindingSchema) }),
            ),
          },
          'text/html': { schema: text },
          ...binary('application/pdf').content,
        },
      },
    }),
  },
  '/api/loads/{load}/rejected.{form}': {
    parameters: [ID, pathParameter('form')],
    get: of(
      'readRejected',
      'For staff: what was rejected, as it stood in the file: rejected.geojson (WGS 84) or rejected.csv',
      {
        200: {
          description: 'Objects with the reason',
          content: { 'application/geo+json': { schema: { type: 'object' } }, 'text/csv': { schema: text } },
        },
      },
    ),
  },
} as const;
