/** Edits of trees. */
import { z } from 'zod';
import { note, objectId, position } from './edit-parts.ts';

/** Words of the layer `trees`. */
export const TREE_FORMS = ['broadleaved', 'coniferous', 'shrub'] as const;

export const plantTreeSchema = z.strictObject({
  kind: z.literal('plant-tree'),
  /** Where its trunk stands. */
  at: position,
  species: z.string().trim().min(1).max(200),
  speciesLatin: z.string().trim().max(200).optional(),
  form: z.enum(TREE_FORMS).default('broadleaved'),
  /** Metres, when planted. */
  heightM: z.number().min(0.3).max(60).default(4),
  crownDiameterM: z.number().min(0.2).max(40).default(2),
  note,
});

export const fellTreeSchema = z.strictObject({ kind: z.literal('fell-tree'), tree: objectId, note });

export type PlantTree = z.infer<typeof plantTreeSchema>;
export type FellTree = z.infer<typeof fellTreeSchema>;
