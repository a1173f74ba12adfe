/** Earth between the ground and a level: the question and the answer of `/api/ground-volume`. */
import { z } from 'zod';

const position = z.tuple([z.number(), z.number()]);

export const MOST_VOLUME_CORNERS = 200;
export const MOST_VOLUME_M2 = 1_000_000;

export const groundVolumeQuestionSchema = z.strictObject({
  outline: z
    .array(position)
    .min(3)
    .max(MOST_VOLUME_CORNERS)
    .describe('Corners in the CRS of the city, easting first, open'),
  levelM: z
    .number()
    .min(-100)
    .max(500)
    .optional()
    .describe(
      'Height of the level, PL-EVRF2007-NH; without it the mean height of the ground along the outline',
    ),
});
export type GroundVolumeQuestion = z.output<typeof groundVolumeQuestionSchema>;

export const groundVolumeSchema = z.object({
  levelM: z.number(),
  levelIs: z.enum(['asked', 'mean-of-outline']),
  areaM2: z.number().describe('Of the outline, in the plane of the CRS'),
  aboveM3: z.number().describe('Ground above the level: to be cut off'),
  belowM3: z.number().describe('Room below the level: to be filled up'),
  countingErrorM3: z.number().describe('By which two interleaved grids of samples differ'),
  perDecimetreM3: z
    .number()
    .describe(
      'By which the volumes change when all heights are wrong by 0.1 m one way; the model states no accuracy',
    ),
  lowestM: z.number(),
  highestM: z.number(),
});
export type GroundVolume = z.infer<typeof groundVolumeSchema>;
