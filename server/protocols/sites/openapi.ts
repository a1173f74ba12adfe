/** The paths of the site finder for the OpenAPI document of `/api`. */
import {
  SITE_EXCLUSIONS,
  SITE_MEASURES,
  siteMeasuresReplySchema,
  siteQuerySchema,
  sitesReplySchema,
} from '../../../core/wire/sites.ts';
import { jsonContent, problemAnswer, queryParameter } from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer();
const FOUND = {
  200: { description: 'Sites, the best first', content: jsonContent(sitesReplySchema) },
  default: PROBLEM,
};
const FORMAT = queryParameter('f', 'Form of the answer', {
  enum: ['json', 'geojson', 'csv'],
  default: 'json',
});

export const SITE_PATHS = {
  '/api/sites': {
    get: {
      operationId: 'findSites',
      summary: 'Parcels by attributes, surroundings and distances, ranked with reasons',
      parameters: [
        ...SITE_MEASURES.map((name) =>
          queryParameter(name, 'Range: 100..500, 100.. or ..500', { type: 'string', examples: ['..100'] }),
        ),
        queryParameter('zones', 'Kinds of plan zone, separated by commas: MN,MW', { type: 'string' }),
        queryParameter('exclude', `Of ${SITE_EXCLUSIONS.join(', ')}, separated by commas`, {
          type: 'string',
        }),
        queryParameter('weights', 'waterM:-2,areaM2:1: above 0 more is better, below 0 less', {
          type: 'string',
        }),
        queryParameter('bbox', 'Least and greatest easting and northing', { type: 'string' }),
        queryParameter('limit', 'Sites at most; 0 = counts only', {
          type: 'integer',
          default: 50,
          maximum: 1000,
        }),
        queryParameter('offset', 'Sites to skip', { type: 'integer', default: 0 }),
        FORMAT,
      ],
      responses: FOUND,
    },
    post: {
      operationId: 'findSitesByBody',
      summary: 'The same, asked in a body',
      parameters: [FORMAT],
      requestBody: { required: true, content: jsonContent(siteQuerySchema, 'input') },
      responses: FOUND,
    },
  },
  '/api/sites/measures': {
    get: {
      operationId: 'listSiteMeasures',
      summary: 'What sites can be found by, with the ranges in this state of the city',
      responses: {
        200: { description: 'Measures, zones, exclusions', content: jsonContent(siteMeasuresReplySchema) },
        default: PROBLEM,
      },
    },
  },
} as const;
