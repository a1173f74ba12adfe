/** Edits of utility networks. */
import { z } from 'zod';
import { note, objectId, position } from './edit-parts.ts';

/** Words of the layer `utility_lines`. */
export const UTILITY_NETWORKS = ['water', 'sewer', 'power', 'gas', 'heat', 'telecom', 'special'] as const;
export const UTILITY_COURSES = ['underground', 'surface', 'overhead'] as const;

export const addUtilityLineSchema = z.strictObject({
  kind: z.literal('add-utility-line'),
  path: z.array(position).min(2).max(2_000),
  network: z.enum(UTILITY_NETWORKS),
  /** A service connection may end in a building. */
  role: z.enum(['main', 'connection']).default('main'),
  course: z.enum(UTILITY_COURSES).default('underground'),
  diameterMm: z.int().min(10).max(5_000).optional(),
  /** Cover above it, metres. */
  depthM: z.number().min(0).max(50).optional(),
  material: z.string().trim().max(200).optional(),
  note,
});

export const removeUtilityLineSchema = z.strictObject({
  kind: z.literal('remove-utility-line'),
  line: objectId,
  note,
});

export type AddUtilityLine = z.infer<typeof addUtilityLineSchema>;
export type RemoveUtilityLine = z.infer<typeof removeUtilityLineSchema>;
