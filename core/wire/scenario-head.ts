/** What a scenario is beside its edits: words, base, state, where it comes from. Part of the JSON of `/api/scenarios`. */
import { z } from 'zod';
import { SCENARIO_STATES } from '../scenario/life.ts';

/** `link`: whoever knows the id may read it; `staff`: only staff; `public`: listed for everybody. */
export const SCENARIO_ACCESS = ['link', 'staff', 'public'] as const;
/** The law as it stood on this day, unless a scenario says another. */
export const DEFAULT_LAW_DATE = '2026-06-30';

/** Without the NUL character, which the store cannot keep. */
const words = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(/^[^\0]*$/, 'text without NUL');
const title = words(1, 200);
const reason = words(0, 4_000);
const access = z.enum(SCENARIO_ACCESS);
/** What is taken for given, one thought each. */
const assumptions = z.array(words(1, 1_000)).max(50);
/** YYYY-MM-DD; checks and models read acts as they stood on that day. */
export const lawDate = z.iso.date();

export const newScenarioSchema = z.strictObject({
  title,
  reason: reason.default(''),
  access: access.default('link'),
  assumptions: assumptions.optional(),
  /** Without it `DEFAULT_LAW_DATE`. */
  lawDate: lawDate.optional(),
  /** The base: a day or moment as in `?at=`; without it, now. */
  at: z.string().optional(),
});

/** Of a scenario that is no draft only `access` may be changed. */
export const scenarioChangesSchema = z
  .strictObject({
    title: title.optional(),
    reason: reason.optional(),
    access: access.optional(),
    assumptions: assumptions.optional(),
    lawDate: lawDate.optional(),
  })
  .refine(
    (changes) => Object.values(changes).some((value) => value !== undefined),
    'name at least one of title, reason, access, assumptions, lawDate',
  );

/** What is left out is as in the scenario that it branches from. */
export const newBranchSchema = z.strictObject({
  title: title.optional(),
  reason: reason.optional(),
  access: access.optional(),
  assumptions: assumptions.optional(),
  lawDate: lawDate.optional(),
});

const deed = { at: z.string(), by: z.string() };

export const scenarioHeadSchema = z.object({
  id: z.string(),
  title: z.string(),
  reason: z.string(),
  author: z.string(),
  access,
  assumptions: z.array(z.string()),
  lawDate: z.string(),
  /** Edits are made in drafts only. */
  state: z.enum(SCENARIO_STATES),
  /** The scenario that it was branched from, at which of its revisions; it may be gone since. */
  parent: z.object({ id: z.string(), revision: z.int() }).optional(),
  /** Since when whoever has the link may read it as it stands: it is no draft, so nobody changes it. */
  publication: z.object(deed).optional(),
  /** When its rows went into the registers, and the dataset version that this made. */
  application: z.object({ ...deed, version: z.int() }).optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Who changed it last. */
  updatedBy: z.string(),
  /** Rises with every change; `If-Match: "{revision}"` says which one a change was made from. */
  revision: z.int(),
});

export type NewScenario = z.infer<typeof newScenarioSchema>;
export type ScenarioChanges = z.infer<typeof scenarioChangesSchema>;
export type NewBranch = z.infer<typeof newBranchSchema>;
