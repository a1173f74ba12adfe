/** What is asked of siting: the question, the search under way, and sites that somebody moves about. */
import { z } from 'zod';

export const text = z.object({ pl: z.string(), en: z.string() });

/** What is sited by declaration; the ages of whom it serves, usual walks, places and costs follow from it. */
export const SITED_KINDS = [
  'nursery',
  'kindergarten',
  'primary_school',
  'secondary_school',
  'care_home',
  'playground',
  'parcel_locker',
  'defibrillator',
] as const;
export type SitedKind = (typeof SITED_KINDS)[number];

/**
 * coverage: as many people as can be within the walk; p-median: all together walk least; p-center: the longest walk is
 * shortest; lscp: fewest sites so that nobody is farther; capacitated: as many people as can be get a place within
 * the walk; equity: the district worst off gets the greatest share of places.
 */
export const SITING_OBJECTIVES = [
  'coverage',
  'p-median',
  'p-center',
  'lscp',
  'capacitated',
  'equity',
] as const;

/** Places that candidates may be kept out of. */
export const SITING_AVOIDED = ['flood', 'noise', 'nature', 'heritage'] as const;
export type SitingAvoided = (typeof SITING_AVOIDED)[number];

/** Where a new site stands: on bare ground, in a building of the city's, or in a ground floor that stands empty. */
export const SITE_KINDS = ['parcel', 'building', 'premises'] as const;
export type SiteKind = (typeof SITE_KINDS)[number];
export const siteKind = z.enum(SITE_KINDS);

/** Which facilities are there. */
export const openOn = z.iso
  .date()
  .optional()
  .describe(
    'Facilities that are open on this day; without it by the end of forecastYear, else on the day of the state: today, in a run the day of its data',
  );

/** How one walks; isochrones ask the same. */
export const walking = {
  walkKmH: z.number().min(1).max(7).default(4.5).describe('Walking speed on the flat, km/h'),
  slopes: z
    .boolean()
    .default(true)
    .describe('Whether inclines of the register make walks longer (Tobler), there and back alike'),
  stepFree: z
    .boolean()
    .default(false)
    .describe('Only ways for prams and wheelchairs: no steps, no barriers, no incline above 8 %'),
};

export const ordinate = z.number().min(-10_000_000).max(10_000_000);
const pln = z.number().min(0).max(1e12);

/** What question and preview share: whom one serves, how people walk, what is there. */
const circumstances = {
  kind: z.enum(SITED_KINDS).default('nursery').describe('What is sited; whom it serves follows from it'),
  walkMinutes: z
    .number()
    .min(1)
    .max(60)
    .optional()
    .describe('Within reach: minutes on foot; by kind, 15 for a nursery'),
  ...walking,
  forecastYear: z
    .int()
    .min(2000)
    .max(2100)
    .optional()
    .describe(
      'People as the forecast of their district has them then, and facilities that are open by then; without it as counted',
    ),
  openOn,
  capacityPerSite: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe('Places of each new site; by kind, 80 for a nursery'),
  growthPerDwelling: z
    .number()
    .min(0)
    .max(5)
    .optional()
    .describe('People of the ages served for each dwelling that the scenario adds; by kind'),
  demandFactor: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe('All demand times this: a forecast, or the share of children who come at all'),
  costPerSitePln: pln
    .optional()
    .describe('Of a new site whatever its size; by kind, to be replaced by yours'),
  costPerPlacePln: pln.optional().describe('Of each new place; by kind, to be replaced by yours'),
  buildingCostShare: z
    .number()
    .min(0)
    .max(2)
    .default(0.6)
    .describe('Cost of a site in a standing building, share of a new one'),
  premisesCostShare: z
    .number()
    .min(0)
    .max(2)
    .default(0.35)
    .describe('Cost of a site in a vacant ground floor, share of a new one'),
};

export const sitingQuestionSchema = z.strictObject({
  ...circumstances,
  objective: z.enum(SITING_OBJECTIVES).default('coverage').describe('What is best'),
  newSites: z.int().min(1).max(10).default(1).describe('How many sites are added at most'),
  existing: z
    .enum(['fixed', 'closable', 'enlargeable'])
    .default('fixed')
    .describe(
      'What is there: stays as it is; may be closed, a new site taking its place; or may be made larger by enlargeBy',
    ),
  mostClosed: z.int().min(0).max(10).default(1).describe('With closable: facilities that may be closed'),
  enlargeBy: z
    .number()
    .min(0)
    .max(5)
    .default(0.5)
    .describe('With enlargeable: most new places, share of those there'),
  budgetPln: pln.optional().describe('All new sites and places together cost no more'),
  equityBy: z
    .enum(['worst-district', 'deviation'])
    .default('worst-district')
    .describe(
      'With equity: lift the district with the fewest places for its people, or lower the mean absolute deviation of districts',
    ),
  minDistanceM: z
    .number()
    .min(0)
    .max(10_000)
    .optional()
    .describe('New sites stand at least so far from each other and from what stays, straight'),
  candidates: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(500)
    .optional()
    .describe(
      'Ids of the parcels, buildings or vacant premises to try; without them those of the municipality that fit, the largest first',
    ),
  siteKinds: z
    .array(siteKind)
    .min(1)
    .optional()
    .describe(
      'What is tried: bare parcels, buildings without a facility, vacant ground floors; by kind all that suit it',
    ),
  minParcelM2: z.number().min(0).max(1_000_000).optional().describe('Least area of a parcel to try; by kind'),
  maxParcelM2: z
    .number()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('Greatest area of a parcel to try; by kind'),
  avoid: z
    .array(z.enum(SITING_AVOIDED))
    .optional()
    .describe(
      'Municipal parcels that touch such a place are not tried: flood zones (of 10 and 100 years), noise of 65 dB and more by day, nature areas, listed sites; by kind flood and noise, where people stay',
    ),
  mostCandidates: z
    .int()
    .min(1)
    .max(500)
    .default(300)
    .describe('So many are tried: of buildings and premises a third of them at most'),
  sensitivityRuns: z
    .int()
    .min(0)
    .max(200)
    .default(20)
    .describe(
      'Times that the question is asked again with other demand and walking speed; fewer of whole cities by buildings',
    ),
  demandPct: z
    .number()
    .min(0)
    .max(90)
    .default(20)
    .describe('Demand of each place then differs by up to so much'),
  speedPct: z.number().min(0).max(50).default(10).describe('Walking speed then differs by up to so much'),
  seed: z.int().min(0).max(2_147_483_647).default(1).describe('The same seed gives the same answer'),
  tradeOff: z.boolean().default(true).describe('Whether choices between reach and walks are told as well'),
});
export type SitingQuestion = z.output<typeof sitingQuestionSchema>;

/** As asked at the door: what the answer depends on, and how long one waits for it. */
export const sitingAskedSchema = sitingQuestionSchema.extend({
  mostSeconds: z
    .number()
    .min(1)
    .max(55)
    .default(25)
    .describe('Then the search ends, and the best so far is told with its bound'),
  ticket: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,64}$/, 'must be 8 to 64 letters, digits and hyphens')
    .optional()
    .describe('A name of your own for the search, by which DELETE /api/siting/searches/{ticket} ends it'),
});
export type SitingAsked = z.output<typeof sitingAskedSchema>;

/** A search under way. */
export const sitingSearchSchema = z.object({
  seconds: z.number(),
  best: z
    .object({ objective: z.number(), bound: z.number(), gap: z.number() })
    .nullable()
    .describe(
      'The best so far in the unit of the question, and that none is better than bound; null before the first',
    ),
  isChosen: z.boolean().describe('Whether the choice is made, and only its doubts are worked out'),
});
export type SitingSearch = z.infer<typeof sitingSearchSchema>;

export const placeSchema = z.object({ e: z.number(), n: z.number() });

export const sitingPreviewSchema = z.strictObject({
  ...circumstances,
  sites: z
    .array(
      z.strictObject({
        e: ordinate.describe('Easting, EPSG:2177, metres'),
        n: ordinate.describe('Northing'),
        capacity: z.int().min(0).max(100_000).optional().describe('Places; without it capacityPerSite'),
        siteKind: siteKind.default('parcel').describe('What it costs hangs on it'),
      }),
    )
    .max(20)
    .describe('New sites as they are moved about'),
  closed: z.array(z.string().max(200)).max(50).default([]).describe('Ids of facilities that are closed'),
  points: z
    .enum(['all', 'changed', 'none'])
    .default('changed')
    .describe('Places told one by one; changed: of which something is different afterwards'),
});
export type SitingPreview = z.output<typeof sitingPreviewSchema>;
