/** Road noise in the result of `traffic-assignment`. Spoken by the server and the viewer. */
import { z } from 'zod';

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

export const trafficNoiseSchema = z
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
  );
export type TrafficNoise = z.infer<typeof trafficNoiseSchema>;
export type NoiseMap = NonNullable<TrafficNoise['map']>;
export type NoiseChange = NonNullable<TrafficNoise['change']>;
