/** The paths of what becomes of a scenario, for the OpenAPI document of `/api`. */
import { scenarioReplySchema } from '../../../core/wire/scenario.ts';
import { newBranchSchema } from '../../../core/wire/scenario-head.ts';
import { logReplySchema, stateChangeSchema } from '../../../core/wire/scenario-life.ts';
import { answer, body, changing, IF_MATCH, PROBLEM, part, SIGNED_IN } from './openapi-parts.ts';

const ONE = '/api/scenarios/{scenario}';
const parameters = [part('scenario')];

export const LIFE_PATHS = {
  [`${ONE}/branches`]: {
    parameters,
    post: {
      operationId: 'branchScenario',
      summary: 'Begins a scenario as this one stands; words that are left out are taken over',
      security: SIGNED_IN,
      requestBody: body(newBranchSchema),
      responses: { 201: answer('The branch', scenarioReplySchema), default: PROBLEM },
    },
  },
  [`${ONE}/state`]: {
    parameters,
    post: changing('setScenarioState', 'Takes a step: draft, review, adopted or rejected', {
      parameters: [IF_MATCH],
      requestBody: body(stateChangeSchema),
    }),
  },
  [`${ONE}/publication`]: {
    parameters,
    put: changing('publishScenario', 'Lets whoever has the link read it; of one that is no draft'),
    delete: changing('withdrawScenario', 'Ends the publication'),
  },
  [`${ONE}/log`]: {
    parameters,
    get: {
      operationId: 'getScenarioLog',
      summary: 'Who changed what and when, also what was taken back',
      security: SIGNED_IN,
      parameters: [
        {
          name: 'before',
          in: 'query',
          description: 'Only lines of older revisions',
          schema: { type: 'integer' },
        },
      ],
      responses: { 200: answer('The newest line first', logReplySchema), default: PROBLEM },
    },
  },
} as const;
