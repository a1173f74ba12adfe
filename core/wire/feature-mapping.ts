/** How the columns of any file of features become the properties of a planning layer: data, not code. */
import { z } from 'zod';

const constant = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const valueSchema = z.union([
  /** The column of that name. */
  z.string().min(1),
  z.strictObject({ value: constant }),
  z.strictObject({
    column: z.string().min(1),
    /** What stands in the file, and what it becomes; what is not listed stays as it is. */
    codes: z.record(z.string(), constant).optional(),
    /** `main-use`: of a symbol of a local plan, `4MW/U` gives `MW`. */
    take: z.enum(['main-use']).optional(),
  }),
]);

export const featureMappingSchema = z.strictObject({
  layer: z.enum(['plan_zones', 'plan_acts', 'plan_areas', 'building_lines']),
  /** Layer within the file, where it holds several. */
  source: z.string().min(1).optional(),
  /** Business id, with columns in braces: `3064-MPZP_MALTA-{SYMBOL}`. */
  id: z.string().min(1),
  properties: z.record(z.string(), valueSchema),
});
const column = z.string().min(1);

/** How a table of residents says where they live and how many they are. */
export const populationMappingSchema = z.strictObject({
  layer: z.literal('building_residents'),
  /** Columns: the id of the building in the register, or street and number of the address. */
  place: z.union([z.strictObject({ building: column }), z.strictObject({ street: column, number: column })]),
  properties: z.record(z.string(), valueSchema),
});
export type PopulationMapping = z.infer<typeof populationMappingSchema>;
export type FeatureMapping = z.infer<typeof featureMappingSchema>;
export type MappedValue = z.infer<typeof valueSchema>;
