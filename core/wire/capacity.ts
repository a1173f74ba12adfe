/** What may still be built on a parcel: parameters and result of the model `parcel-capacity`. */
import { z } from 'zod';

const text = z.object({ pl: z.string(), en: z.string() });
const position = z.tuple([z.number(), z.number()]);
/** EPSG of the city, easting first. */
const multiPolygon = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(z.array(position))),
});

export const CAPACITY_USES = ['single-family', 'multi-family', 'services', 'production'] as const;
export type CapacityUse = (typeof CAPACITY_USES)[number];

export const capacityParametersSchema = z.strictObject({
  parcel: z.string().min(1).max(100).describe('Id of the parcel: 306401_1.0021.AR_10.161'),
  use: z
    .enum(CAPACITY_USES)
    .optional()
    .describe('What would be built; without it what the plan names first, else multi-family'),
  walls: z
    .enum(['with-openings', 'blank'])
    .default('with-openings')
    .describe('Walls towards neighbours: with windows or doors 4 m from the border, without 3 m (WT § 12)'),
  strips: z
    .enum(['all', 'binding'])
    .default('all')
    .describe(
      'Strips along networks: all of them, or only those that an act or local law sets, without guidelines',
    ),
  storeyM: z.number().min(2.5).max(10).optional().describe('Height of a storey, m; by use 3.0–4.5'),
  dwellingM2: z
    .number()
    .min(20)
    .max(1_000)
    .optional()
    .describe('Floor area above ground for each dwelling with its share of stairs, m²; by use 80 or 180'),
  spaceM2: z
    .number()
    .min(12.5)
    .max(60)
    .default(25)
    .describe('Ground that a parking space takes with its drive, m²; the space alone is 12.5 m² (WT § 21)'),
  parkingBelow: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Share of parking spaces below the ground, 0 to 1'),
});
export type CapacityParameters = z.output<typeof capacityParametersSchema>;

const lawSchema = z.object({
  provision: z.string().describe('Id of the rule of law'),
  act: z.string(),
  unit: z.string().describe('Paragraph or article'),
  paraphrase: text,
  strength: z.enum(['statute', 'local-law', 'guideline', 'advisory']),
  certainty: z.enum(['confirmed', 'to-verify']),
});

/** `applies`: takes ground or caps something; `not-assessed`: nothing is known, `reason` says why. */
const ruleSchema = z.object({
  rule: z.string(),
  title: text,
  law: lawSchema,
  state: z.enum(['applies', 'does-not-apply', 'touches', 'not-assessed']),
  distanceM: z.number().optional().describe('The widest distance that it asks for here'),
  takenM2: z.number().optional().describe('Ground of the parcel that it keeps free of buildings'),
  objects: z.array(z.string()).describe('What causes it: layer and id, at most 20'),
  note: text.optional(),
  light: z
    .object({
      asked: z.int().describe('Places for windows that the rule asks'),
      lost: z
        .int()
        .describe('Of them those that lack it behind the body, of the new building those that lack it'),
      heightM: z.number().describe('Height of the body that was looked at'),
      harmlessM: z.number().optional().describe('Up to this height it takes nothing from neighbours'),
    })
    .optional()
    .describe('Of sun and obstruction: points on façades, 3 m apart, on every storey'),
});
export type CapacityRule = z.infer<typeof ruleSchema>;

const limitSchema = z.object({
  value: z.number(),
  errorM2: z.number().optional().describe('Two standard deviations, m²'),
  by: z.string().describe('Rule that limits it'),
  reason: text,
});

const faceSchema = z.object({
  from: position,
  to: position,
  lengthM: z.number(),
  rule: z.string().describe('Rule whose line the wall stands on'),
});

const bodySchema = z.object({
  zone: z.string().nullable().describe('Plan zone that it stands in'),
  designation: z.string().nullable(),
  footprint: multiPolygon.describe('Where the body may stand'),
  areaM2: z.number(),
  heightM: z.number().nullable().describe('Greatest height; null where no plan sets one'),
  storeys: z.number().int().nullable(),
  heightBy: z.string().nullable(),
  faces: z.array(faceSchema),
});
export type CapacityBody = z.infer<typeof bodySchema>;

/**
 * `assessed`; `no-plan`: ground is known, heights and areas are not, a decision on building conditions would set them;
 * `no-building-land`: the plan names no use with buildings; `nothing-left`: no ground is left.
 */
export const CAPACITY_STATES = ['assessed', 'no-plan', 'no-building-land', 'nothing-left'] as const;

export const capacityResultSchema = z.object({
  state: z.enum(CAPACITY_STATES).describe('How far it could be told'),
  parcel: z
    .object({ id: z.string(), areaM2: z.number(), areaErrorM2: z.number() })
    .describe('The parcel; its area from coordinates, m²'),
  asked: z
    .object({ use: z.enum(CAPACITY_USES), useFrom: z.enum(['asked', 'plan', 'usual']), lawDate: z.string() })
    .describe('What it was computed for'),
  buildable: z
    .object({ areaM2: z.number(), errorM2: z.number() })
    .describe('Ground on which a building may stand, m²'),
  bodies: z.array(bodySchema).describe('The envelope: a body for each plan zone of the parcel'),
  groundM: z
    .number()
    .nullable()
    .describe('Lowest ground of the parcel, m PL-EVRF2007-NH; heights count from it'),
  limits: z
    .object({
      footprint: limitSchema.optional(),
      storeys: limitSchema.optional(),
      floor: limitSchema.optional(),
      green: limitSchema.optional(),
      parking: limitSchema.optional(),
      dwellings: limitSchema.optional(),
    })
    .describe(
      'The most (green and parking: the least) of each, and what limits it; m², storeys, spaces, dwellings',
    ),
  standing: z
    .object({ buildings: z.number().int(), footprintM2: z.number(), floorM2: z.number() })
    .describe('What stands on the parcel already'),
  remaining: z
    .object({ footprintM2: z.number().optional(), floorM2: z.number().optional() })
    .describe('The limits without what stands'),
  rules: z.array(ruleSchema).describe('Every rule that was looked at'),
  notes: z.array(text).describe('What a reader must know of this parcel'),
});
export type CapacityResult = z.infer<typeof capacityResultSchema>;
