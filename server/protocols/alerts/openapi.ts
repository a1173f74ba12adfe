/** The paths of alerts and thresholds for the OpenAPI document of `/api`, made from the schemas of the wire. */
import {
  alertChangesSchema,
  alertSchema,
  alertsReplySchema,
  newThresholdSchema,
  thresholdChangesSchema,
  thresholdSchema,
  thresholdsReplySchema,
} from '../../../core/wire/alerts.ts';
import { jsonAnswer, jsonBody, pathParameter, problemAnswer, SIGNED_IN } from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer();
const ID = pathParameter('id', 'integer');

export const ALERT_PATHS = {
  '/api/alerts': {
    get: {
      operationId: 'listAlerts',
      summary: 'What somebody must see to; owner, reason, history and deliveries are told to staff only',
      parameters: [
        {
          name: 'state',
          in: 'query',
          style: 'form',
          explode: false,
          schema: { type: 'array', items: { enum: ['open', 'acknowledged', 'closed'] } },
        },
        {
          name: 'since',
          in: 'query',
          description: 'Raised at or after this moment',
          schema: { type: 'string', format: 'date-time' },
        },
      ],
      responses: {
        200: jsonAnswer('Alerts, those that are not closed first', alertsReplySchema),
        default: PROBLEM,
      },
    },
  },
  '/api/alerts/{id}': {
    patch: {
      operationId: 'changeAlert',
      summary: 'Takes up, hands over or closes an alert; closing needs a reason',
      security: SIGNED_IN,
      parameters: [ID],
      requestBody: jsonBody(alertChangesSchema),
      responses: { 200: jsonAnswer('The alert after the change', alertSchema), default: PROBLEM },
    },
  },
  '/api/thresholds': {
    get: {
      operationId: 'listThresholds',
      summary: 'Values beyond which an alert is raised',
      responses: { 200: jsonAnswer('Thresholds', thresholdsReplySchema), default: PROBLEM },
    },
    post: {
      operationId: 'addThreshold',
      summary: 'A threshold of a kind of sensor or of one datastream',
      security: SIGNED_IN,
      requestBody: jsonBody(newThresholdSchema),
      responses: { 201: jsonAnswer('The threshold', thresholdSchema), default: PROBLEM },
    },
  },
  '/api/thresholds/{id}': {
    patch: {
      operationId: 'changeThreshold',
      summary: 'Changes a threshold, or puts it out of force',
      security: SIGNED_IN,
      parameters: [ID],
      requestBody: jsonBody(thresholdChangesSchema),
      responses: { 200: jsonAnswer('The threshold after the change', thresholdSchema), default: PROBLEM },
    },
  },
} as const;
