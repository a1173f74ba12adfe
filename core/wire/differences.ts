/** JSON of `/api/scenarios/{scenario}/differences`: the objects in which a scenario differs from its base. */
import { z } from 'zod';

export const CHANGES = ['added', 'removed', 'changed'] as const;

/** Longitude, latitude in degrees WGS 84 (RFC 7946); heights in metres PL-EVRF2007-NH. */
const geometry = z.looseObject({ type: z.string(), coordinates: z.array(z.unknown()) }).nullable();

export const differenceSchema = z.object({
  type: z.literal('Feature'),
  /** Business id of the object. */
  id: z.string(),
  /** As the scenario has it; of a removed object as the base had it. */
  geometry,
  properties: z.object({
    layer: z.string(),
    change: z.enum(CHANGES),
    /** Of a changed object: names of the properties that differ, and `geometry`. */
    differs: z.array(z.string()),
    /** The changed properties as the base has them, and as the scenario has them. */
    before: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    after: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  /** Where a changed object was, when it has moved or has another outline. */
  geometryBefore: geometry.optional(),
});

export const differencesReplySchema = z.object({
  type: z.literal('FeatureCollection'),
  scenario: z.object({ id: z.string(), title: z.string(), revision: z.int(), base: z.string() }),
  /** How many there are in each layer. */
  counts: z.record(z.string(), z.object({ added: z.int(), removed: z.int(), changed: z.int() })),
  /** Whether there are more than are told at once. */
  more: z.boolean(),
  features: z.array(differenceSchema),
});

export type DifferenceFeature = z.infer<typeof differenceSchema>;
export type DifferencesReply = z.infer<typeof differencesReplySchema>;
