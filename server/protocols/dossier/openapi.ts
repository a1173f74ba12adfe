/** Paths of the dossier of a parcel for the OpenAPI document of `/api`. */
import { dossierSchema } from '../../../core/wire/parcel-dossier.ts';
import { jsonContent, pathParameter, problemAnswer } from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer();

export const DOSSIER_PATHS = {
  '/api/parcels/{parcel}/dossier': {
    parameters: [pathParameter('parcel')],
    get: {
      operationId: 'getDossier',
      summary: 'Everything that the registers hold of a parcel, with its history and what is left out',
      responses: {
        200: {
          description: 'The dossier',
          content: jsonContent(dossierSchema),
        },
        default: PROBLEM,
      },
    },
  },
} as const;
