/** Edits of buildings that stand: of the register, or planned. */
import { z } from 'zod';
import { BUILDING_FUNCTIONS } from './building.ts';
import { note, objectId } from './edit-parts.ts';

const shiftM = z.number().min(-20_000).max(20_000);

export const moveBuildingSchema = z
  .strictObject({
    kind: z.literal('move-building'),
    /** Its id in `buildings` or in `buildings_3d`; both move. */
    building: objectId,
    /** Metres east and north. */
    byM: z.tuple([shiftM, shiftM]),
    /** Counter-clockwise, about the middle of its outline. */
    turnDeg: z.number().min(-360).max(360).default(0),
    note,
  })
  .refine(({ byM, turnDeg }) => byM.some((by) => by !== 0) || turnDeg !== 0, {
    message: 'move it by some metres, or turn it by some degrees',
    path: ['byM'],
  });

export const changeBuildingSchema = z
  .strictObject({
    kind: z.literal('change-building'),
    building: objectId,
    function: z.enum(BUILDING_FUNCTIONS).optional(),
    /** Above the ground. Without a height the building grows by its own height of a storey. */
    storeys: z.int().min(1).max(100).optional(),
    /** From the ground to the highest point of the roof, metres. */
    heightM: z.number().min(2).max(300).optional(),
    note,
  })
  .refine((edit) => edit.function !== undefined || edit.storeys !== undefined || edit.heightM !== undefined, {
    message: 'name what changes: function, storeys or heightM',
    path: ['function'],
  });

export type MoveBuilding = z.infer<typeof moveBuildingSchema>;
export type ChangeBuilding = z.infer<typeof changeBuildingSchema>;
