/** JSON of what becomes of a scenario: `/api/scenarios/{id}/` branches, state, publication, log. */
import { z } from 'zod';
import { SCENARIO_STATES } from '../scenario/life.ts';
import { editSchema } from './scenario.ts';

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
export type LogAction = (typeof LOG_ACTIONS)[number];
export type LogDetail = z.infer<typeof logDetailSchema>;
export type LogEntry = z.infer<typeof logEntrySchema>;
