/** The paths of outside sources for the OpenAPI document of `/api`, made from the schemas of the wire. */
import {
  listedSourceSchema,
  newSourceSchema,
  offerAskSchema,
  sourceListSchema,
  sourceOfferSchema,
} from '../../../core/wire/cascade.ts';
import { jsonAnswer, jsonBody, pathParameter, problemAnswer, SIGNED_IN } from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer();
const SOURCE = pathParameter('source');

export const CASCADE_PATHS = {
  '/api/cascade': {
    get: {
      operationId: 'listOutsideSources',
      summary: 'Services of others whose layers stand in the catalogue, and how each fares; for staff',
      security: SIGNED_IN,
      responses: { 200: jsonAnswer('Sources by name', sourceListSchema), default: PROBLEM },
    },
  },
  '/api/cascade/offer': {
    post: {
      operationId: 'readOutsideOffer',
      summary: 'What a service offers that could be shown here, by its capabilities; nothing is kept',
      security: SIGNED_IN,
      requestBody: jsonBody(offerAskSchema),
      responses: { 200: jsonAnswer('Its layers', sourceOfferSchema), default: PROBLEM },
    },
  },
  '/api/cascade/{source}': {
    put: {
      operationId: 'saveOutsideSource',
      summary:
        'Takes layers of a service into the catalogue, in place of those that were taken under this name',
      security: SIGNED_IN,
      parameters: [SOURCE],
      requestBody: jsonBody(newSourceSchema),
      responses: { 200: jsonAnswer('The source', listedSourceSchema), default: PROBLEM },
    },
    delete: {
      operationId: 'removeOutsideSource',
      summary: 'Takes its layers out of the catalogue',
      security: SIGNED_IN,
      parameters: [SOURCE],
      responses: { 204: { description: 'It is gone' }, default: PROBLEM },
    },
  },
} as const;
