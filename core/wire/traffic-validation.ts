/** How far the flows of `traffic-assignment` agree with counts. Spoken by the server and the viewer. */
import { z } from 'zod';

const sums = z.object({
  counts: z.int(),
  countedVehPerH: z.number().describe('Mean of the counts'),
  modelledVehPerH: z.number().describe('Mean of the model there'),
  gehBelow5Pct: z.number().describe('Percent of the counts whose GEH is below 5; practice asks for 85'),
  rmsePct: z.number().describe('Root of the mean square difference, percent of the mean count'),
  slope: z
    .number()
    .describe('Of modelled on counted flows, through the origin: above 1 the model has too much traffic'),
  r2: z.number().nullable().describe('Square of the correlation; null of fewer than three counts'),
});
export type ValidationSums = z.infer<typeof sums>;

export const trafficValidationSchema = z.object({
  counts: z
    .array(
      z.object({
        link: z.string().describe('A link; or a road, without + and -, for both directions together'),
        road: z.string(),
        name: z.string().nullable(),
        class: z.string().nullable(),
        detector: z.string().nullable(),
        countedVehPerH: z.number(),
        modelledVehPerH: z.number(),
        geh: z.number(),
        isHeldOut: z.boolean().describe('The trips were not fitted to it'),
      }),
    )
    .describe('Those that agree least first'),
  all: sums,
  byClass: z.array(z.object({ class: z.string().nullable(), sums })),
  heldOut: sums
    .nullable()
    .describe('Of counts that the trips were not fitted to; null where they were fitted to none'),
  fit: z
    .object({
      before: sums.describe('Of the counts that trips were fitted to, before the fit'),
      after: sums.describe('The same after it'),
      heldOutBefore: sums
        .nullable()
        .describe('Of the counts held out, before the fit; `heldOut` is after it'),
    })
    .nullable()
    .describe('What the fit did; null where trips were fitted to no counts'),
  unknownLinks: z.array(z.string()).describe('Counts on links that the network does not have'),
});
export type TrafficValidation = z.infer<typeof trafficValidationSchema>;
