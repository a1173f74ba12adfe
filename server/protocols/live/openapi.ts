/** The paths of `/api/live` for the OpenAPI document of `/api`, made from the schemas of the wire. */
import { SERIES_STEPS } from '../../../core/live/series.ts';
import { airQualityReplySchema } from '../../../core/wire/air-quality.ts';
import { sensorsReplySchema, seriesReplySchema } from '../../../core/wire/live.ts';
import { asidesReplySchema, providersReplySchema } from '../../../core/wire/providers.ts';
import { qualityReplySchema } from '../../../core/wire/quality.ts';
import {
  departuresReplySchema,
  vehicleReplySchema,
  vehiclesReplySchema,
} from '../../../core/wire/transit.ts';
import { jsonAnswer, pathParameter, problemAnswer } from '../../http/openapi-parts.ts';
import { QUALITY_LIMIT } from './quality.ts';
import { SERIES_LIMITS } from './series.ts';
import { DEPARTURES_LIMIT } from './vehicles.ts';

const PROBLEM = problemAnswer();
const moment = (name: string, description: string, required = false) => ({
  name,
  in: 'query',
  required,
  description,
  schema: { type: 'string', format: 'date-time' },
});

export const LIVE_PATHS = {
  '/api/live/sensors': {
    get: {
      operationId: 'getSensors',
      summary: 'Sensors with place and latest values; what changes then comes by /events',
      parameters: [moment('at', 'The values that were fresh at this moment')],
      responses: { 200: jsonAnswer('Sensors', sensorsReplySchema), default: PROBLEM },
    },
  },
  '/api/live/air-quality': {
    get: {
      operationId: 'getAirQuality',
      summary: 'The Polish air quality index of every station, from means of the last hour',
      parameters: [moment('at', 'As it was at this moment')],
      responses: { 200: jsonAnswer('Stations with their class', airQualityReplySchema), default: PROBLEM },
    },
  },
  '/api/live/quality': {
    get: {
      operationId: 'getQuality',
      summary: 'When values were in doubt, by which rule and why',
      parameters: [
        {
          name: 'datastream',
          in: 'query',
          description: 'Of these; of all, where it is left out',
          style: 'form',
          explode: false,
          schema: { type: 'array', maxItems: QUALITY_LIMIT, items: { type: 'integer' } },
        },
        moment('from', 'In doubt at or after this moment; a day before `to`, where it is left out'),
        moment('to', 'In doubt at or before this moment; now, where it is left out'),
      ],
      responses: { 200: jsonAnswer('Doubts, the newest first', qualityReplySchema), default: PROBLEM },
    },
  },
  '/api/live/series': {
    get: {
      operationId: 'getSeries',
      summary: `What datastreams measured, at the resolution of a screen: ${SERIES_STEPS.join(', ')}`,
      parameters: [
        {
          name: 'datastream',
          in: 'query',
          required: true,
          style: 'form',
          explode: false,
          schema: { type: 'array', maxItems: SERIES_LIMITS.datastreams, items: { type: 'integer' } },
        },
        moment('from', 'From this moment on', true),
        moment('to', 'Before this moment; now, where it is left out'),
        {
          name: 'points',
          in: 'query',
          description: 'Points that the screen has room for',
          schema: {
            type: 'integer',
            minimum: SERIES_LIMITS.points.min,
            maximum: SERIES_LIMITS.points.max,
            default: SERIES_LIMITS.points.standard,
          },
        },
      ],
      responses: { 200: jsonAnswer('Series in the order of the ids', seriesReplySchema), default: PROBLEM },
    },
  },
  '/api/live/vehicles': {
    get: {
      operationId: 'getVehicles',
      summary:
        'Vehicles of public transport heard of lately; /events tells of changes under the topic vehicles',
      responses: { 200: jsonAnswer('Vehicles', vehiclesReplySchema), default: PROBLEM },
    },
  },
  '/api/live/vehicles/{id}': {
    get: {
      operationId: 'getVehicle',
      summary: 'One vehicle with the stops before it and where it was in the last minutes',
      parameters: [pathParameter('id')],
      responses: { 200: jsonAnswer('The vehicle', vehicleReplySchema), default: PROBLEM },
    },
  },
  '/api/live/stops/{id}/departures': {
    get: {
      operationId: 'getDepartures',
      summary: 'The next departures of a stop, by the timetable and by what is foretold',
      parameters: [
        pathParameter('id'),
        moment('from', 'From this moment on; now, where it is left out'),
        {
          name: 'limit',
          in: 'query',
          schema: {
            type: 'integer',
            minimum: 1,
            maximum: DEPARTURES_LIMIT.highest,
            default: DEPARTURES_LIMIT.standard,
          },
        },
      ],
      responses: { 200: jsonAnswer('Departures, the next first', departuresReplySchema), default: PROBLEM },
    },
  },
  '/api/live/providers': {
    get: {
      operationId: 'getProviders',
      summary: 'How every source of measurements fares',
      responses: { 200: jsonAnswer('Sources', providersReplySchema), default: PROBLEM },
    },
  },
  '/api/live/asides': {
    get: {
      operationId: 'getAsides',
      summary: 'What was sent and could not be used, the newest first (staff)',
      parameters: [
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
        },
      ],
      responses: { 200: jsonAnswer('Kept aside', asidesReplySchema), default: PROBLEM },
    },
  },
} as const;
