/** The paths of what becomes of a scenario, for the OpenAPI document of `/api`. */
import { z } from 'zod';
import { scenarioReplySchema } from '../../../core/wire/scenario.ts';
import { newBranchSchema } from '../../../core/wire/scenario-head.ts';
import {
  applicationReplySchema,
  applicationTrialReplySchema,
  logReplySchema,
  mergeRequestSchema,
  rebaseRequestSchema,
  replayReplySchema,
  replayTrialReplySchema,
  stateChangeSchema,
} from '../../../core/wire/scenario-life.ts';
import { jsonAnswer, jsonBody, pathParameter, SIGNED_IN } from '../../http/openapi-parts.ts';
import { changing, IF_MATCH, PROBLEM } from './openapi-parts.ts';

const ONE = '/api/scenarios/{scenario}';
const parameters = [pathParameter('scenario')];

const DRY_RUN = {
  name: 'dryRun',
  in: 'query',
  description: 'true: say what would happen and keep nothing; then without If-Match',
  schema: { type: 'boolean', default: false },
} as const;

/** Of a change that may take minutes. */
const LINES = {
  'application/x-ndjson': {
    schema: {
      type: 'string',
      description:
        'Lines of JSON: {"progress": 0.42} every second, at last {"result": the same document} or {"problem": RFC 9457}',
    },
  },
} as const;

const withLines = ({ description, content }: ReturnType<typeof jsonAnswer>) => ({
  description,
  content: { ...content, ...LINES },
});

/** A change that tells what it did, or with `dryRun` what it would do. */
const reporting = (
  operationId: string,
  summary: string,
  done: z.ZodType,
  trial: z.ZodType,
  request?: z.ZodType,
) => ({
  operationId,
  summary,
  security: SIGNED_IN,
  parameters: [{ ...IF_MATCH, required: false }, DRY_RUN],
  ...(request && { requestBody: jsonBody(request) }),
  responses: {
    200: withLines(
      jsonAnswer(
        'The scenario after the change and the report; of a dry run the report',
        z.union([done, trial]),
      ),
    ),
    default: PROBLEM,
  },
});

export const LIFE_PATHS = {
  [`${ONE}/branches`]: {
    parameters,
    post: {
      operationId: 'branchScenario',
      summary: 'Begins a scenario as this one stands; words that are left out are taken over',
      security: SIGNED_IN,
      requestBody: jsonBody(newBranchSchema),
      responses: { 201: jsonAnswer('The branch', scenarioReplySchema), default: PROBLEM },
    },
  },
  [`${ONE}/rebase`]: {
    parameters,
    post: reporting(
      'rebaseScenario',
      'Puts the scenario on a newer state of the city; every conflict needs a resolution',
      replayReplySchema,
      replayTrialReplySchema,
      rebaseRequestSchema,
    ),
  },
  [`${ONE}/merge`]: {
    parameters,
    post: reporting(
      'mergeScenario',
      'Takes over the edits of another scenario; every conflict needs a resolution',
      replayReplySchema,
      replayTrialReplySchema,
      mergeRequestSchema,
    ),
  },
  [`${ONE}/application`]: {
    parameters,
    post: reporting(
      'applyScenario',
      'Writes an adopted scenario into the registers of the city, once',
      applicationReplySchema,
      applicationTrialReplySchema,
    ),
  },
  [`${ONE}/state`]: {
    parameters,
    post: changing('setScenarioState', 'Takes a step: draft, review, adopted or rejected', {
      parameters: [IF_MATCH],
      requestBody: jsonBody(stateChangeSchema),
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
      responses: { 200: jsonAnswer('The newest line first', logReplySchema), default: PROBLEM },
    },
  },
} as const;
