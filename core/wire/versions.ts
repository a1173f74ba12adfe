/** Versions of datasets, one for each load, and what changed between two of them. */
import { z } from 'zod';
import type { Geometry } from '../geo/geometry.ts';

const count = z.int().min(0);

export const datasetVersionSchema = z.strictObject({
  version: z.int(),
  dataset: z.string(),
  recordedAt: z.string(),
  fileName: z.string(),
  format: z.string(),
  source: z.string(),
  steward: z.string().nullable(),
  licence: z.string().nullable(),
  /** Of the file; null where nobody kept it. */
  sha256: z.string().nullable(),
  bytes: z.int().nullable(),
  synthetic: z.boolean(),
  written: count,
  /** Of the written: new objects, and objects that are otherwise now. Null where they were not told apart. */
  added: count.nullable(),
  changed: count.nullable(),
  unchanged: count,
  ended: count,
  rejected: count,
  /** Least and greatest easting and northing of the objects in the file, in the CRS of the dataset. */
  extent: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  /** EPSG code of the dataset. */
  srid: z.int(),
  /** CRS of the file, why it was taken and how it was read. */
  crs: z.string().nullable(),
  crsDecision: z.string().nullable(),
  schema: z.string().nullable(),
});
export type DatasetVersion = z.infer<typeof datasetVersionSchema>;

export const versionPageSchema = z.strictObject({
  versions: z.array(datasetVersionSchema),
  /** `before` of the next page. */
  next: z.int().nullable(),
});
export type VersionPage = z.infer<typeof versionPageSchema>;

export const MOST_CHANGES = 1_000;

const whole = z.coerce.number().pipe(z.int().min(0));

export const changesQuerySchema = z.strictObject({
  /** 0 = before the first. */
  from: whole,
  /** Default: the newest of the dataset. */
  to: whole.optional(),
  dataset: z.string().max(41).default('city'),
  layer: z.string().max(100).optional(),
  after: z
    .string()
    .max(400)
    .regex(/^[^/]+\/.+$/s, 'must be `next` of the page before')
    .optional(),
  limit: whole.pipe(z.int().min(1).max(MOST_CHANGES)).default(500),
});
export type ChangesQuery = z.infer<typeof changesQuerySchema>;

export const versionChangeSchema = z.strictObject({
  layer: z.string(),
  id: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  /** Versions of the dataset that the object came from. */
  versionBefore: z.int().nullable(),
  versionAfter: z.int().nullable(),
  /** As it is afterwards; of one that was removed, as it was. */
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  geometry: z.looseObject({ type: z.string() }).nullable(),
});
export interface VersionChange extends Omit<z.infer<typeof versionChangeSchema>, 'geometry'> {
  readonly geometry: Geometry | null;
}

export const changePageSchema = z.strictObject({
  dataset: z.string(),
  from: z.int(),
  to: z.int(),
  /** EPSG code of the positions; easting (longitude) first. */
  srid: z.int(),
  changes: z.array(versionChangeSchema),
  next: z.string().nullable(),
});
export interface ChangePage extends Omit<z.infer<typeof changePageSchema>, 'changes'> {
  readonly changes: readonly VersionChange[];
}
