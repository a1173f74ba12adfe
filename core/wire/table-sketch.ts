/** A table that somebody handed in without saying what its columns are, and what the twin proposes. */
import { z } from 'zod';
import { featureMappingSchema } from './feature-mapping.ts';

const count = z.int().min(0);

const columnSketchSchema = z.strictObject({
  name: z.string(),
  /** Of its values as the format has them; a CSV has texts only. */
  kind: z.enum(['empty', 'text', 'number', 'boolean', 'nested']),
  /** Rows with a value, and different values among them. */
  filled: count,
  distinct: count,
  /** The first different values. */
  values: z.array(z.string()),
});
export type ColumnSketch = z.infer<typeof columnSketchSchema>;

export const tableSketchSchema = z.strictObject({
  /** Layer within the file, where it holds several. */
  source: z.string().nullable(),
  /** Rows that were looked at, the first of the table. */
  rows: count,
  columns: z.array(columnSketchSchema),
  /** Of a CSV: where its places seem to stand; `none` = nobody can tell. Null for formats that say so themselves. */
  geometry: z.union([featureMappingSchema.shape.geometry.unwrap(), z.literal('none')]).nullable(),
  /** Kinds of shapes, such as `Point`. */
  shapes: z.array(z.string()),
  /** The CRS in which the file is read, in words, and whether anybody named it. */
  crs: z.string(),
  srid: z.int(),
  /** A position of the first row in that CRS, easting (longitude) first. */
  place: z.tuple([z.number(), z.number()]).nullable(),
});
export type TableSketch = z.infer<typeof tableSketchSchema>;

export const mappingProposalSchema = z.strictObject({
  /** Layers within the file; empty where there is but one without a name. */
  sources: z.array(z.string()),
  table: tableSketchSchema,
  /** Layers of the catalogue that the table may be, the likeliest first, with the number of properties found by name. */
  layers: z.array(z.strictObject({ layer: z.string(), matched: count })),
  /** Null when nothing in the table tells which layer it is: somebody has to say. */
  mapping: featureMappingSchema.nullable(),
  /** What a person has to look at, in words. */
  remarks: z.array(z.string()),
});
export type MappingProposal = z.infer<typeof mappingProposalSchema>;
