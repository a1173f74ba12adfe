/** Edits of what people want to do; no object of a register, models read them. */
import { z } from 'zod';
import { note, position } from './edit-parts.ts';

export const DEMAND_PURPOSES = ['work', 'education', 'shopping', 'leisure', 'freight', 'other'] as const;

const HOURS_A_DAY = 24;

export const scaleDemandSchema = z.strictObject({
  kind: z.literal('scale-demand'),
  /** 1 leaves it as it is. */
  factor: z.number().min(0).max(10),
  /** Outline of where the trips begin or end, open or closed; without it the whole city. */
  area: z.array(position).min(3).max(500).optional(),
  /** Without it trips of every purpose. */
  purpose: z.enum(DEMAND_PURPOSES).optional(),
  /** From the beginning of one hour to the end before another, over midnight where `to` is not later; without it all day. */
  hours: z
    .strictObject({ from: z.int().min(0).max(23), to: z.int().min(1).max(24) })
    .refine(({ from, to }) => from !== to % HOURS_A_DAY, 'from and to must differ')
    .optional(),
  note,
});

export type ScaleDemand = z.infer<typeof scaleDemandSchema>;

/** Whether it changes trips of the hour that begins then, 0 to 23. */
export function scalesAt({ hours }: ScaleDemand, hour: number): boolean {
  if (!hours) return true;
  const { from, to } = hours;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}
