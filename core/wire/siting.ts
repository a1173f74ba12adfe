/** Where a facility should stand: the question, its answer, and the quick look at sites that somebody moves about. */
import { z } from 'zod';

const text = z.object({ pl: z.string(), en: z.string() });

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
const siteKind = z.enum(SITE_KINDS);

/** How one walks; isochrones ask the same. */
const walking = {
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

const ordinate = z.number().min(-10_000_000).max(10_000_000);
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

const placeSchema = z.object({ e: z.number(), n: z.number() });

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

export const servedSchema = z.object({
  served: z.number().describe('People with a facility within reach'),
  unserved: z.number().describe('People without'),
  withPlace: z
    .number()
    .nullable()
    .describe(
      'People with a place within reach when places are given out as well as can be; null without places',
    ),
  leftWithoutPlace: z.number().nullable().describe('People without a place; null where places do not count'),
  walkMinutesMean: z.number().nullable().describe('To the nearest, of those who have one'),
  walkMinutesP50: z.number().nullable().describe('Half of the people walk no longer'),
  walkMinutesP95: z.number().nullable(),
  inDesert: z
    .number()
    .nullable()
    .describe('People with less than one place for three of them within reach (2SFCA); null without places'),
  accessVariance: z.number().nullable().describe('Variance of places for each person (2SFCA), by people'),
});
export type ServedState = z.infer<typeof servedSchema>;

const checkStatesSchema = z.object({
  parcel: z.string(),
  applies: z.int(),
  touches: z.int(),
  doesNotApply: z.int(),
  notAssessed: z.int(),
});

const sitedSchema = z.object({
  candidate: z
    .string()
    .describe('Id of the candidate: its parcel, building or premises; of a moved site its number'),
  siteKind,
  place: placeSchema,
  parcel: z.string().nullable().describe('Parcel that it stands on; null where there is none'),
  areaM2: z.number().nullable(),
  offStreetM: z.number().describe('Straight way from there to the street; a long one is a doubt'),
  served5: z.number().describe('People within 5 minutes'),
  served10: z.number(),
  served15: z.number(),
  walkMinutesP50: z.number().nullable().describe('Of those who have it nearest and within reach'),
  gained: z.number().describe('People within reach who had none before'),
  capacity: z.int().nullable(),
  costPln: z.number(),
  checkStates: checkStatesSchema.nullable().describe('Findings of the parcel check; null where not asked'),
});
export type Sited = z.infer<typeof sitedSchema>;

/** A district as it stands. */
export const sitedDistrictStateSchema = z.object({
  district: z.string(),
  name: z.string(),
  people: z.number(),
  served: z.number(),
  left: z.number().nullable().describe('People without a place'),
  placesPer100: z.number().nullable().describe('Places within reach for a hundred people'),
});

const districtSchema = z.object({
  district: z.string(),
  name: z.string(),
  people: z.number(),
  servedBefore: z.number(),
  servedAfter: z.number(),
  leftBefore: z.number().nullable(),
  leftAfter: z.number().nullable(),
  placesPer100Before: z.number().nullable().describe('Places within reach for a hundred people (2SFCA)'),
  placesPer100After: z.number().nullable(),
});
export type SitedDistrict = z.infer<typeof districtSchema>;

const pointSchema = z.object({
  id: z.string().describe('Of the cell of the population grid, or for staff of the building'),
  e: z.number(),
  n: z.number(),
  people: z.number(),
  walkBefore: z.number().nullable().describe('Minutes to the nearest; null where none is near'),
  walkAfter: z.number().nullable(),
  accessBefore: z.number().nullable().describe('Places for each person (2SFCA)'),
  accessAfter: z.number().nullable(),
});

const histogramSchema = z.object({
  untilMinutes: z.array(z.number()).describe('Upper end of each bar; the last bar has no end'),
  before: z.array(z.number()).describe('People; one bar more than there are ends'),
  after: z.array(z.number()),
});

const demandSchema = z.object({
  from: z
    .enum(['buildings', 'cells'])
    .describe('People stand in their building (staff) or in the middle of a cell'),
  people: z.number(),
  estimated: z.number().describe('Of them by the share of the published cells'),
  planned: z.number().describe('Of them in dwellings that the scenario adds'),
  points: z.int(),
  offNetwork: z.int().describe('Places too far from any street; their people are unserved'),
  offNetworkPeople: z.number(),
});

/** What is told of sites, however they were chosen. */
const effect = {
  demand: demandSchema.describe('Whom the sites are to serve'),
  existing: z
    .object({
      facilities: z.int(),
      places: z.int(),
      withoutCapacity: z.int().describe('Of them without a known number of places; taken as none'),
      offNetwork: z.int(),
      waiting: z.int().nullable().describe('People on waiting lists; null where no list is known'),
      toOpen: z.int().describe('Facilities that open later than asked of; not counted above'),
      toOpenPlaces: z.int(),
    })
    .describe('What is there'),
  forecast: z
    .array(
      z.object({
        year: z.int(),
        births: z.int(),
        people: z.int().describe('Of the ages, without new dwellings'),
      }),
    )
    .describe('Births and people of the ages, all districts together; empty without a forecast'),
  sites: z.array(sitedSchema).describe('The new sites'),
  closed: z.array(z.string()).describe('Ids of facilities that are closed'),
  enlarged: z.array(z.object({ facility: z.string(), places: z.int() })).describe('New places by facility'),
  costPln: z.number().describe('Of all new sites and places'),
  before: servedSchema.describe('With what is there'),
  after: servedSchema.describe('With the new sites'),
  byDistrict: z.array(districtSchema).describe('Districts in which somebody of the ages lives'),
  histogram: histogramSchema.describe('People by their walk to the nearest'),
  points: z.array(pointSchema).describe('Each place before and after'),
  assumptions: z.array(text).describe('For the first screen'),
};

export const sitingPreviewReplySchema = z.object({ ...effect, seconds: z.number() });
export type SitingPreviewReply = z.infer<typeof sitingPreviewReplySchema>;

/** Result of the model `facility-siting`. */
export const sitingResultSchema = z.object({
  question: z.record(z.string(), z.unknown()).describe('As it was understood'),
  objective: z.number().describe('Of the sites found, in unit'),
  bound: z.number().describe('No choice among the candidates is better than this'),
  unit: z
    .enum(['people', 'people × min', 'min', 'sites', 'places per 100'])
    .describe('Of objective and bound'),
  proven: z.boolean().describe('Whether the bound meets the objective'),
  gap: z.number().describe('|objective − bound| / |objective|; 0 when proven'),
  runnerUp: z
    .object({
      sites: z.array(z.string()).describe('Its candidates'),
      objective: z.number(),
      difference: z.number().describe('By how much it is worse'),
    })
    .nullable()
    .describe('The best choice that exchanges one of the new sites'),
  candidates: z
    .object({
      ...{ tried: z.int(), fit: z.int(), offNetwork: z.int() },
      byKind: z.object({ parcel: z.int(), building: z.int(), premises: z.int() }).describe('Of those tried'),
    })
    .describe('Candidates tried, those that fit the conditions, and of those tried too far from any street'),
  beyondHelp: z
    .array(z.object({ district: z.string(), name: z.string(), people: z.number() }))
    .describe(
      'With equity: districts that no facility and no candidate reaches; the minimum leaves them out',
    ),
  ...effect,
  sensitivity: z
    .array(z.object({ candidate: z.string(), place: placeSchema, share: z.number() }))
    .describe(
      'How often each candidate is in the best choice when demand and speed differ; most often first',
    ),
  tradeOff: z
    .array(
      z.object({
        weight: z.number().describe('Of reach against walks, 0 to 1'),
        sites: z.array(z.string()),
        served: z.number(),
        walkMinutesMean: z.number().nullable(),
        proven: z.boolean(),
      }),
    )
    .describe(
      'The best choices between reach and walks, by rising reach; empty of more than 3 million pairs of places and candidates',
    ),
});
export type SitingResult = z.infer<typeof sitingResultSchema>;

/** What the check of all candidates' parcels finds, rule by rule. */
const candidateChecksSchema = z.object({
  parcels: z.int().describe('Parcels checked: of every candidate'),
  rules: z
    .array(
      z.object({
        rule: z.string(),
        title: text,
        ...{ applies: z.int(), touches: z.int(), notAssessed: z.int() },
      }),
    )
    .describe('Parcels by state of each rule that finds anything or cannot be assessed; noise and sun first'),
});
export type CandidateChecks = z.infer<typeof candidateChecksSchema>;

export const sitingAnswerSchema = sitingResultSchema.extend({
  checks: candidateChecksSchema.nullable().describe('Null where the candidates could not be checked in time'),
  seconds: z.number(),
});
export type SitingAnswer = z.infer<typeof sitingAnswerSchema>;

export const isochronesQuestionSchema = z.strictObject({
  e: ordinate,
  n: ordinate,
  minutes: z.array(z.number().min(1).max(60)).min(1).max(6).default([5, 10, 15]),
  ...walking,
});
export type IsochronesQuestion = z.output<typeof isochronesQuestionSchema>;

const position = z.tuple([z.number(), z.number()]);

export const isochronesReplySchema = z.object({
  place: placeSchema,
  offStreetM: z.number(),
  isochrones: z
    .array(
      z.object({
        minutes: z.number(),
        streets: z.array(z.array(position)).describe('What one can walk of the streets: lines, EPSG:2177'),
        area: z
          .array(z.array(z.array(position)))
          .describe('The ground beside these streets: polygons of rings, EPSG:2177'),
        areaM2: z.number(),
      }),
    )
    .describe('By rising minutes'),
  seconds: z.number(),
});
export type IsochronesReply = z.infer<typeof isochronesReplySchema>;
