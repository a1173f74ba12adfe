/** How the columns of any file become the properties of a layer: data, not code. */
import { z } from 'zod';

const constant = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const column = z.string().min(1);
const valueSchema = z.union([
  /** The column of that name. */
  column,
  z.strictObject({ value: constant }),
  z.strictObject({
    column,
    /** What stands in the file, and what it becomes; what is not listed stays as it is. */
    codes: z.record(z.string(), constant).optional(),
    /** `main-use`: of a symbol of a local plan, `4MW/U` gives `MW`. */
    take: z.enum(['main-use']).optional(),
  }),
  /** A text that a Shapefile cut into several columns, put together. */
  z.strictObject({ join: z.array(column).min(2) }),
]);

export const featureMappingSchema = z.strictObject({
  /** Any layer of the catalogue that files bring. */
  layer: z.string().min(1),
  /** Layer within the file, where it holds several. */
  source: z.string().min(1).optional(),
  /** Where a CSV has its geometry; without it in a column `wkt`, or `x` and `y`, in any of their usual names. */
  geometry: z.union([z.strictObject({ wkt: column }), z.strictObject({ x: column, y: column })]).optional(),
  /** Business id, with columns in braces: `3064-MPZP_MALTA-{SYMBOL}`. */
  id: z.string().min(1),
  properties: z.record(z.string(), valueSchema),
});

/** How a table of residents says where they live and how many they are. */
export const populationMappingSchema = z.strictObject({
  layer: z.literal('building_residents'),
  /** Columns: the id of the building in the register, or street and number of the address. */
  place: z.union([z.strictObject({ building: column }), z.strictObject({ street: column, number: column })]),
  properties: z.record(z.string(), valueSchema),
});
/** How a table of a census grid names its cells and counts; cells are computed from their codes. */
export const gridMappingSchema = z.strictObject({
  layer: z.literal('census_cells'),
  /** Layer within the file, where it holds several. */
  source: z.string().min(1).optional(),
  /** The column with the code of the cell. */
  place: z.strictObject({ cell: column }),
  /** What stands for a count that is kept back, beside what offices usually write (`-9999`, `#`, `*`, `c`). */
  withheld: z.array(z.string().min(1)).optional(),
  properties: z.strictObject({
    residents: valueSchema,
    /** The day of the census. */
    counted_on: valueSchema,
    age_0_14: valueSchema.optional(),
    age_15_64: valueSchema.optional(),
    age_65_plus: valueSchema.optional(),
    men: valueSchema.optional(),
    women: valueSchema.optional(),
  }),
});
export type GridMapping = z.infer<typeof gridMappingSchema>;
export type PopulationMapping = z.infer<typeof populationMappingSchema>;
export type FeatureMapping = z.infer<typeof featureMappingSchema>;
export type MappedValue = z.infer<typeof valueSchema>;
