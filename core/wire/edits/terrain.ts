/** The edit that shapes the ground. */
import { z } from 'zod';
import { note, position } from './edit-parts.ts';

export const shapeTerrainSchema = z
  .strictObject({
    kind: z.literal('shape-terrain'),
    /** The outline of what is levelled, open or closed, in either direction; no holes. */
    outline: z.array(position).min(3).max(500),
    /** Height of the new surface, PL-EVRF2007-NH: everywhere, or in the middle of the outline when it slopes. */
    heightM: z.number().min(-100).max(3_000).optional(),
    /** The new surface falls evenly instead of lying level. */
    slope: z
      .strictObject({
        /** Metres down for 100 m along. */
        percent: z.number().min(0).max(100),
        /** Where it falls to, degrees clockwise from north. */
        towardsDeg: z.number().min(0).max(360),
      })
      .optional(),
    /** Instead of a height: how much higher than before, metres; below zero a pit that follows the ground. */
    byM: z.number().min(-100).max(100).optional(),
    /** Outside the outline the ground runs this many metres out for each metre of height; 0 stands as a wall. */
    sideRun: z.number().min(0).max(10).default(1.5),
    note,
  })
  .refine(({ heightM, byM }) => (heightM === undefined) !== (byM === undefined), {
    message: 'give either heightM, the height of the new surface, or byM, how much higher than before',
    path: ['heightM'],
  })
  .refine(({ slope, byM }) => slope === undefined || byM === undefined, {
    message: 'a surface that follows the ground (byM) has no slope of its own',
    path: ['slope'],
  });

/** What shaping the ground moves. */
export const earthworkSchema = z.object({
  cutM3: z.number(),
  fillM3: z.number(),
  /** How far the volumes may be off for being counted on a grid. */
  errorM3: z.number(),
  /** Ground that is higher or lower than before, with the sides. */
  areaM2: z.number(),
  /** Outside the outline the sides end within this distance. */
  reachM: z.number(),
  /** Lowest and highest of the new surface. */
  lowestM: z.number(),
  highestM: z.number(),
});

export type ShapeTerrain = z.infer<typeof shapeTerrainSchema>;
export type Earthwork = z.infer<typeof earthworkSchema>;
