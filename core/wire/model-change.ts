/** Change sets of the 3D model: what a steward does to its buildings, and what became of them. */
import { z } from 'zod';
import { ACCURACY_BASES, BUILDING_STATES } from '../catalogue/buildings-3d.ts';

const codesOf = (entries: readonly { readonly code: string }[]) =>
  entries.map(({ code }) => code) as [string, ...string[]];

const buildingId = z.string().min(1).max(200);
const place = z.tuple([z.number(), z.number()]);
const corner = z.tuple([z.number(), z.number(), z.number()]);

/** m² in which outlines may overlap, or parts miss the whole; accuracy of outlines drawn from 3 cm corners over 30 m. */
export const DEFAULT_TOLERANCE_M2 = 1;
export const MOST_MODEL_CHANGES = 500;

const bodySchema = z
  .union([
    z.strictObject({
      faces: z
        .array(z.array(z.array(corner).min(4)).min(1))
        .min(4)
        .max(20_000)
        .describe(
          'Bounding surfaces, each shell and holes as closed rings of easting, northing, height (m, CRS and heights of the city), seen from outside counter-clockwise',
        ),
      kinds: z
        .string()
        .regex(/^[GWRO]+$/)
        .optional()
        .describe('One letter for each surface: G ground, W wall, R roof, O other; else by its direction'),
      lod: z.int().min(1).max(3).default(2),
    }),
    z.strictObject({
      outline: z
        .array(z.array(place).min(4))
        .min(1)
        .max(1_000)
        .describe('Shell, then holes, as closed rings'),
      groundM: z.number().describe('Height of its foot, m'),
      heightM: z.number().describe('From foot to top, m'),
    }),
  ])
  .describe('The surfaces, or a block over an outline (LOD1)');
export type GivenBody = z.output<typeof bodySchema>;

/** Where the body comes from; of a body that is given, an accuracy that is not given is not known. */
const upkeep = {
  source: z
    .string()
    .trim()
    .min(1)
    .max(300)
    .describe('What it is known from: a survey file, a flight, a decision'),
  accuracyM: z.number().min(0).max(100).optional().describe('How far its corners may lie from the truth, m'),
  accuracyBasis: z.enum(codesOf(ACCURACY_BASES)).optional().describe('How the accuracy is known'),
};

/** Attributes of the building that comes out; what is not given it takes over. */
const attributes = {
  registerId: buildingId.nullable().optional().describe('The building of the register that it is'),
  function: z.string().max(300).nullable().optional(),
  roofType: z.string().max(100).nullable().optional(),
  storeysAbove: z.int().min(0).max(200).nullable().optional(),
};

const partSchema = z.strictObject({ id: buildingId, body: bodySchema.optional(), ...attributes });

const changeSchema = z.discriminatedUnion('op', [
  z
    .strictObject({
      op: z.literal('state'),
      building: buildingId,
      state: z.enum(codesOf(BUILDING_STATES)),
      since: z.iso.date().describe('The day from which it is so'),
      ...upkeep,
      ...attributes,
    })
    .describe('It is being built, is built, or is demolished'),
  z
    .strictObject({
      op: z.literal('replace'),
      building: buildingId,
      body: bodySchema,
      ...upkeep,
      ...attributes,
    })
    .describe('It has another body'),
  z
    .strictObject({
      op: z.literal('split'),
      building: buildingId,
      line: z
        .tuple([place, place])
        .optional()
        .describe(
          'Cuts all the way through: the first part lies left of it, the second right; parts have no bodies then',
        ),
      parts: z.array(partSchema).min(2).max(50),
      ...upkeep,
    })
    .describe('One becomes several, which together cover it'),
  z
    .strictObject({
      op: z.literal('merge'),
      buildings: z.array(buildingId).min(2).max(50),
      into: buildingId.describe('Id of what comes out: new, or of one of them'),
      body: bodySchema
        .optional()
        .describe('Without it: all their bodies without the walls that two of them share'),
      ...upkeep,
      ...attributes,
    })
    .describe('Several become one, which takes over what the first says'),
]);
export type ModelChange = z.output<typeof changeSchema>;

export const modelChangeSetSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[\w.:-]{1,100}$/)
    .describe('Yours: sent again it is not done again'),
  note: z.string().trim().max(1_000).optional(),
  toleranceM2: z
    .number()
    .min(0)
    .max(50)
    .default(DEFAULT_TOLERANCE_M2)
    .describe('Outlines may overlap, and parts miss their whole, by so much'),
  changes: z.array(changeSchema).min(1).max(MOST_MODEL_CHANGES),
});
export type ModelChangeSet = z.output<typeof modelChangeSetSchema>;

const toldBuildingSchema = z.strictObject({
  id: z.string(),
  state: z.string().nullable(),
  registerId: z.string().nullable(),
  groundM2: z.number().nullable().describe('Of its ground surfaces; null without any'),
  heightM: z.number().describe('From foot to top'),
  volumeM3: z.number().nullable().describe('Null of a body that is not closed'),
});
export type ToldBuilding = z.infer<typeof toldBuildingSchema>;

const changeResultSchema = z.strictObject({
  op: z.string(),
  before: z.array(toldBuildingSchema),
  after: z.array(toldBuildingSchema),
  warnings: z.array(z.strictObject({ pl: z.string(), en: z.string() })),
});
export type ChangeResult = z.infer<typeof changeResultSchema>;

export const modelChangeAnswerSchema = z.strictObject({
  id: z.string(),
  version: z.int().nullable().describe('Of the city, which this made; null of a preview'),
  madeAt: z.string().nullable(),
  who: z.string(),
  note: z.string().nullable(),
  isPreview: z.boolean(),
  isRepeated: z.boolean().describe('It was done before, and not again'),
  results: z.array(changeResultSchema).describe('One for each change'),
});
export type ModelChangeAnswer = z.infer<typeof modelChangeAnswerSchema>;

export const modelChangeQuerySchema = z.strictObject({
  building: buildingId.optional().describe('Only those of which this building was before or came after'),
  before: z.coerce.number().pipe(z.int().min(1)).optional().describe('`next` of the page before'),
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
});
export type ModelChangeQuery = z.output<typeof modelChangeQuerySchema>;

export const modelChangePageSchema = z.strictObject({
  changeSets: z.array(modelChangeAnswerSchema).describe('The newest first'),
  next: z.int().nullable().describe('`before` of the next page'),
});
export type ModelChangePage = z.infer<typeof modelChangePageSchema>;
