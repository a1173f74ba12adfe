/** JSON of `/api/runs` and `/api/models`. Spoken by the server and the viewer. */
import { z } from 'zod';

/** Words of OGC API – Processes for the status of a job. */
export const RUN_STATES = ['accepted', 'running', 'successful', 'failed', 'dismissed'] as const;

const text = z.object({ pl: z.string(), en: z.string() });
const day = z.iso.date();
const name = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words with hyphens');

/** What a model that runs elsewhere says of itself. */
export const outsideModelSchema = z.strictObject({
  version: z.string().trim().min(1).max(60),
  title: z.strictObject({ pl: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) }),
  /** What it computes, by which method. */
  summary: z.strictObject({ pl: z.string().trim().max(2_000), en: z.string().trim().max(2_000) }),
});

export const newRunSchema = z.strictObject({
  /** One of `/api/models`, or with `outside` a name of your own. */
  model: name,
  parameters: z.record(z.string().max(100), z.unknown()).default({}),
  /** Id of a scenario; without one the city as it was loaded last. */
  scenario: z.string().max(100).optional(),
  /** The day whose law applies; without one that of the scenario. */
  lawDate: day.optional(),
  /** The model runs elsewhere and puts its result to `/api/runs/{id}/result`. */
  outside: outsideModelSchema.optional(),
});

export const runProblemSchema = z.object({
  kind: z.string(),
  message: z.string(),
  parameter: z.string().optional(),
});

export const runSchema = z.object({
  /** Made from everything that the result depends on: the same request has the same id. */
  id: z.string(),
  model: z.string(),
  modelVersion: z.string(),
  title: text,
  outside: z.boolean(),
  parameters: z.record(z.string(), z.unknown()),
  base: z.object({ version: z.int(), at: z.string() }),
  /** Null without a scenario; `revision` is how it stood. */
  scenario: z.object({ id: z.string().nullable(), revision: z.int(), stackDigest: z.string() }).nullable(),
  lawDate: z.string(),
  state: z.enum(RUN_STATES),
  /** Percent. */
  progress: z.int(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  updatedAt: z.string(),
  /** Of the last attempt, from its start to its end. */
  durationMs: z.int().nullable(),
  /** Told to staff only. */
  askedBy: z.string().optional(),
  problem: runProblemSchema.nullable(),
});

export const runReplySchema = runSchema.extend({
  urls: z.object({ self: z.string(), result: z.string(), edits: z.string() }),
});
export const runsReplySchema = z.object({ runs: z.array(runReplySchema), more: z.boolean() });

/** What an outside model tells while it works. */
export const runProgressSchema = z.strictObject({ progress: z.int().min(0).max(99) });

const MOST_ROWS = 200;
const rowText = z.strictObject({ pl: z.string().max(500), en: z.string().max(500) });

/** The result of an outside model: rows for the table of consequences, and anything else as `data`. */
export const outsideResultSchema = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        name,
        title: rowText,
        /** UCUM-like: m2, %, 1, dB. */
        unit: z.string().max(30),
        method: rowText,
        before: z.number().optional(),
        after: z.number(),
        /** The difference lies within ± this. */
        deltaBound: z.number().min(0).optional(),
      }),
    )
    .max(MOST_ROWS),
  data: z.unknown().optional(),
});

export const modelSchema = z.object({
  name: z.string(),
  version: z.string(),
  title: text,
  summary: text,
  /** Layers that it reads. */
  layers: z.array(z.string()),
  /** Schema of the parameters, as OpenAPI 3.0 writes it. */
  parameters: z.record(z.string(), z.unknown()),
  /** Schema of the result, as OpenAPI 3.0 writes it. */
  result: z.record(z.string(), z.unknown()),
});
export const modelsReplySchema = z.object({ models: z.array(modelSchema) });

export type RunState = (typeof RUN_STATES)[number];
export type Run = z.infer<typeof runSchema>;
export type NewRun = z.infer<typeof newRunSchema>;
export type RunProblem = z.infer<typeof runProblemSchema>;
export type OutsideModel = z.infer<typeof outsideModelSchema>;
export type OutsideResult = z.infer<typeof outsideResultSchema>;
export type RunReply = z.infer<typeof runReplySchema>;
export type ModelDeclaration = z.infer<typeof modelSchema>;
