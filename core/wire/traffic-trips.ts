/** Where the trips of a result of `traffic-assignment` come from. Spoken by the server and the viewer. */
import { z } from 'zod';
import { DEMAND_PURPOSES } from './edits/demand.ts';

export const trafficDemandSchema = z
  .object({
    source: z.enum(['generated', 'stored']),
    from: z.string().nullable().describe('Of stored trips: where they come from'),
    fit: z
      .object({
        innerFactor: z.number().describe('Trips within the city times this'),
        edgeFactor: z.number().describe('Trips over its edge times this'),
        rounds: z.int(),
        matrix: z
          .object({
            priorWeight: z.number(),
            tripsBefore: z
              .number()
              .describe('Between different zones, after the two factors, vehicles an hour'),
            tripsAfter: z.number(),
            movedPct: z.number().describe('Changes of all pairs, up or down, percent of the trips before'),
            unseenPct: z.number().describe('Percent of the trips before that no counter sees: they stay'),
            atBoundPct: z
              .number()
              .describe('Percent of the trips before in pairs at a bound of their factor'),
            leastFactor: z.number(),
            largestFactor: z.number(),
          })
          .nullable()
          .describe('How far fit matrix changed the trips from zone to zone; null without it'),
      })
      .nullable()
      .describe('Null where trips were not fitted to counts'),
    purposes: z
      .array(
        z.object({
          purpose: z.enum(DEMAND_PURPOSES),
          personTripsPerDay: z.number().describe('Of people, on foot and by bus too; there and back are one'),
          carShare: z.number().describe('Assumed; of freight lorries'),
          peopleInCar: z.number().describe('Assumed'),
          perMinute: z.number().describe('Trips fall off as exp(−this · minutes)'),
          meanMinutes: z.number().nullable().describe('On the empty network, what stays in a zone with it'),
          targetMinutes: z.number().nullable().describe('As asked for; null where nothing was'),
        }),
      )
      .describe('What the generator assumes; empty where trips are stored'),
  })
  .describe('Where the trips come from');
