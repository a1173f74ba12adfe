/** The use register of data: what was taken, by whom and for which case. */
import { z } from 'zod';

/** What was taken in a year, without anything of persons. An order of two formats is counted once in each. */
export const useStatisticsSchema = z.strictObject({
  rows: z.array(
    z.strictObject({
      /** In Poland. */
      year: z.int(),
      layer: z.string(),
      format: z.string(),
      profile: z.string(),
      orders: z.int(),
    }),
  ),
});
export type UseStatistics = z.infer<typeof useStatisticsSchema>;

export const useQuerySchema = z.strictObject({
  year: z.coerce.number().int().min(2000).max(3000).optional(),
  profile: z.string().max(60).optional(),
  /** KERG or another number of the case. */
  caseNumber: z.string().max(60).optional(),
  /** Who took it, or for whom. */
  account: z.string().max(60).optional(),
  layer: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  /** `id` of the last row of the page before. */
  after: z.coerce.number().int().min(1).optional(),
});
export type UseQuery = z.infer<typeof useQuerySchema>;

export const useRowSchema = z.strictObject({
  id: z.int(),
  takenAt: z.string(),
  account: z.string(),
  client: z.string().nullable(),
  organisation: z.string().nullable(),
  profile: z.string(),
  caseNumber: z.string().nullable(),
  layers: z.array(z.string()),
  formats: z.array(z.string()),
  objects: z.int(),
  /** An order that was called off took nothing. */
  cancelled: z.boolean(),
});
export type UseRow = z.infer<typeof useRowSchema>;

export const usePageSchema = z.strictObject({ rows: z.array(useRowSchema), next: z.int().optional() });
export type UsePage = z.infer<typeof usePageSchema>;

const day = z.iso.date();

export const useTableQuerySchema = z.strictObject({
  /** First and last day, in Poland. */
  from: day.optional(),
  to: day.optional(),
  layer: z.string().max(100).optional(),
  door: z.string().max(60).optional(),
  /** What a row sums up. */
  by: z.enum(['day', 'month', 'year', 'all']).default('month'),
});
export type UseTableQuery = z.infer<typeof useTableQuerySchema>;

export const useTableRowSchema = z.strictObject({
  /** `2026-06-30`, `2026-06`, `2026` or `all`. */
  period: z.string(),
  layer: z.string(),
  /** `wms`, `wfs`, `vector-tiles` …; `orders`, and `download` for packages taken at once. */
  door: z.string(),
  /** Of orders and packages; null at doors. */
  profile: z.string().nullable(),
  /** Answered requests, those to which what the client held already was the answer included; orders. */
  requests: z.int(),
  /** Objects, tiles, pictures, descriptions. Null where orders of several layers say only how many objects they have together. */
  handedOut: z.int().nullable(),
});
export type UseTableRow = z.infer<typeof useTableRowSchema>;

export const useTableSchema = z.strictObject({
  /** The first day of which doors are counted; null = none yet. */
  since: day.nullable(),
  rows: z.array(useTableRowSchema),
});
export type UseTable = z.infer<typeof useTableSchema>;

/** Of one layer at all doors, orders apart. */
export interface LayerUses {
  /** The first day with a count. */
  readonly since: string;
  readonly requests: number;
  readonly handedOut: number;
  readonly doors: readonly { readonly door: string; readonly requests: number; readonly handedOut: number }[];
}
