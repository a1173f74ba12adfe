/** Parameters of the model `traffic-assignment`. Spoken by the server and the viewer. */
import { z } from 'zod';
import { DEMAND_PURPOSES } from './edits/demand.ts';

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
