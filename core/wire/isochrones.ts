/** How far people get on foot. */
import { z } from 'zod';
import { ordinate, placeSchema, walking } from './siting-question.ts';

export const isochronesQuestionSchema = z.strictObject({
  e: ordinate,
  n: ordinate,
  minutes: z.array(z.number().min(1).max(60)).min(1).max(6).default([5, 10, 15]),
  ...walking,
});
export type IsochronesQuestion = z.output<typeof isochronesQuestionSchema>;

const position = z.tuple([z.number(), z.number()]);

export const isochronesReplySchema = z.object({
  place: placeSchema,
  offStreetM: z.number(),
  isochrones: z
    .array(
      z.object({
        minutes: z.number(),
        streets: z.array(z.array(position)).describe('What one can walk of the streets: lines, EPSG:2177'),
        area: z
          .array(z.array(z.array(position)))
          .describe('The ground beside these streets: polygons of rings, EPSG:2177'),
        areaM2: z.number(),
      }),
    )
    .describe('By rising minutes'),
  seconds: z.number(),
});
export type IsochronesReply = z.infer<typeof isochronesReplySchema>;
