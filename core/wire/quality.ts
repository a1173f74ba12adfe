/** JSON of `/api/live/quality`. Spoken by the server and the viewer. */
import { z } from 'zod';
import { QUALITY_RULES } from '../live/quality/quality-rule.ts';

const text = z.object({ pl: z.string(), en: z.string() });

/** What speaks against believing values, for now or for the time that is asked for. */
export const doubtSchema = z.object({
  rule: z.enum(QUALITY_RULES),
  /** In words, with the numbers. */
  reason: text,
  /** UTC ISO text. */
  since: z.string(),
});

const episode = z.object({
  datastream: z.int(),
  rule: z.enum(QUALITY_RULES),
  from: z.string(),
  /** Time of the last value in doubt; null while it goes on. */
  to: z.string().nullable(),
  /** Values in doubt so far. */
  count: z.int(),
  reason: text,
  /** The numbers of the reason, by name. */
  detail: z.record(z.string(), z.number()),
  /** When the twin knew it. */
  knownAt: z.string(),
});

export const qualityReplySchema = z.object({
  from: z.string(),
  to: z.string(),
  /** The newest first; see `more`. */
  episodes: z.array(episode),
  /** There are more than are told at once: ask for less. */
  more: z.boolean(),
});

export type Doubt = z.infer<typeof doubtSchema>;
export type QualityEpisode = z.infer<typeof episode>;
export type QualityReply = z.infer<typeof qualityReplySchema>;
