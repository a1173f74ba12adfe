/** Edits of parcels. */
import { z } from 'zod';
import { note, objectId, position } from './edit-parts.ts';

export const splitParcelSchema = z.strictObject({
  kind: z.literal('split-parcel'),
  parcel: objectId,
  /** From border to border; its ends may miss the border by 5 cm. */
  line: z.array(position).min(2).max(200),
  note,
});

export const mergeParcelsSchema = z.strictObject({
  kind: z.literal('merge-parcels'),
  /** Each shares a border with another. */
  parcels: z.array(objectId).min(2).max(50),
  note,
});

export type SplitParcel = z.infer<typeof splitParcelSchema>;
export type MergeParcels = z.infer<typeof mergeParcelsSchema>;
