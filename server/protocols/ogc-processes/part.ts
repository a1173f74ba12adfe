/** What processes add to `/ogc`: conformance classes, links, and their paths of the OpenAPI document. */
import type { Language } from '../../../core/feature/layer.ts';
import { type ModelDeclaration, RUN_STATES } from '../../../core/wire/run.ts';
import type { OgcPart } from '../../http/ogc-part.ts';
import type { Services } from '../../services.ts';
import { ORDER_PROCESS } from './order-process.ts';
import { commonInputs, membersOf, requiredOf } from './process-description.ts';

const CLASS = 'http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf';
/** Each is checked by `test/conformance/ogc-processes.test.ts`. */
export const PROCESS_CLASSES: readonly string[] = [
  'core',
  'ogc-process-description',
  'json',
  'oas30',
  'job-list',
  'dismiss',
].map((name) => `${CLASS}/${name}`);

export function processesPart({ runs }: Pick<Services, 'runs'>): OgcPart {
  return {
    conformance: PROCESS_CLASSES,
    links: [
      {
        path: '/ogc/processes',
        rel: 'http://www.opengis.net/def/rel/ogc/1.0/processes',
        title: { pl: 'Procesy: modele', en: 'Processes: models' },
      },
      {
        path: '/ogc/jobs',
        rel: 'http://www.opengis.net/def/rel/ogc/1.0/job-list',
        title: { pl: 'Zadania: przebiegi modeli', en: 'Jobs: runs of models' },
      },
    ],
    paths: (language) => ({
      ...PATHS,
      ...Object.fromEntries(
        [...runs.models(), ORDER_PROCESS].flatMap((model) => processPaths(model, language)),
      ),
    }),
  };
}

type Content = Readonly<Record<string, unknown>>;

const jsonOf = (schema: Content) => ({ 'application/json': { schema } });
const answer = (description: string, schema: Content = { type: 'object' }) => ({
  description,
  content: jsonOf(schema),
});
const ERRORS = {
  default: {
    description: 'What was wrong',
    content: { 'application/problem+json': { schema: { type: 'object' } } },
  },
};
const parameter = (name: string, schema: Content, place = 'query') => ({
  ...{ name, in: place, required: place === 'path', schema },
});
const words = (items: Content) => ({ type: 'array', items });
const JOB = parameter('jobId', { type: 'string' }, 'path');
const PAGE = [
  parameter('limit', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
  parameter('offset', { type: 'integer', minimum: 0, default: 0 }),
];

const STATUS = {
  type: 'object',
  required: ['jobID', 'status', 'type'],
  properties: {
    processID: { type: 'string' },
    type: { type: 'string', enum: ['process'] },
    jobID: { type: 'string' },
    status: { type: 'string', enum: [...RUN_STATES] },
    message: { type: 'string' },
    created: { type: 'string', format: 'date-time' },
    started: { type: 'string', format: 'date-time' },
    finished: { type: 'string', format: 'date-time' },
    updated: { type: 'string', format: 'date-time' },
    progress: { type: 'integer', minimum: 0, maximum: 100 },
    links: { type: 'array', items: { type: 'object' } },
  },
};

const PATHS = {
  '/processes': {
    get: {
      summary: 'Processes: the models of this service',
      parameters: PAGE,
      responses: { 200: answer('Processes'), ...ERRORS },
    },
  },
  '/jobs': {
    get: {
      summary: 'Jobs that the caller may find, the newest first',
      parameters: [
        parameter('type', words({ type: 'string', enum: ['process'] })),
        parameter('processID', words({ type: 'string' })),
        parameter('status', words({ type: 'string', enum: [...RUN_STATES] })),
        parameter('datetime', { type: 'string' }),
        parameter('minDuration', { type: 'integer', minimum: 0 }),
        parameter('maxDuration', { type: 'integer', minimum: 0 }),
        ...PAGE,
      ],
      responses: { 200: answer('Jobs'), ...ERRORS },
    },
  },
  '/jobs/{jobId}': {
    parameters: [JOB],
    get: { summary: 'How a job stands', responses: { 200: answer('Its status', STATUS), ...ERRORS } },
    delete: {
      summary: 'Dismisses a job; one that has ended is forgotten',
      responses: { 200: answer('Its status', STATUS), ...ERRORS },
    },
  },
  '/jobs/{jobId}/results': {
    parameters: [JOB],
    get: {
      summary: 'The results, as the execution asked for them',
      responses: {
        200: answer('Results'),
        204: { description: 'All by reference: addresses are in Link' },
        ...ERRORS,
      },
    },
  },
  '/jobs/{jobId}/results/{output}': {
    parameters: [JOB, parameter('output', { type: 'string' }, 'path')],
    get: { summary: 'One output', responses: { 200: answer('The value', {}), ...ERRORS } },
  },
};

function processPaths(model: ModelDeclaration, language: Language): readonly [string, object][] {
  const path = `/processes/${model.name}`;
  const summary = model.title[language];
  const inputs = {
    type: 'object',
    required: requiredOf(model.parameters),
    properties: { ...membersOf(model.parameters), ...commonInputs(model) },
  };
  const { required, ...optional } = inputs;
  const request = {
    type: 'object',
    properties: {
      inputs: required.length > 0 ? inputs : optional,
      outputs: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          properties: {
            transmissionMode: { type: 'string', enum: ['value', 'reference'], default: 'value' },
          },
        },
      },
      response: { type: 'string', enum: ['raw', 'document'], default: 'raw' },
    },
  };
  return [
    [path, { get: { tags: ['processes'], summary, responses: { 200: answer(summary), ...ERRORS } } }],
    [
      `${path}/execution`,
      {
        post: {
          tags: ['processes'],
          summary,
          description: model.summary[language],
          parameters: [parameter('Prefer', { type: 'string', example: 'respond-async' }, 'header')],
          requestBody: { required: true, content: jsonOf(request) },
          responses: {
            200: answer('Results', outputsSchema(model)),
            201: answer('The job that was begun', STATUS),
            204: { description: 'All by reference: addresses are in Link' },
            ...ERRORS,
          },
        },
      },
    ],
  ];
}

const outputsSchema = ({ result }: ModelDeclaration): Content => ({
  type: 'object',
  properties: membersOf(result),
});
