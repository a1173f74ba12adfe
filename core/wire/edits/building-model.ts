/** The edit that stands a building modelled elsewhere in the city: its surfaces, never the file they came from. */
import { z } from 'zod';
import { BUILDING_FUNCTIONS } from './building.ts';
import { note, position } from './edit-parts.ts';

export const MODEL_FORMATS = ['glTF', 'IFC', 'CityJSON'] as const;
/** Of one model; what is larger belongs simplified to its outside first. */
export const MOST_MODEL_FACES = 20_000;
export const MOST_MODEL_CORNERS = 15_000;
/** From the pivot, metres. */
export const MODEL_REACH_M = 300;

const cornerMm = z
  .int()
  .min(-MODEL_REACH_M * 1000)
  .max(MODEL_REACH_M * 1000);
const ring = z.array(z.int().nonnegative()).min(3).max(500);

export const addModelSchema = z.strictObject({
  kind: z.literal('add-model'),
  /** Whole millimetres of the model's own frame: x right, y ahead (north while it is not turned), z up; 0 is its foot. */
  cornersMm: z
    .array(z.tuple([cornerMm, cornerMm, cornerMm]))
    .min(4)
    .max(MOST_MODEL_CORNERS),
  /** Each a shell, then holes, of numbers of corners; open, counter-clockwise seen from outside. */
  faces: z.array(z.array(ring).min(1).max(50)).min(4).max(MOST_MODEL_FACES),
  /** One letter for each face: G ground, W wall, R roof, O other; without it from where each looks. */
  surfaceKinds: z
    .string()
    .regex(/^[GWRO]+$/, 'must be letters G, W, R and O')
    .max(MOST_MODEL_FACES)
    .optional(),
  /** Where the origin of its frame comes to lie. */
  at: position,
  /** Counter-clockwise. */
  turnDeg: z.number().min(-360).max(360).default(0),
  /** Height 0 of its frame, PL-EVRF2007-NH; without it the lowest ground under the model. */
  footHeightM: z.number().min(-50).max(3_000).optional(),
  /** And so much above that. */
  raiseM: z.number().min(-50).max(100).default(0),
  storeys: z.int().min(1).max(100),
  function: z.enum(BUILDING_FUNCTIONS),
  name: z.string().trim().max(200).optional(),
  /** What it was read from. */
  source: z.strictObject({ format: z.enum(MODEL_FORMATS), file: z.string().trim().max(200) }),
  note,
});

export type AddModel = z.infer<typeof addModelSchema>;
