/** The paths of the site finder for the OpenAPI document of `/api`. */
import { z } from 'zod';
import {
  SITE_EXCLUSIONS,
  SITE_MEASURES,
  siteMeasuresReplySchema,
  siteQuerySchema,
  sitesReplySchema,
} from '../../../core/wire/sites.ts';

const json = (schema: z.ZodType, io: 'input' | 'output') => ({
  'application/json': { schema: z.toJSONSchema(schema, { io }) },
});
const PROBLEM = {
  description: 'What was wrong (RFC 9457)',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
} as const;
const FOUND = {
  200: { description: 'Sites, the best first', content: json(sitesReplySchema, 'output') },
  default: PROBLEM,
};
const parameter = (name: string, description: string, schema: object) => ({
  ...{ name, in: 'query', description, schema },
});
const FORMAT = parameter('f', 'Form of the answer', { enum: ['json', 'geojson', 'csv'], default: 'json' });

export const SITE_PATHS = {
  '/api/sites': {
    get: {
      operationId: 'findSites',
      summary: 'Parcels by attributes, surroundings and distances, ranked with reasons',
      parameters: [
        ...SITE_MEASURES.map((name) =>
          parameter(name, 'Range: 100..500, 100.. or ..500', { type: 'string', examples: ['..100'] }),
        ),
        parameter('zones', 'Kinds of plan zone, separated by commas: MN,MW', { type: 'string' }),
        parameter('exclude', `Of ${SITE_EXCLUSIONS.join(', ')}, separated by commas`, { type: 'string' }),
        parameter('weights', 'waterM:-2,areaM2:1: above 0 more is better, below 0 less', { type: 'string' }),
        parameter('bbox', 'Least and greatest easting and northing', { type: 'string' }),
        parameter('limit', 'Sites at most; 0 = counts only', { type: 'integer', default: 50, maximum: 1000 }),
        parameter('offset', 'Sites to skip', { type: 'integer', default: 0 }),
        FORMAT,
      ],
      responses: FOUND,
    },
    post: {
      operationId: 'findSitesByBody',
      summary: 'The same, asked in a body',
      parameters: [FORMAT],
      requestBody: { required: true, content: json(siteQuerySchema, 'input') },
      responses: FOUND,
    },
  },
  '/api/sites/measures': {
    get: {
      operationId: 'listSiteMeasures',
      summary: 'What sites can be found by, with the ranges in this state of the city',
      responses: {
        200: { description: 'Measures, zones, exclusions', content: json(siteMeasuresReplySchema, 'output') },
        default: PROBLEM,
      },
    },
  },
} as const;
