/** The site finder: parcels by attributes, surroundings and distances, ranked with reasons. */
import { z } from 'zod';

const text = z.object({ pl: z.string(), en: z.string() });

/** What is measured of every parcel; names carry the unit. */
export const SITE_MEASURES = [
  'areaM2',
  'builtPct',
  'maxHeightM',
  'maxIntensity',
  'minGreenPct',
  'roadM',
  'waterM',
  'sewerM',
  'gasM',
  'heatM',
  'powerM',
  'stopM',
  'schoolM',
  'greenM',
] as const;
export type SiteMeasure = (typeof SITE_MEASURES)[number];

/** Places that may be left out. */
export const SITE_EXCLUSIONS = [
  'flood',
  'heritage',
  'nature',
  'noise',
  'street',
  'built',
  'not-municipal',
] as const;
export type SiteExclusion = (typeof SITE_EXCLUSIONS)[number];

export const MOST_SITES = 1_000;
const ordinate = z.number().min(-10_000_000).max(10_000_000);

const rangeSchema = z
  .strictObject({ min: z.number().optional(), max: z.number().optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'give min, max or both')
  .refine(({ min = -Infinity, max = Infinity }) => min <= max, 'min is more than max');

const perMeasure = <T extends z.ZodType>(schema: T) => z.partialRecord(z.enum(SITE_MEASURES), schema);

export const siteQuerySchema = z.strictObject({
  where: perMeasure(rangeSchema).default({}).describe('Ranges that a site must lie in, both ends taken in'),
  zones: z
    .array(z.string().min(1).max(10))
    .max(50)
    .default([])
    .describe('Kinds of plan zone, one of which holds the inner point of the parcel: MN, MW, SJ …'),
  exclude: z
    .array(z.enum(SITE_EXCLUSIONS))
    .default([])
    .describe('Parcels that touch such a place are left out'),
  bbox: z
    .tuple([ordinate, ordinate, ordinate, ordinate])
    .refine(([minE, minN, maxE, maxN]) => minE < maxE && minN < maxN, 'lower corner first, then upper corner')
    .optional()
    .describe(
      'Only within: least easting, least northing, greatest easting, greatest northing (EPSG:2177, metres)',
    ),
  weights: perMeasure(z.number().min(-10).max(10))
    .default({})
    .describe('What makes a site better: above 0 more of it, below 0 less of it'),
  limit: z.number().int().min(0).max(MOST_SITES).default(50).describe('Sites told; 0 = only counts'),
  offset: z.number().int().min(0).max(1_000_000).default(0),
});
export type SiteQuery = z.output<typeof siteQuerySchema>;

const reasonSchema = z.object({
  measure: z.enum(SITE_MEASURES),
  value: z.number().nullable().describe('Null where it is not known: it then counts as the worst'),
  weight: z.number(),
  part: z.number().describe('0 the worst of the sites found, 1 the best'),
});

const siteSchema = z.object({
  id: z.string(),
  rank: z.number().int(),
  score: z.number().describe('Mean of the parts by weight, 0 to 1; 1 for all where nothing is weighed'),
  at: z.tuple([z.number(), z.number()]).describe('A point inside, easting and northing'),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  zone: z.string().nullable(),
  measures: perMeasure(z.number().nullable()),
  reasons: z.array(reasonSchema),
});
export type Site = z.infer<typeof siteSchema>;

const basisSchema = z.object({
  parcels: z.number().int(),
  version: z.string().describe('Of the layers that it was made from'),
  missing: z.array(z.string()).describe('Layers that hold nothing: what they would tell is not known'),
});

export const sitesReplySchema = z.object({
  matched: z.number().int(),
  unknown: z
    .number()
    .int()
    .describe('Parcels left out only because something asked for is not known of them'),
  without: z.record(z.string(), z.number().int()).describe('How many would match without each condition'),
  sites: z.array(siteSchema),
  basis: basisSchema,
});
export type SitesReply = z.infer<typeof sitesReplySchema>;

export const siteMeasuresReplySchema = z.object({
  measures: z.array(
    z.object({
      name: z.enum(SITE_MEASURES),
      title: text,
      unit: z.string(),
      known: z.number().int().describe('Parcels of which it is known'),
      min: z.number().nullable(),
      max: z.number().nullable(),
      /** Nine tenths of the parcels lie below. */
      p90: z.number().nullable(),
    }),
  ),
  zones: z.array(z.object({ kind: z.string(), title: text, parcels: z.number().int() })),
  exclusions: z.array(z.object({ name: z.enum(SITE_EXCLUSIONS), title: text, parcels: z.number().int() })),
  basis: basisSchema,
});
export type SiteMeasuresReply = z.infer<typeof siteMeasuresReplySchema>;
