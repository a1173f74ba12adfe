/** Parameters and result of the model `traffic-assignment`. Spoken by the server and the viewer. */
import { z } from 'zod';
import { DEMAND_PURPOSES } from './edits/demand.ts';
import { trafficValidationSchema } from './traffic-validation.ts';

/** Units are in the names: veh/h are vehicles (lorries count once), pcu/h passenger car units. */
export const trafficParametersSchema = z.strictObject({
  hour: z.int().min(0).max(23).default(7).describe('The hour of a working day, from this one to the next'),
  targetGap: z
    .number()
    .min(1e-12)
    .max(1e-2)
    .default(1e-6)
    .describe(
      'Relative gap to reach. Two orders more are computed to learn how far flows still move: that is the noise',
    ),
  delay: z
    .enum(['bpr', 'conical'])
    .default('bpr')
    .describe('How time grows with flow: Bureau of Public Roads, or conical (Spiess 1990)'),
  principle: z
    .enum(['user', 'system'])
    .default('user')
    .describe(
      'user: nobody can be faster by another way; system: all together lose as little time as can be (what tolls could reach at best)',
    ),
  elasticity: z
    .number()
    .min(0)
    .max(3)
    .default(0)
    .describe(
      'How far the scenario’s trips yield to cost: 0 keeps every trip of the base; with 1 a way that costs 1 % more loses 1 % of its trips',
    ),
  counts: z
    .array(
      z.strictObject({
        link: z.string().min(1).max(210),
        vehPerH: z.number().min(0).max(20_000),
        detector: z.string().max(100).optional(),
      }),
    )
    .max(2_000)
    .default([])
    .describe(
      'Vehicles counted in this hour by link (id of the road with + or -; without them both directions): the base is held against them. Without any, against those that the city keeps',
    ),
  demand: z
    .enum(['auto', 'generated', 'stored'])
    .default('auto')
    .describe(
      'stored: the trips that the city keeps for this hour; generated: by residents, floor area and places; auto: stored where there are any',
    ),
  fit: z
    .enum(['none', 'counts', 'matrix'])
    .default('none')
    .describe(
      'counts: trips within the city and over its edge are each scaled so that the base comes nearest to the counts; of six counted roads or more every third is held out to judge the fit by. matrix: after that each pair of zones is scaled too, as far as `priorWeight` lets it (generalised least squares, 0.25 to 4 times its trips)',
    ),
  priorWeight: z
    .number()
    .min(0.01)
    .max(100)
    .default(1)
    .describe(
      'Of fit matrix: how much the trips before the fit are believed beside the counts; 1: a vehicle an hour alike, more: nearer to those trips',
    ),
  tripMinutes: z
    .partialRecord(z.enum(DEMAND_PURPOSES), z.number().min(1).max(90))
    .default({})
    .describe(
      'Mean minutes of generated trips on the empty network by purpose; how trips fall off with time is found for them. Purposes without keep the falling off that is assumed',
    ),
  selectLinks: z
    .array(z.string().min(1).max(210))
    .max(5)
    .default([])
    .describe(
      'Links whose trips are wanted: where they come from, where they go, and by which ways; of a link that the scenario closes, by which ways they go round it',
    ),
  selectZones: z
    .array(z.string().min(1).max(100))
    .max(5)
    .default([])
    .describe('Zones (ids of `zones`) whose trips are wanted: where those drive that begin or end there'),
  withMatrix: z.boolean().default(false).describe('Also tell all trips from zone to zone'),
  demandFactor: z.number().min(0).max(10).default(1).describe('All trips of both states times this'),
  tripFactor: z
    .number()
    .min(0.05)
    .max(20)
    .default(1)
    .describe('Generated trips times this, before anything else'),
  obstructionsAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe(
      'Streets that the obstruction register closes or narrows for cars at this moment are so in the scenario (without one: beside the base). Hours of the day and single open directions of an obstruction are not looked at',
    ),
  externalVehPerHPerLane: z
    .number()
    .min(0)
    .max(2_000)
    .default(500)
    .describe(
      'Vehicles an hour that enter on each lane of a main road at the city’s edge in the morning peak',
    ),
  distanceCostSPerKm: z
    .number()
    .min(0)
    .max(600)
    .default(30)
    .describe('What a kilometre costs drivers, in seconds of their time'),
  valueOfTimePlnPerH: z
    .number()
    .min(1)
    .max(1_000)
    .default(50)
    .describe('What an hour of drivers is worth to them, PLN: turns a charge for entering a zone into time'),
  noiseMap: z
    .strictObject({
      bbox: z
        .tuple([z.number(), z.number(), z.number(), z.number()])
        .optional()
        .describe(
          'Least easting, least northing, greatest easting, greatest northing (EPSG:2177); without it the whole city',
        ),
    })
    .optional()
    .describe(
      'Also compute noise over an area, 4 m above the ground, at places whose step follows from the area',
    ),
  mostZones: z
    .int()
    .min(10)
    .max(600)
    .default(300)
    .describe('Cells of the population grid are put together until there are no more zones than these'),
});
export type TrafficParameters = z.infer<typeof trafficParametersSchema>;

/** Of one direction of a section of a road, at equilibrium. */
const linkState = z.object({
  flowVehPerH: z.number(),
  truckVehPerH: z.number(),
  capacityVehPerH: z.number(),
  /** Flow in passenger car units over capacity. */
  vOverC: z.number(),
  speedKmH: z.number(),
  /** Time on the link beyond the time on the empty street. */
  delayS: z.number(),
  /** Sound power of a metre at this hour, dB(A) re 1 pW (CNOSSOS-EU); null without traffic. */
  soundPowerDbAPerM: z.number().nullable(),
});

export const trafficLinkSchema = z.object({
  /** Id of the road with `+` along its line, `-` against it. */
  id: z.string(),
  road: z.string(),
  name: z.string().nullable(),
  class: z.string().nullable(),
  /** Nodes of the layer roads, in the direction of travel. */
  from: z.string(),
  to: z.string(),
  lanes: z.number(),
  lengthM: z.number(),
  freeSpeedKmH: z.number(),
  /** Roads that nobody may turn into from it. */
  noTurnTo: z.array(z.string()),
  /** At its end; null without one. */
  signal: z.object({ greenS: z.number(), cycleS: z.number() }).nullable(),
  /** In the direction of travel: easting, northing (EPSG:2177, metres). */
  path: z.array(z.tuple([z.number(), z.number()])),
  /** `closed`: open in the base, not in the scenario; `added`: only in the scenario. */
  state: z.enum(['open', 'closed', 'added', 'changed']),
  /** Null where the link is not there or closed; without a scenario `after` is as `before`. */
  before: linkState.nullable(),
  after: linkState.nullable(),
  /** After less before; null without a scenario. */
  difference: z
    .object({
      flowVehPerH: z.number(),
      delayS: z.number(),
      speedKmH: z.number(),
      /** False: no more than what the solver leaves undone; do not colour it. */
      isBeyondNoise: z.boolean(),
    })
    .nullable(),
});
export type TrafficLink = z.infer<typeof trafficLinkSchema>;
export type LinkState = z.infer<typeof linkState>;

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
const exposure = z.object({
  /** Residents at their most exposed façade by LDWN, in bands of 5 dB from this one. */
  residentsByLdwn: z.array(z.object({ fromDb: z.number(), residents: z.number() })),
  /** LDWN above the limit of their own ground (by the local plan, without one by use). */
  residentsOverLdwn: z.number(),
  /** The same by how many dB it is above, in bands from this one. */
  residentsByExcess: z.array(z.object({ fromDb: z.number(), residents: z.number() })),
  /** LN above that limit. */
  residentsOverNight: z.number(),
  /** Neither plan nor use says which limit holds, or the level lies between that of houses and of blocks of flats. */
  residentsNotAssessed: z.number(),
  /** Nurseries, kindergartens, schools, hospitals, care homes: how many, above the LDWN limit, not assessed. */
  sensitiveBuildings: z.int(),
  sensitiveOverLdwn: z.int(),
  sensitiveNotAssessed: z.int(),
});
export type NoiseExposure = z.infer<typeof exposure>;
export type NoiseMap = NonNullable<TrafficResult['noise']['map']>;
export type NoiseChange = NonNullable<TrafficResult['noise']['change']>;

const selected = z.object({
  link: z.string(),
  /** Of the scenario, without one of the base. */
  vehPerH: z.number(),
  /** Pairs of zones with the most vehicles on the link; at most 200. */
  pairs: z.array(z.object({ from: z.string(), to: z.string(), vehPerH: z.number() })),
  /** Where the vehicles of this link also drive. */
  links: z.array(z.object({ id: z.string(), vehPerH: z.number() })),
});
export type SelectedLink = z.infer<typeof selected>;

const selectedZone = z.object({
  zone: z.string(),
  /** That have a way. */
  startsPerH: z.number(),
  endsPerH: z.number(),
  /** Where they drive: those that begin in the zone, and those that end there. */
  links: z.array(z.object({ id: z.string(), fromVehPerH: z.number(), toVehPerH: z.number() })),
});
export type SelectedZone = z.infer<typeof selectedZone>;

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
  noise: z
    .object({
      method: z.object({ pl: z.string(), en: z.string() }),
      /** Cases of ISO/TR 17534-4 that the propagation passes within 0.1 dB. */
      passList: z.array(z.string()),
      /** Published vectors of road emission: met within 0.01 dB, and not met because they are faulty themselves. */
      vectors: z.object({
        met: z.array(z.string()),
        faulty: z.array(z.object({ name: z.string(), reason: z.object({ pl: z.string(), en: z.string() }) })),
      }),
      before: exposure,
      after: exposure.nullable(),
      /** Null without a scenario. */
      change: z
        .object({
          /** Differences up to it are rounding, sources left out and what the solution leaves open: no change. */
          boundDb: z.number(),
          residentsLouder: z.number(),
          residentsQuieter: z.number(),
        })
        .nullable(),
      /** Null unless asked for. */
      map: z
        .object({
          /** Easting, northing (EPSG:2177) of the south-western place. */
          origin: z.tuple([z.number(), z.number()]),
          stepM: z.number(),
          columns: z.int(),
          rows: z.int(),
          /** Row by row from the south-west, LDWN in dB; null within buildings and where no street is near. */
          ldwnBeforeDb: z.array(z.number().nullable()),
          ldwnAfterDb: z.array(z.number().nullable()).nullable(),
          /** Differences up to it are none: as at homes, and what lies between computed places. */
          boundDb: z.number(),
        })
        .nullable(),
      buildings: z.array(
        z.object({
          id: z.string(),
          /** Easting, northing of its middle. */
          at: z.tuple([z.number(), z.number()]),
          ldwnBeforeDb: z.number().nullable(),
          ldwnAfterDb: z.number().nullable(),
          use: z.enum(['dwelling', 'children', 'hospital', 'care']).nullable(),
          /** LDWN of roads permitted there; null where it is not determined. */
          limitDb: z.number().nullable(),
          /** Whether the local plan or the use gives the limit; null where neither does. */
          basis: z.enum(['plan', 'use']).nullable(),
        }),
      ),
    })
    .describe(
      'Road noise at the loudest façade of homes, schools, hospitals and care homes, against the limit of their own ground; residents in tens (fewer than 10 are told as 0), from floor area and the published grid',
    ),
  selected: z.array(selected).describe('Of each link asked for: its pairs of zones and their ways'),
  selectedZones: z
    .array(selectedZone)
    .describe('Of each zone asked for: where its trips drive, in the scenario (without one in the base)'),
  demand: z
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
            personTripsPerDay: z
              .number()
              .describe('Of people, on foot and by bus too; there and back are one'),
            carShare: z.number().describe('Assumed; of freight lorries'),
            peopleInCar: z.number().describe('Assumed'),
            perMinute: z.number().describe('Trips fall off as exp(−this · minutes)'),
            meanMinutes: z.number().nullable().describe('On the empty network, what stays in a zone with it'),
            targetMinutes: z.number().nullable().describe('As asked for; null where nothing was'),
          }),
        )
        .describe('What the generator assumes; empty where trips are stored'),
    })
    .describe('Where the trips come from'),
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
