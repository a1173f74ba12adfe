/** Edits of what people want to do; no object of a register, models read them. */
import { z } from 'zod';
import { note, position } from './edit-parts.ts';

export const DEMAND_PURPOSES = ['work', 'education', 'shopping', 'leisure', 'freight', 'other'] as const;

export const scaleDemandSchema = z.strictObject({
  kind: z.literal('scale-demand'),
  /** 1 leaves it as it is. */
  factor: z.number().min(0).max(10),
  /** Outline of where the trips begin or end, open or closed; without it the whole city. */
  area: z.array(position).min(3).max(500).optional(),
  /** Without it trips of every purpose. */
  purpose: z.enum(DEMAND_PURPOSES).optional(),
  note,
});

export type ScaleDemand = z.infer<typeof scaleDemandSchema>;
