/** JSON of what becomes of a scenario: `/api/scenarios/{id}/` branches, rebase, merge, state, publication, application, log. */
import { z } from 'zod';
import { SCENARIO_STATES } from '../scenario/life.ts';
import { editSchema, findingSchema, scenarioReplySchema } from './scenario.ts';

/** A step of the life of a scenario. */
export const stateChangeSchema = z.strictObject({
  state: z.enum(SCENARIO_STATES),
  /** Needed to reject, and to take back what was decided. */
  reason: z
    .string()
    .trim()
    .max(1_000)
    .regex(/^[^\0]*$/, 'text without NUL')
    .optional(),
});

/**
 * `mine`: as this scenario has it. `theirs`: what comes in (the newer city, the other scenario) with the edit made on
 * it. `drop`: the edit goes.
 */
export const RESOLUTIONS = ['mine', 'theirs', 'drop'] as const;
const resolution = z.strictObject({
  /** Id of the edit. */
  edit: z.string(),
  choice: z.enum(RESOLUTIONS),
});
const resolutions = z.array(resolution).max(10_000).default([]);

export const rebaseRequestSchema = z.strictObject({
  /** The new base: a day or moment as in `?at=`, not before the present base; without it, now. */
  at: z.string().optional(),
  resolutions,
});

export const mergeRequestSchema = z.strictObject({
  /** Id of the scenario whose edits are taken over. */
  from: z.string(),
  resolutions,
});

/**
 * `gone`: an object is no more. `changed`: it is another than the edit was made on. `invalid`: the edit can no longer
 * be made, for a reason told in the message. `taken-out`: the other scenario took it out, and edits that this one made
 * since build on it.
 */
export const CONFLICT_KINDS = ['gone', 'changed', 'invalid', 'taken-out'] as const;

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const conflictSchema = z.object({
  /** Id and kind of the edit. */
  edit: z.string(),
  editKind: z.string(),
  kind: z.enum(CONFLICT_KINDS),
  message: z.object({ pl: z.string(), en: z.string() }),
  objects: z.array(
    z.object({
      layer: z.string(),
      id: z.string(),
      /** Attributes that differ, `geometry` among them; `was` as the edit knew it. */
      attributes: z.array(z.object({ name: z.string(), was: value.optional(), becomes: value.optional() })),
    }),
  ),
  /** What can be chosen. */
  choices: z.array(z.enum(RESOLUTIONS)),
  /** What was chosen; none: the report goes on with what `assumed` says. */
  choice: z.enum(RESOLUTIONS).optional(),
  assumed: z.enum(RESOLUTIONS),
});

/** What a rebase or a merge would do, or has done. */
export const replayReportSchema = z.object({
  /** Dataset versions; the same number twice where the base stays. */
  base: z.object({ from: z.int(), to: z.int(), at: z.string() }),
  /** Edits looked at, taken over (merge: from the other scenario), and dropped. */
  edits: z.object({ all: z.int(), kept: z.int(), dropped: z.int() }),
  /** Edits of this scenario that go because the other took them out, with those that build on them. Of merges alone. */
  takenOut: z.array(z.object({ edit: z.string(), editKind: z.string() })),
  conflicts: z.array(conflictSchema),
  /** What a planner should know of edits on their new ground. */
  findings: z.array(z.object({ edit: z.string(), finding: findingSchema })),
});

export const replayTrialReplySchema = z.object({ report: replayReportSchema });
export const replayReplySchema = z.object({ scenario: scenarioReplySchema, report: replayReportSchema });

/** What applying an adopted scenario writes, or would write. */
export const applicationReportSchema = z.object({
  /** The dataset version that was made; none in a dry run. */
  version: z.int().optional(),
  layers: z.array(z.object({ layer: z.string(), added: z.int(), changed: z.int(), removed: z.int() })),
  /** Edits that no register holds (demand, ground): ids. */
  notApplied: z.array(z.string()),
});
export const applicationTrialReplySchema = z.object({ report: applicationReportSchema });
export const applicationReplySchema = z.object({
  scenario: scenarioReplySchema,
  report: applicationReportSchema,
});

export const LOG_ACTIONS = [
  'created',
  'branched',
  'changed',
  'added',
  'removed',
  'undone',
  'redone',
  'rebased',
  'merged',
  'state',
  'published',
  'withdrawn',
  'applied',
] as const;

const loggedEdit = z.object({
  id: z.string(),
  kind: z.string(),
  /** Its words, where this took it out of the stack for good. */
  edit: editSchema.optional(),
});

/** What a line of the log says beside who, when and what. */
export const logDetailSchema = z.object({
  edits: z.array(loggedEdit).optional(),
  /** Edits that the scenario merged had taken out. */
  takenOut: z.array(loggedEdit).optional(),
  /** Edits that had been undone and were dropped for good by this change. */
  dropped: z.array(loggedEdit).optional(),
  /** The scenario that was branched from or merged. */
  from: z.object({ scenario: z.string(), revision: z.int() }).optional(),
  base: z.object({ from: z.int(), to: z.int() }).optional(),
  resolutions: z.array(resolution).optional(),
  /** Names of members changed. */
  members: z.array(z.string()).optional(),
  state: z.object({ from: z.enum(SCENARIO_STATES), to: z.enum(SCENARIO_STATES) }).optional(),
  reason: z.string().optional(),
  /** Dataset version made by applying it. */
  version: z.int().optional(),
});

export const logEntrySchema = z.object({
  at: z.string(),
  who: z.string(),
  /** The revision that it made. */
  revision: z.int(),
  action: z.enum(LOG_ACTIONS),
  ...logDetailSchema.shape,
});

/** The newest first; `more` tells that older lines were left out: ask again with `?before={revision}`. */
export const logReplySchema = z.object({ entries: z.array(logEntrySchema), more: z.boolean() });

export type StateChange = z.infer<typeof stateChangeSchema>;
export type Resolution = z.infer<typeof resolution>;
export type RebaseRequest = z.infer<typeof rebaseRequestSchema>;
export type MergeRequest = z.infer<typeof mergeRequestSchema>;
export type ReplayConflict = z.infer<typeof conflictSchema>;
export type ReplayReport = z.infer<typeof replayReportSchema>;
export type ApplicationReport = z.infer<typeof applicationReportSchema>;
export type LogAction = (typeof LOG_ACTIONS)[number];
export type LogDetail = z.infer<typeof logDetailSchema>;
export type LogEntry = z.infer<typeof logEntrySchema>;
