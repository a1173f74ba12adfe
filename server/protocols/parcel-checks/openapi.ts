/** The paths of parcel checks for the OpenAPI document of `/api`. */
import { z } from 'zod';
import {
  checkedParcelSchema,
  checksReplySchema,
  checksRequestSchema,
  parcelCheckSchema,
} from '../../../core/wire/parcel-check.ts';
import { jsonAnswer, pathParameter, problemAnswer } from '../../http/openapi-parts.ts';
import { GEO_PACKAGE } from '../../services/geo-packages.ts';
import { CHECK_FORMATS } from './formats.ts';

const PROBLEM = problemAnswer('of an unknown parcel also `suggestions` and `successors`');
const PARCEL = pathParameter('parcel');
const TERMS = [
  {
    name: 'lawDate',
    in: 'query',
    description: 'The day whose law applies; default that of the scenario, else today',
    schema: { type: 'string', format: 'date' },
  },
  {
    name: 'geometry',
    in: 'query',
    description: 'Whether findings carry the place of the conflict',
    schema: { type: 'boolean', default: true },
  },
] as const;

const headSchema = z.object({
  parcel: checkedParcelSchema,
  asked: parcelCheckSchema.shape.asked,
  findings: z.record(z.string(), z.number()).describe('How many there are of each state'),
  hash: z.string(),
  code: z.string(),
  check: z.string().describe('Where the findings are'),
});

export const PARCEL_CHECK_PATHS = {
  '/api/parcels/{parcel}': {
    parameters: [PARCEL],
    get: {
      operationId: 'getParcel',
      summary: 'A parcel with how many findings there are of each state',
      parameters: TERMS,
      responses: { 200: jsonAnswer('The head of its dossier', headSchema), default: PROBLEM },
    },
  },
  '/api/parcels/{parcel}/check': {
    parameters: [PARCEL],
    get: {
      operationId: 'checkParcel',
      summary: 'Everything that constrains a parcel, with the law, the measure and the doubt',
      parameters: TERMS,
      responses: { 200: jsonAnswer('The findings', parcelCheckSchema), default: PROBLEM },
    },
  },
  '/api/checks': {
    post: {
      operationId: 'checkParcels',
      summary: 'The same for lists: parcels by id or place, drawn areas, buildings with their ground',
      parameters: [
        {
          name: 'f',
          in: 'query',
          description: '`csv` for one row of each finding, `gpkg` for parcels and findings as layers',
          schema: { type: 'string', enum: CHECK_FORMATS, default: 'json' },
        },
        {
          name: 'lawDate',
          in: 'query',
          description: 'For lists in files; JSON says it in its body',
          schema: { type: 'string', format: 'date' },
        },
        {
          name: 'outlines',
          in: 'query',
          description: 'Whether the JSON tells the outline of each',
          schema: { type: 'boolean', default: false },
        },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: z.toJSONSchema(checksRequestSchema, { io: 'input' }) },
          'text/csv': { schema: { type: 'string' } },
          [GEO_PACKAGE]: { schema: { type: 'string', format: 'binary' } },
        },
      },
      responses: { 200: jsonAnswer('The findings of each', checksReplySchema), default: PROBLEM },
    },
  },
} as const;
