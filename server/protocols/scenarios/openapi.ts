/** The paths of `/api/scenarios` for the OpenAPI document of `/api`, made from the schemas of the wire. */
import { z } from 'zod';
import {
  briefEditsReplySchema,
  editReplySchema,
  editSchema,
  editsReplySchema,
  editsSchema,
  editTrialReplySchema,
  editTrialsReplySchema,
  scenarioReplySchema,
  scenariosReplySchema,
} from '../../../core/wire/scenario.ts';
import { newScenarioSchema, scenarioChangesSchema } from '../../../core/wire/scenario-head.ts';
import { jsonAnswer, jsonBody, pathParameter, SIGNED_IN } from '../../http/openapi-parts.ts';
import { LIFE_PATHS } from './openapi-life.ts';
import { changing, IF_MATCH, PROBLEM } from './openapi-parts.ts';

export const SCENARIO_PATHS = {
  '/api/scenarios': {
    get: {
      operationId: 'listScenarios',
      summary: 'Scenarios that the caller may find without a link',
      responses: {
        200: jsonAnswer('Scenarios, the newest change first', scenariosReplySchema),
        default: PROBLEM,
      },
    },
    post: {
      operationId: 'createScenario',
      summary: 'Begins a scenario over the city as it is recorded now or at a moment',
      security: SIGNED_IN,
      requestBody: jsonBody(newScenarioSchema),
      responses: { 201: jsonAnswer('The scenario', scenarioReplySchema), default: PROBLEM },
    },
  },
  '/api/scenarios/{scenario}': {
    parameters: [pathParameter('scenario')],
    get: {
      operationId: 'getScenario',
      summary: 'A scenario with its edits, and what has moved on in its base',
      responses: { 200: jsonAnswer('The scenario', scenarioReplySchema), default: PROBLEM },
    },
    patch: changing('changeScenario', 'Changes title, reason or access', {
      requestBody: jsonBody(scenarioChangesSchema),
      responses: { 200: jsonAnswer('The scenario', scenarioReplySchema), default: PROBLEM },
    }),
    delete: changing('deleteScenario', 'Deletes the scenario with its edits', {
      responses: { 204: { description: 'It is gone' }, default: PROBLEM },
    }),
  },
  '/api/scenarios/{scenario}/edits': {
    parameters: [pathParameter('scenario')],
    post: changing('addEdits', 'Puts edits on the stack, all of them or none, or tries them out', {
      parameters: [
        { ...IF_MATCH, required: false },
        {
          name: 'dryRun',
          in: 'query',
          description: 'true: say what the edits would do and keep nothing; then without If-Match',
          schema: { type: 'boolean', default: false },
        },
        {
          name: 'Prefer',
          in: 'header',
          description: 'return=minimal: answer without the whole scenario',
          schema: { type: 'string', example: 'return=minimal' },
        },
      ],
      requestBody: jsonBody(z.union([editSchema, editsSchema])),
      responses: {
        200: jsonAnswer(
          'What one edit, or each of several, would do',
          z.union([editTrialReplySchema, editTrialsReplySchema]),
        ),
        201: jsonAnswer(
          'The edit, or each of several, and what a planner should know of it',
          z.union([editReplySchema, editsReplySchema, briefEditsReplySchema]),
        ),
        default: PROBLEM,
      },
    }),
  },
  '/api/scenarios/{scenario}/edits/{edit}': {
    parameters: [pathParameter('scenario'), pathParameter('edit')],
    delete: changing('removeEdit', 'Takes one edit out of the stack'),
  },
  '/api/scenarios/{scenario}/undo': {
    parameters: [pathParameter('scenario')],
    post: changing('undoEdit', 'Takes back the last edit, or several at once: all of them or none', {
      parameters: [
        IF_MATCH,
        {
          name: 'edits',
          in: 'query',
          description: 'How many of the last edits',
          schema: { type: 'integer', minimum: 1, maximum: 1000, default: 1 },
        },
      ],
    }),
  },
  '/api/scenarios/{scenario}/redo': {
    parameters: [pathParameter('scenario')],
    post: changing('redoEdit', 'Brings back the edit that was taken back last'),
  },
  ...LIFE_PATHS,
} as const;
