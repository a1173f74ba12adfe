/** The edit of a zone of a plan. */
import { z } from 'zod';
import { note, objectId, position } from './edit-parts.ts';

/** A parameter that the plan sets; null = it sets none any more. */
const set = <T extends z.ZodType>(type: T) => type.nullable().optional();
const share = z.number().min(0).max(100);
const words = z.string().trim().min(1).max(200);

export const changePlanZoneSchema = z
  .strictObject({
    kind: z.literal('change-plan-zone'),
    zone: objectId,
    /** Kind of the zone or area: a word of `zone_kind` of the layer `plan_zones`. */
    zoneKind: z.string().trim().min(1).max(10).optional(),
    /** Id of the planning act (layer `plan_acts`) that sets it, of the same kind of plan; its title and dates follow. */
    act: set(objectId),
    maxHeightM: set(z.number().min(0).max(500)),
    maxStoreys: set(z.int().min(0).max(150)),
    minIntensity: set(z.number().min(0).max(50)),
    maxIntensity: set(z.number().min(0).max(50)),
    maxBuiltSharePct: set(share),
    minBioactiveSharePct: set(share),
    minParcelAreaM2: set(z.number().min(0).max(1_000_000)),
    minParkingPerDwelling: set(z.number().min(0).max(20)),
    minParkingPer100M2: set(z.number().min(0).max(100)),
    baseProfile: set(words),
    additionalProfile: set(words),
    roofShape: set(words),
    /** Its new outline, open or closed; zones of the same kind of plan give way. */
    outline: z.array(position).min(3).max(500).optional(),
    note,
  })
  .refine(
    ({ kind: _, zone: __, note: ___, ...changes }) =>
      Object.values(changes).some((each) => each !== undefined),
    {
      message: 'name what changes: parameters of the zone, or its outline',
      path: ['zone'],
    },
  );

export type ChangePlanZone = z.infer<typeof changePlanZoneSchema>;
