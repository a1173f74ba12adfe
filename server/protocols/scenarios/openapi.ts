/** The paths of `/api/scenarios` for the OpenAPI document of `/api`, made from the schemas of the wire. */
import { z } from 'zod';
import {
  editReplySchema,
  editSchema,
  newScenarioSchema,
  scenarioChangedReplySchema,
  scenarioChangesSchema,
  scenarioReplySchema,
  scenariosReplySchema,
} from '../../../core/wire/scenario.ts';

const json = (schema: z.ZodType, io: 'input' | 'output' = 'output') => ({
  'application/json': { schema: z.toJSONSchema(schema, { io }) },
});
const answer = (description: string, schema: z.ZodType) => ({ description, content: json(schema) });
const body = (schema: z.ZodType) => ({ required: true, content: json(schema, 'input') });
const PROBLEM = {
  description: 'What was wrong (RFC 9457); 409 when somebody else has changed the scenario meanwhile',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
} as const;
const part = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The revision that the change was made from, as in the ETag',
  schema: { type: 'string' },
} as const;
const SIGNED_IN = [{ basic: [] }, { bearer: [] }];

const changing = (operationId: string, summary: string, more: object = {}) => ({
  operationId,
  summary,
  security: SIGNED_IN,
  parameters: [IF_MATCH],
  responses: { 200: answer('The scenario after the change', scenarioChangedReplySchema), default: PROBLEM },
  ...more,
});

export const SCENARIO_PATHS = {
  '/api/scenarios': {
    get: {
      operationId: 'listScenarios',
      summary: 'Scenarios that the caller may find without a link',
      responses: {
        200: answer('Scenarios, the newest change first', scenariosReplySchema),
        default: PROBLEM,
      },
    },
    post: {
      operationId: 'createScenario',
      summary: 'Begins a scenario over the city as it is recorded now or at a moment',
      security: SIGNED_IN,
      requestBody: body(newScenarioSchema),
      responses: { 201: answer('The scenario', scenarioReplySchema), default: PROBLEM },
    },
  },
  '/api/scenarios/{scenario}': {
    parameters: [part('scenario')],
    get: {
      operationId: 'getScenario',
      summary: 'A scenario with its edits, and what has moved on in its base',
      responses: { 200: answer('The scenario', scenarioReplySchema), default: PROBLEM },
    },
    patch: changing('changeScenario', 'Changes title, reason or access', {
      requestBody: body(scenarioChangesSchema),
      responses: { 200: answer('The scenario', scenarioReplySchema), default: PROBLEM },
    }),
    delete: changing('deleteScenario', 'Deletes the scenario with its edits', {
      responses: { 204: { description: 'It is gone' }, default: PROBLEM },
    }),
  },
  '/api/scenarios/{scenario}/edits': {
    parameters: [part('scenario')],
    post: changing('addEdit', 'Puts an edit on the stack, or tries it out', {
      parameters: [
        { ...IF_MATCH, required: false },
        {
          name: 'dryRun',
          in: 'query',
          description: 'true: say what the edit would do and keep nothing; then without If-Match',
          schema: { type: 'boolean', default: false },
        },
      ],
      requestBody: body(editSchema),
      responses: {
        201: answer('The edit and what a planner should know of it', editReplySchema),
        default: PROBLEM,
      },
    }),
  },
  '/api/scenarios/{scenario}/edits/{edit}': {
    parameters: [part('scenario'), part('edit')],
    delete: changing('removeEdit', 'Takes one edit out of the stack'),
  },
  '/api/scenarios/{scenario}/undo': {
    parameters: [part('scenario')],
    post: changing('undoEdit', 'Takes back the last edit'),
  },
  '/api/scenarios/{scenario}/redo': {
    parameters: [part('scenario')],
    post: changing('redoEdit', 'Brings back the edit that was taken back last'),
  },
} as const;
