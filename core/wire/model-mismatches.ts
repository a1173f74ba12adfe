/** Where the 3D model and the buildings of the register say different things. */
import { z } from 'zod';

/** In the order in which they are told. */
export const MISMATCH_KINDS = ['no-model', 'no-register', 'state', 'footprint', 'storeys', 'height'] as const;
export type MismatchKind = (typeof MISMATCH_KINDS)[number];
export const MOST_MISMATCHES = 10_000;

export const mismatchQuerySchema = z.strictObject({
  kind: z.enum(MISMATCH_KINDS).optional().describe('Only this kind'),
  areaM2: z.coerce
    .number()
    .min(0)
    .max(100_000)
    .default(5)
    .describe('Outlines differ that have more ground than this in one of them alone'),
  heightM: z.coerce
    .number()
    .min(0)
    .max(1_000)
    .default(1)
    .describe(
      'Heights differ by more than this: what the model says, and its body from the ground to the top',
    ),
  storeys: z.coerce.number().int().min(0).max(100).default(0).describe('Storeys differ by more than this'),
  after: z
    .string()
    .max(600)
    .regex(/^[a-z-]+~(?:[\d.]+)?~.*$/s, 'must be `next` of the page before')
    .optional()
    .describe('Only those after this one: `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(MOST_MISMATCHES).default(200),
});
export type MismatchQuery = z.output<typeof mismatchQuerySchema>;

const position = z.tuple([z.number(), z.number()]);

const mismatchSchema = z.object({
  kind: z.enum(MISMATCH_KINDS),
  register: z.string().nullable().describe('Id of the building in the register (layer buildings)'),
  model: z.string().nullable().describe('Id of the building in the 3D model (layer buildings_3d)'),
  state: z.string().nullable().describe('State of the building in the model'),
  inRegister: z.number().nullable().describe('What the register says: m2 of the outline, storeys'),
  inModel: z.number().nullable().describe('What the model says: m2 of its ground surfaces, storeys, m'),
  difference: z.number().nullable().describe('m2 that are in one outline alone, storeys, m'),
  unit: z.enum(['m2', 'storeys', 'm']).nullable(),
  candidate: z
    .string()
    .nullable()
    .describe('Whose outline covers most of the same ground, where no link is written: of the other layer'),
  at: position.describe('Easting and northing in the CRS of the city'),
  lonLat: position.describe('Degrees, WGS 84'),
});
export type Mismatch = z.infer<typeof mismatchSchema>;

export const mismatchAnswerSchema = z.object({
  linked: z.number().int().describe('Buildings of the register with a building of the 3D model'),
  counts: z
    .record(z.enum(MISMATCH_KINDS), z.number().int())
    .describe('All of each kind, also beyond the limit'),
  notCompared: z.object({
    footprint: z.number().int().describe('Linked pairs whose model has no ground surfaces'),
    storeys: z.number().int().describe('Linked pairs of which one says no storeys'),
    height: z.number().int().describe('Buildings of the model that say no height'),
  }),
  mismatches: z.array(mismatchSchema).describe('By kind, the largest difference first'),
  next: z.string().nullable().describe('`after` of the next page, where there is one'),
});
export type MismatchAnswer = z.infer<typeof mismatchAnswerSchema>;
