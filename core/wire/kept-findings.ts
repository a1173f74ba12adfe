/** Findings of every parcel as the last refresh of the batch kept them, and whether they still hold. */
import { z } from 'zod';
import { findingSchema } from './parcel-check.ts';

export const KEPT_STATES = ['applies', 'touches', 'not-assessed'] as const;
export const MOST_KEPT_PARCELS = 1_000;

const text = z.object({ pl: z.string(), en: z.string() });

export const keptSummarySchema = z.object({
  parcels: z.number().int().describe('Of which findings are kept'),
  refreshedAt: z.string().nullable().describe('When the last refresh ended; null = never'),
  lawDate: z.string().nullable().describe('The day whose law that refresh applied'),
  dataVersion: z.number().int().nullable().describe('Version of the city that it saw'),
  rulesVersion: z.string().nullable(),
  isStale: z.boolean().describe('Whether a refresh would check any parcel again'),
  staleBecause: z.array(text).describe('Why they do not hold any more; empty when they do'),
  rules: z
    .array(
      z.object({
        rule: z.string(),
        title: text.nullable().describe('Null for a rule of an older release'),
        applies: z.number().int(),
        touches: z.number().int(),
        notAssessed: z.number().int(),
      }),
    )
    .describe('Parcels by what became of each rule; it does not apply to all others'),
});
export type KeptSummary = z.infer<typeof keptSummarySchema>;

export const keptQuerySchema = z.strictObject({
  rule: z.string().min(1).max(100).describe('Id of the rule: flood-special-hazard'),
  state: z.enum(KEPT_STATES).default('applies'),
  after: z.string().max(100).optional().describe('Only parcels after this id; `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(MOST_KEPT_PARCELS).default(100),
});
export type KeptQuery = z.output<typeof keptQuerySchema>;

const keptFindingSchema = findingSchema.pick({
  ...{ id: true, rule: true, state: true, measured: true, objects: true, reason: true },
});

export const keptPageSchema = z.object({
  refreshedAt: z.string().nullable(),
  isStale: z.boolean(),
  parcels: z.array(
    z.object({
      parcel: z.string(),
      findings: z.array(keptFindingSchema).describe('Of the rule; none are kept of what is not assessed'),
    }),
  ),
  next: z.string().optional().describe('`after` of the next page, where there is one'),
});
export type KeptPage = z.infer<typeof keptPageSchema>;
