/** Edits of facilities. */
import { z } from 'zod';
import { note, objectId, position } from './edit-parts.ts';

/** Words of the layer `facilities`. */
export const FACILITY_KINDS = [
  'nursery',
  'kindergarten',
  'primary_school',
  'secondary_school',
  'clinic',
  'hospital',
  'pharmacy',
  'library',
  'culture',
  'sport',
  'care_home',
  'office',
  'police',
  'fire',
  'post',
  'church',
  'shop',
  'recycling',
  'playground',
  'parcel_locker',
  'defibrillator',
] as const;

const places = z.int().min(0).max(100_000);
const years = z.int().min(0).max(120);

export const addFacilitySchema = z.strictObject({
  kind: z.literal('add-facility'),
  at: position,
  name: z.string().trim().min(1).max(200),
  facility: z.enum(FACILITY_KINDS),
  capacity: places.optional(),
  /** Whom it is for, years inclusive. */
  ageFrom: years.optional(),
  ageTo: years.optional(),
  ownership: z.enum(['municipal', 'private']).default('municipal'),
  openingHours: z.string().trim().max(200).optional(),
  address: z.string().trim().max(200).optional(),
  note,
});

export const closeFacilitySchema = z.strictObject({
  kind: z.literal('close-facility'),
  facility: objectId,
  note,
});

export const changeFacilitySchema = z.strictObject({
  kind: z.literal('change-facility'),
  facility: objectId,
  capacity: places,
  note,
});

export type AddFacility = z.infer<typeof addFacilitySchema>;
export type CloseFacility = z.infer<typeof closeFacilitySchema>;
export type ChangeFacility = z.infer<typeof changeFacilitySchema>;
