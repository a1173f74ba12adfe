/** Result of the model `traffic-assignment`. Spoken by the server and the viewer. */
import { z } from 'zod';
import { selectedLinkSchema, selectedZoneSchema, trafficLinkSchema } from './traffic-link.ts';
import { trafficNoiseSchema } from './traffic-noise.ts';
import { trafficDemandSchema } from './traffic-trips.ts';
import { trafficValidationSchema } from './traffic-validation.ts';

const convergence = z.object({
  relativeGap: z.number(),
  /** What the relative gap is. */
  definition: z.string(),
  /** Whether `targetGap` was reached. */
  isReached: z.boolean(),
  iterations: z.int(),
  /** The largest change of any flow between the target gap and a hundredth of it, vehicles an hour. */
  noiseVehPerH: z.number(),
  /** Beckmann's sum, or the total cost under `system`; hours. */
  objectiveVehH: z.number(),
});

const totals = z.object({
  /** That are made. */
  trips: z.number(),
  vehicleKm: z.number(),
  vehicleHours: z.number(),
  /** Hours beyond those on empty streets. */
  delayHours: z.number(),
  meanSpeedKmH: z.number(),
  /** Length of streets whose flow is above their capacity. */
  overCapacityKm: z.number(),
  /** Trips that no way leads to their end; they are in no flow. */
  lostTrips: z.number(),
  /** Hot exhaust in this hour, grams (EMEP/EEA factors, an assumed fleet; CO2 from its energy by IPCC 2006); no cold starts. */
  exhaustG: z.object({
    NOx: z.number(),
    CO: z.number(),
    NMHC: z.number(),
    PM: z.number(),
    CO2: z.number(),
  }),
});
export type TrafficTotals = z.infer<typeof totals>;

const state = z.object({ convergence, totals });

const zone = z.object({
  id: z.string(),
  /** Easting, northing of its middle. */
  position: z.tuple([z.number(), z.number()]),
  district: z.string().nullable(),
  /** Of a gate: the street that leads out there. */
  street: z.string().nullable(),
  residents: z.number(),
  jobs: z.number(),
  /** At the edge of the city: a road that leads out. */
  isGate: z.boolean(),
  startsPerH: z.number(),
  endsPerH: z.number(),
});

const lostPair = z.object({ from: z.string(), to: z.string(), trips: z.number() });

export const trafficResultSchema = z.object({
  summary: z
    .object({
      hour: z.int(),
      principle: z.string(),
      /** What the result rests on, in words. */
      assumptions: z.array(z.object({ pl: z.string(), en: z.string() })),
      /** Differences of flow up to this are solver noise; null without a scenario. */
      noiseVehPerH: z.number().nullable(),
      /** What the grams of exhaust are, and what they leave out. */
      exhaustMethod: z.object({ pl: z.string(), en: z.string() }),
      notModelled: z.array(z.object({ pl: z.string(), en: z.string() })),
    })
    .describe('How it was computed; noise of both states together in vehicles an hour'),
  before: state.describe('The base: convergence and totals'),
  after: state.nullable().describe('The scenario: convergence and totals; null without a scenario'),
  links: z.array(trafficLinkSchema).describe('Every direction of every section that cars may use'),
  zones: z.array(zone).describe('Zones where trips begin and end'),
  lost: z
    .object({ before: z.array(lostPair), after: z.array(lostPair) })
    .describe('Pairs of zones without a way between them, those with most trips first; at most 100 of each'),
  districts: z
    .object({
      names: z.array(z.string()),
      /** Mean minutes of the trips from the row to the column; null without trips. */
      minutesBefore: z.array(z.array(z.number().nullable())),
      minutesAfter: z.array(z.array(z.number().nullable())).nullable(),
    })
    .describe('Travel time between districts, weighted by trips, minutes'),
  accessibility: z
    .object({
      /** Jobs within 15 minutes by car of the mean resident. */
      jobsIn15MinBefore: z.number(),
      jobsIn15MinAfter: z.number().nullable(),
      nurseryPlacesIn15MinBefore: z.number(),
      nurseryPlacesIn15MinAfter: z.number().nullable(),
    })
    .describe('What the mean resident reaches by car within 15 minutes at this hour'),
  noise: trafficNoiseSchema,
  selected: z.array(selectedLinkSchema).describe('Of each link asked for: its pairs of zones and their ways'),
  selectedZones: z
    .array(selectedZoneSchema)
    .describe('Of each zone asked for: where its trips drive, in the scenario (without one in the base)'),
  demand: trafficDemandSchema,
  validation: trafficValidationSchema
    .nullable()
    .describe('The base held against counts; null without counts'),
  matrix: z
    .object({
      from: z.array(z.string()),
      to: z.array(z.string()),
      carVehPerH: z.array(z.number()),
      truckVehPerH: z.array(z.number()),
    })
    .nullable()
    .describe('Trips from zone to zone of the scenario (without one of the base); null unless asked for'),
  warnings: z
    .array(z.object({ road: z.string(), text: z.object({ pl: z.string(), en: z.string() }) }))
    .describe('What is odd in the layer roads: speeds and lanes that look like another unit; at most 100'),
});
export type TrafficResult = z.infer<typeof trafficResultSchema>;
