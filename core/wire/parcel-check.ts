/** What constrains a parcel: findings with law, measure and doubt, as the doors write them. */
import { z } from 'zod';

const text = z.object({ pl: z.string(), en: z.string() });
const day = z.iso.date();

/**
 * `applies`: the constraint is there; `touches`: within the accuracy of the data nobody can say; `does-not-apply`: the
 * data cover the place and it is not there; `not-assessed`: nothing is known, and `reason` says why.
 */
export const FINDING_STATES = ['applies', 'touches', 'does-not-apply', 'not-assessed'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** `statute`: act or regulation; `local-law`: plan or resolution; `guideline`: of an operator, binding by agreement. */
export const STRENGTHS = ['statute', 'local-law', 'guideline', 'advisory'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** `to-verify`: not read in the act itself; whoever decides something by it must look. */
export const CERTAINTIES = ['confirmed', 'to-verify'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** In the order in which people read them. */
export const CATEGORIES = [
  'planning',
  'building',
  'roads',
  'networks',
  'greenery',
  'heritage',
  'nature',
  'water',
  'noise',
  'ground',
  'register',
  'cases',
] as const;
export type Category = (typeof CATEGORIES)[number];

const measured = z.object({
  areaM2: z.number().optional().describe('Of the parcel, m²'),
  areaErrorM2: z.number().optional().describe('Bound of that area (two standard deviations), m²'),
  lengthM: z.number().optional(),
  distanceM: z.number().optional(),
  distanceErrorM: z.number().optional().describe('Bound of that distance (two standard deviations), m'),
  share: z.number().optional().describe('Of the parcel, 0 to 1'),
  value: z.number().optional().describe('What else was measured, in `unit`'),
  unit: z.string().optional(),
});
export type Measured = z.infer<typeof measured>;

const threshold = z.object({
  must: z.enum(['<', '<=', '>', '>=']).describe('The measure must be so against the value'),
  value: z.number(),
  unit: z.string(),
});
export type Threshold = z.infer<typeof threshold>;

export const lawReferenceSchema = z.object({
  provision: z.string().describe('Id of the provision, as WT-12-1a'),
  act: z.string().describe('Short name of the act, as WT'),
  actTitle: text,
  journal: z.string().describe('Where the act is published'),
  unit: z.string().describe('Part of the act, as § 12(1)'),
  paraphrase: text.describe('In our own words; the act decides'),
  validFrom: day.describe('Since when these words are known to be law'),
  validTo: day.optional().describe('The last day; without one it is in force as far as is known'),
  certainty: z.enum(CERTAINTIES),
});
export type LawReference = z.infer<typeof lawReferenceSchema>;

const findingSource = z.object({
  layer: z.string(),
  version: z.number().int().describe('Version of the data set; 0 = never loaded'),
  datasetDate: z.string().optional().describe('When it was loaded'),
  source: z.string().optional(),
  licence: text,
  steward: text,
  isStale: z.boolean().describe('Older than the layer may be to be called fresh'),
});
export type FindingSource = z.infer<typeof findingSource>;

export const findingSchema = z.object({
  id: z.string().describe('Unique within a check, and the same in the next one'),
  rule: z.string(),
  category: z.enum(CATEGORIES),
  title: text,
  state: z.enum(FINDING_STATES),
  reason: text.describe('What was found, or why nothing is known'),
  measured: measured.optional(),
  threshold: threshold.optional(),
  strength: z.enum(STRENGTHS),
  law: lawReferenceSchema,
  source: findingSource.optional(),
  objects: z.array(z.string()).describe('Ids in the layer of the source'),
  geometry: z
    .looseObject({ type: z.string() })
    .optional()
    .describe('Where: GeoJSON, CRS of the city, easting first'),
  reduced: text.optional().describe('What is left out for the public, and why'),
  trace: z.array(z.string()).describe('How it was computed'),
});
export type Finding = z.infer<typeof findingSchema>;

export const checkedParcelSchema = z.object({
  id: z.string().describe('Id of the parcel, or `drawn` for a drawn polygon'),
  areaM2: z.number().describe('From coordinates on the plane of the city, m²'),
  areaErrorM2: z.number().describe('Bound (two standard deviations), m²'),
  registeredAreaM2: z.number().optional(),
  perimeterM: z.number(),
  widthM: z.number().describe('Twice the area by the perimeter: what tells slivers'),
  parts: z.number().int(),
  holes: z.number().int(),
  landUse: z.string().optional(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});
export type CheckedParcel = z.infer<typeof checkedParcelSchema>;

export const parcelCheckSchema = z.object({
  parcel: checkedParcelSchema,
  asked: z.object({
    asOf: z.string().describe('The city as the twin had recorded it at this moment'),
    lawDate: day.describe('The day whose law applies'),
    scenario: z.string().optional(),
    rules: z.string().describe('Version of the rules'),
  }),
  findings: z.array(findingSchema),
  notAssessed: z.array(z.string()).describe('Rules of which at least one finding is not assessed'),
  hash: z.string().describe('SHA-256 of everything that the answer depends on'),
  code: z.string().describe('The beginning of the hash, to be read aloud'),
});
export type ParcelCheck = z.infer<typeof parcelCheckSchema>;

/** Parcels that are checked in one request. */
export const MOST_PARCELS = 500;
/** Corners of a drawn polygon. */
export const MOST_CORNERS = 2_000;

/** Areas and buildings that are checked in one request. */
export const MOST_AREAS = 100;

const position = z.union([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number(), z.number()])]);
const rings = z.array(z.array(position).min(4)).min(1);
const areaGeometry = z.union([
  z.strictObject({ type: z.literal('Polygon'), coordinates: rings }),
  z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(rings).min(1) }),
]);
const id = z.string().min(1).max(100);

export const checksRequestSchema = z.strictObject({
  parcels: z.array(id).min(1).max(MOST_PARCELS).optional().describe('Ids of parcels'),
  points: z
    .array(z.tuple([z.number(), z.number()]))
    .min(1)
    .max(MOST_PARCELS)
    .optional()
    .describe('Places in the CRS of the city, easting first: the parcel under each'),
  geometry: areaGeometry
    .optional()
    .describe('A drawn polygon: GeoJSON in the CRS of the city, easting first'),
  areas: z
    .array(z.strictObject({ id, geometry: areaGeometry }))
    .min(1)
    .max(MOST_AREAS)
    .optional()
    .describe('More of them, each with the id that its answer has'),
  buildings: z
    .array(id)
    .min(1)
    .max(MOST_AREAS)
    .optional()
    .describe(
      'Ids of buildings, planned ones of a scenario too: their outlines, and the parcels that they stand on',
    ),
  lawDate: day.optional(),
  withGeometry: z.boolean().default(true).describe('Whether findings carry the place of the conflict'),
});
export type ChecksRequest = z.infer<typeof checksRequestSchema>;

export const checksReplySchema = z.object({
  checks: z.array(parcelCheckSchema),
  unknown: z
    .array(z.object({ id: z.string(), suggestions: z.array(z.string()), successors: z.array(z.string()) }))
    .describe('Ids that there is no parcel of, with what may have been meant'),
  outlines: z
    .array(z.object({ id: z.string(), geometry: z.looseObject({ type: z.string() }) }))
    .optional()
    .describe('Of everything that was checked, when asked for: GeoJSON, CRS of the city, easting first'),
  code: z.string().describe('Of all answers together, to be read aloud'),
});
export type ChecksReply = z.infer<typeof checksReplySchema>;
