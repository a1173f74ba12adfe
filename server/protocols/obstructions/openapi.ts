/** The paths of `/api/obstructions` and `/feeds` for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { STATES } from '../../../core/obstruction/workflow.ts';
import {
  conflictSchema,
  newObstructionSchema,
  obstructionChangedSchema,
  obstructionSchema,
  obstructionsReplySchema,
  obstructionTrialSchema,
  stepSchema,
  trafficClosuresSchema,
} from '../../../core/wire/obstruction.ts';
import { jsonAnswer, jsonBody, pathParameter, problemAnswer, SIGNED_IN } from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer('409 when somebody else has changed it, or a step does not fit');
const ID = pathParameter('id');
const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The revision that the change was made from, as in the ETag',
  schema: { type: 'string' },
} as const;
const query = (name: string, description: string, schema: object = { type: 'string' }) => ({
  name,
  in: 'query',
  description,
  schema,
});
const DRY_RUN = query('dryRun', 'true: say what it would take and meet, and keep nothing', {
  type: 'boolean',
  default: false,
});
const BOX = [
  query('bbox', 'West, south, east, north in degrees, or in the CRS of bbox-crs'),
  query('bbox-crs', 'CRS of bbox as a URI, default CRS84'),
];
const FILTERS = [
  ...BOX,
  query('from', 'Running at some time after this day or moment'),
  query('to', 'Beginning before this day or moment'),
  query('street', 'Name of a street'),
  query('owner', 'Name of the occupier'),
];

const feed = (ending: string, operationId: string, type: string) => ({
  [`/feeds/obstructions.${ending}`]: {
    get: {
      operationId,
      summary: `Published obstructions that are not over, as ${type}`,
      parameters: [
        ...FILTERS,
        query('lang', 'Language of the words', { type: 'string', enum: ['pl', 'en'] }),
      ],
      responses: { 200: { description: 'The feed', content: { [type]: {} } }, default: PROBLEM },
    },
  },
});

export const OBSTRUCTION_PATHS = {
  '/api/obstructions': {
    get: {
      operationId: 'listObstructions',
      summary: 'Obstructions; the public finds what is published, without persons',
      parameters: [
        ...FILTERS,
        query('state', 'States, separated by commas', {
          type: 'array',
          items: { type: 'string', enum: STATES },
        }),
        query('limit', 'How many at most', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
      ],
      responses: {
        200: jsonAnswer('Those that begin first, first', obstructionsReplySchema),
        default: PROBLEM,
      },
    },
    post: {
      operationId: 'createObstruction',
      summary: 'A new draft with its conflicts, or a trial of one',
      security: SIGNED_IN,
      parameters: [DRY_RUN],
      requestBody: jsonBody(newObstructionSchema),
      responses: {
        200: jsonAnswer('The trial', obstructionTrialSchema),
        201: jsonAnswer('The draft', obstructionChangedSchema),
        default: PROBLEM,
      },
    },
  },
  '/api/obstructions/traffic': {
    get: {
      operationId: 'listTrafficClosures',
      summary: 'Which sections of road are closed or narrowed, when and with how many lanes left',
      parameters: [
        ...BOX,
        query('from', 'Begin of the span, default now'),
        query('to', 'End of the span, default a week later'),
      ],
      responses: { 200: jsonAnswer('Closures', trafficClosuresSchema), default: PROBLEM },
    },
  },
  '/api/obstructions/{id}': {
    parameters: [ID],
    get: {
      operationId: 'getObstruction',
      summary: 'One obstruction; for staff with contact, history and the steps that may follow',
      responses: { 200: jsonAnswer('The obstruction', obstructionSchema), default: PROBLEM },
    },
    put: {
      operationId: 'changeObstruction',
      summary: 'Changes what a draft says, or tries it out',
      security: SIGNED_IN,
      parameters: [{ ...IF_MATCH, required: false }, DRY_RUN],
      requestBody: jsonBody(newObstructionSchema),
      responses: {
        200: jsonAnswer('The draft after the change', obstructionChangedSchema),
        default: PROBLEM,
      },
    },
  },
  '/api/obstructions/{id}/conflicts': {
    parameters: [ID],
    get: {
      operationId: 'listConflicts',
      summary: 'What it meets in place and time now',
      security: SIGNED_IN,
      responses: {
        200: jsonAnswer('Conflicts, the worst first', z.object({ conflicts: z.array(conflictSchema) })),
        default: PROBLEM,
      },
    },
  },
  '/api/obstructions/{id}/steps': {
    parameters: [ID],
    post: {
      operationId: 'stepObstruction',
      summary: 'Takes a step of the workflow: submit, approve, publish, close, or one back',
      security: SIGNED_IN,
      parameters: [IF_MATCH],
      requestBody: jsonBody(stepSchema),
      responses: {
        200: jsonAnswer('The obstruction after the step', obstructionChangedSchema),
        default: PROBLEM,
      },
    },
  },
  ...feed('rss', 'rssObstructions', 'application/rss+xml'),
  ...feed('atom', 'atomObstructions', 'application/atom+xml'),
  ...feed('geojson', 'geojsonObstructions', 'application/geo+json'),
  ...feed('ics', 'calendarObstructions', 'text/calendar'),
};
