/** Edits of the rules of the road: turns, signals, zones. All stand in properties of the layer `roads`. */
import { z } from 'zod';
import { note, objectId, position } from './edit-parts.ts';

/** Outline of a zone, open or closed; a section belongs to it with at least half of its length. */
const area = z.array(position).min(3).max(500);

/** Nobody may turn from one road into another where they meet; `from` and `to` the same: nobody may turn round. */
export const banTurnSchema = z.strictObject({
  kind: z.literal('ban-turn'),
  from: objectId,
  to: objectId,
  note,
});

export const allowTurnSchema = z.strictObject({
  kind: z.literal('allow-turn'),
  from: objectId,
  to: objectId,
  note,
});

export const setSignalSchema = z.strictObject({
  kind: z.literal('set-signal'),
  /** The nearest junction within 30 m. */
  at: position,
  cycleS: z.int().min(30).max(180).default(90),
  /** Seconds of green for the streets of the highest class there, 5 or more less than the cycle; without them half. */
  mainGreenS: z.int().min(5).max(170).optional(),
  note,
});

export const removeSignalSchema = z.strictObject({ kind: z.literal('remove-signal'), at: position, note });

/** Faster streets within are slowed; motorways, expressways and main roads of fast traffic stay as they are. */
export const slowZoneSchema = z.strictObject({
  kind: z.literal('slow-zone'),
  area,
  speedKmH: z.int().min(5).max(60).default(30),
  note,
});

export const ZONE_VEHICLES = ['all', 'car', 'truck'] as const;

/** A zone that the dirtiest vehicles may not enter, or pay for entering; motorways and expressways are never in it. */
export const lowEmissionZoneSchema = z.strictObject({
  kind: z.literal('low-emission-zone'),
  area,
  vehicles: z.enum(ZONE_VEHICLES).default('all'),
  /** Percent of these vehicles that are too dirty; 0 takes a zone away, 100 keeps all of them out. */
  sharePct: z.number().min(0).max(100),
  /** PLN for each entry; without it these vehicles may not drive there. */
  chargePln: z.number().min(0.1).max(500).optional(),
  note,
});

export type BanTurn = z.infer<typeof banTurnSchema>;
export type AllowTurn = z.infer<typeof allowTurnSchema>;
export type SetSignal = z.infer<typeof setSignalSchema>;
export type RemoveSignal = z.infer<typeof removeSignalSchema>;
export type SlowZone = z.infer<typeof slowZoneSchema>;
export type LowEmissionZone = z.infer<typeof lowEmissionZoneSchema>;
