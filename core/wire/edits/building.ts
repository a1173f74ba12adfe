/** Edits of buildings. */
import { z } from 'zod';
import { note, objectId, position } from './edit-parts.ts';

export const ROOF_SHAPES = ['flat', 'gabled', 'hipped', 'pent'] as const;
/** Kinds of the layer `buildings` (KŚT). */
export const BUILDING_FUNCTIONS = ['m', 'g', 't', 'k', 'z', 'b', 'h', 'p', 's', 'i'] as const;

export const addBuildingSchema = z.strictObject({
  kind: z.literal('add-building'),
  /** The outline, open or closed, in either direction; no holes. */
  footprint: z.array(position).min(3).max(500),
  storeys: z.int().min(1).max(100),
  /** Metres. */
  storeyHeightM: z.number().min(2).max(12).default(3.2),
  /** From the lowest ground under the building to the eaves; without it storeys × storey height. */
  eavesHeightM: z.number().min(2).max(300).optional(),
  roof: z.strictObject({
    shape: z.enum(ROOF_SHAPES),
    /** Without it 35° gabled, 30° hipped, 10° pent. */
    pitchDeg: z.number().min(1).max(70).optional(),
  }),
  function: z.enum(BUILDING_FUNCTIONS),
  name: z.string().trim().max(200).optional(),
  note,
});

export const removeBuildingSchema = z.strictObject({
  kind: z.literal('remove-building'),
  /** Its id in `buildings` or in `buildings_3d`; both go. */
  building: objectId,
  note,
});

export type AddBuilding = z.infer<typeof addBuildingSchema>;
export type RemoveBuilding = z.infer<typeof removeBuildingSchema>;
