/** Edits of roads. */
import { z } from 'zod';
import { note, objectId, position } from './edit-parts.ts';

/** Words of the layer `roads`. */
export const ROAD_CLASSES = [
  'motorway',
  'express',
  'main_fast',
  'main',
  'collector',
  'local',
  'access',
  'service',
] as const;
export const ROAD_SURFACES = ['asphalt', 'concrete', 'paving', 'gravel', 'ground'] as const;

const lanes = z.int().min(1).max(12);
const speedKmH = z.int().min(5).max(140);
/** Metres along the line of the road. */
const alongM = z.number().min(0);
/** `against`: one-way against the line, which is then turned round. */
const oneway = z.union([z.boolean(), z.literal('against')]);

export const closeRoadSchema = z.strictObject({
  kind: z.literal('close-road'),
  road: objectId,
  /** Without them the whole section. */
  fromM: alongM.optional(),
  toM: alongM.optional(),
  note,
});

export const openRoadSchema = z.strictObject({ kind: z.literal('open-road'), road: objectId, note });

export const changeRoadSchema = z
  .strictObject({
    kind: z.literal('change-road'),
    road: objectId,
    oneway: oneway.optional(),
    lanes: lanes.optional(),
    speedKmH: speedKmH.optional(),
    /** Of each direction, passenger car units an hour; null = by class and lanes again. */
    capacityPcuPerH: z.int().min(50).max(20_000).nullable().optional(),
    note,
  })
  .refine(
    ({ kind: _, road: __, note: ___, ...changes }) =>
      Object.values(changes).some((each) => each !== undefined),
    'name at least one of oneway, lanes, speedKmH, capacityPcuPerH',
  );

export const addRoadSchema = z.strictObject({
  kind: z.literal('add-road'),
  /** Its ends are joined to junctions, or to the middle of a road, within 2 m. */
  path: z.array(position).min(2).max(2_000),
  class: z.enum(ROAD_CLASSES).default('local'),
  name: z.string().trim().max(200).optional(),
  lanes: lanes.default(2),
  /** Metres; without it 3 m for each lane. */
  widthM: z.number().min(2).max(60).optional(),
  speedKmH: speedKmH.default(50),
  /** Along the path. */
  oneway: z.boolean().default(false),
  surface: z.enum(ROAD_SURFACES).default('asphalt'),
  note,
});

export type CloseRoad = z.infer<typeof closeRoadSchema>;
export type OpenRoad = z.infer<typeof openRoadSchema>;
export type ChangeRoad = z.infer<typeof changeRoadSchema>;
export type AddRoad = z.infer<typeof addRoadSchema>;
