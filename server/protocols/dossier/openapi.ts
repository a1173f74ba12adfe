/** Paths of the dossier of a parcel for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { dossierSchema } from '../../../core/wire/parcel-dossier.ts';

const PROBLEM = {
  description: 'What was wrong (RFC 9457)',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
} as const;

export const DOSSIER_PATHS = {
  '/api/parcels/{parcel}/dossier': {
    parameters: [{ name: 'parcel', in: 'path', required: true, schema: { type: 'string' } }],
    get: {
      operationId: 'getDossier',
      summary: 'Everything that the registers hold of a parcel, with its history and what is left out',
      responses: {
        200: {
          description: 'The dossier',
          content: { 'application/json': { schema: z.toJSONSchema(dossierSchema) } },
        },
        default: PROBLEM,
      },
    },
  },
} as const;
