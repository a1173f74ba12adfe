/** The paths of `/api/runs` and `/api/models` for the OpenAPI document of `/api`, made from the schemas of the wire. */
import {
  modelsReplySchema,
  newRunSchema,
  outsideResultSchema,
  RUN_STATES,
  runProgressSchema,
  runReplySchema,
  runsReplySchema,
} from '../../../core/wire/run.ts';
import {
  jsonAnswer,
  jsonBody,
  pathParameter,
  problemAnswer,
  queryParameter,
  SIGNED_IN,
} from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer('409 when the run is not in a state for it');
const RUN = pathParameter('run');

export const RUN_PATHS = {
  '/api/models': {
    get: {
      operationId: 'listModels',
      summary: 'Models that the service runs itself, with schemas of parameters and result',
      responses: { 200: jsonAnswer('Models', modelsReplySchema), default: PROBLEM },
    },
  },
  '/api/runs': {
    get: {
      operationId: 'listRuns',
      summary: 'Runs, the newest first: of a scenario, else of the city and of public scenarios',
      parameters: [
        queryParameter('of', 'Id of a scenario; or its address: /s/{scenario}/api/runs', { type: 'string' }),
        queryParameter('model', 'Names of models, separated by commas', { type: 'string' }),
        queryParameter('state', `Of ${RUN_STATES.join(', ')}, separated by commas`, { type: 'string' }),
        queryParameter('limit', 'Runs at most', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
        queryParameter('offset', 'Runs to skip', { type: 'integer', minimum: 0, default: 0 }),
      ],
      responses: { 200: jsonAnswer('Runs', runsReplySchema), default: PROBLEM },
    },
    post: {
      operationId: 'askRun',
      summary:
        'Asks for a run. The same request is the same run: 200 when it has ended, 202 while it has not',
      description: 'What is there already is told to everybody; staff have the rest computed.',
      security: [...SIGNED_IN, {}],
      requestBody: jsonBody(newRunSchema),
      responses: {
        200: jsonAnswer('The run, ended', runReplySchema),
        202: jsonAnswer('The run', runReplySchema),
        default: PROBLEM,
      },
    },
  },
  '/api/runs/{run}': {
    parameters: [RUN],
    get: {
      operationId: 'getRun',
      summary: 'A run: what it depends on, how far it is, why it failed',
      responses: { 200: jsonAnswer('The run', runReplySchema), default: PROBLEM },
    },
    patch: {
      operationId: 'advanceRun',
      summary: 'Says how far a model elsewhere is',
      security: SIGNED_IN,
      requestBody: jsonBody(runProgressSchema),
      responses: { 200: jsonAnswer('The run', runReplySchema), default: PROBLEM },
    },
    delete: {
      operationId: 'dismissRun',
      summary: 'Stops a run; forgets one that has ended',
      security: SIGNED_IN,
      responses: { 200: jsonAnswer('The run as it was left', runReplySchema), default: PROBLEM },
    },
  },
  '/api/runs/{run}/edits': {
    parameters: [RUN],
    get: {
      operationId: 'getRunEdits',
      summary: 'The edits that it was run with',
      responses: {
        200: {
          description: 'Edits in order',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
        default: PROBLEM,
      },
    },
  },
  '/api/runs/{run}/result': {
    parameters: [RUN],
    get: {
      operationId: 'getRunResult',
      summary: 'The result, byte by byte as it was made',
      responses: {
        200: {
          description: 'As the schema of its model has it (/api/models)',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
        default: PROBLEM,
      },
    },
    put: {
      operationId: 'putRunResult',
      summary: 'The result of a model elsewhere; its rows stand in the table of consequences',
      security: SIGNED_IN,
      requestBody: jsonBody(outsideResultSchema),
      responses: { 200: jsonAnswer('The run, ended', runReplySchema), default: PROBLEM },
    },
  },
} as const;
