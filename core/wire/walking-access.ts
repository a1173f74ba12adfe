/** Who reaches facilities on foot today: parameters and result of the model `walking-access`. */
import { z } from 'zod';
import { servedSchema, sitedDistrictStateSchema } from './siting-answer.ts';
import { openOn, SITED_KINDS } from './siting-question.ts';

export const walkingAccessParametersSchema = z.strictObject({
  kind: z
    .enum(SITED_KINDS)
    .default('nursery')
    .describe('Of which facilities; whom they serve follows from it'),
  walkMinutes: z.number().min(1).max(60).optional().describe('Within reach: minutes on foot; by kind'),
  walkKmH: z.number().min(1).max(7).default(4.5).describe('Walking speed on the flat, km/h'),
  slopes: z.boolean().default(true).describe('Whether inclines of the register make walks longer'),
  stepFree: z.boolean().default(false).describe('Only ways for prams and wheelchairs'),
  openOn,
  forecastYear: z
    .int()
    .min(2000)
    .max(2100)
    .optional()
    .describe('People and open facilities as they will be then; without it as counted'),
  demandFactor: z.number().min(0).max(10).default(1).describe('All demand times this'),
  growthPerDwelling: z.number().min(0).max(5).optional().describe('People for each new dwelling; by kind'),
  decay: z
    .enum(['none', 'gaussian'])
    .default('none')
    .describe('none: everybody within reach counts alike (2SFCA); gaussian: the farther the less (E2SFCA)'),
});
export type WalkingAccessParameters = z.output<typeof walkingAccessParametersSchema>;

export const walkingAccessResultSchema = z.object({
  demand: z
    .object({ people: z.number(), estimated: z.number(), planned: z.number(), offNetworkPeople: z.number() })
    .describe('Whom the facilities are to serve'),
  facilities: z
    .array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        places: z.int().nullable(),
        within: z.number().describe('People within reach'),
        placesPer100: z.number().nullable().describe('Its places for a hundred people within reach'),
        assigned: z.number().nullable().describe('People who get their place here at best'),
      }),
    )
    .describe('What is there'),
  state: servedSchema.describe('For all people together'),
  unreachedPlaces: z.number().nullable().describe('Places that nobody can reach'),
  conservation: z
    .number()
    .nullable()
    .describe('|Σ demand · access + unreached places − Σ places| / Σ places: how exact the shares are'),
  byDistrict: z.array(sitedDistrictStateSchema).describe('Districts in which somebody of the ages lives'),
  points: z
    .array(
      z.object({
        ...{ id: z.string(), e: z.number(), n: z.number(), people: z.number() },
        walkMinutes: z.number().nullable(),
        access: z.number().nullable().describe('Places for each person'),
        isDesert: z.boolean().nullable().describe('Three people or more for each place within reach'),
        left: z.number().nullable().describe('People without a place'),
      }),
    )
    .describe('Cells of the population grid'),
});
export type WalkingAccessResult = z.infer<typeof walkingAccessResultSchema>;
