/** What siting answers: sites with whom they serve, bound and gap, and the look at moved ones. */
import { z } from 'zod';
import { placeSchema, siteKind, text } from './siting-question.ts';

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
  farthestOffM: z
    .number()
    .describe('Longest straight way from a place to its street, of those on the network'),
  cutOffPeople: z
    .number()
    .describe('People by streets from which there is no way to the rest of the network'),
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
      standing: z
        .array(
          placeSchema.extend({
            id: z.string(),
            name: z.string().nullable(),
            offStreetM: z.number().nullable().describe('To the street; null where none is near'),
          }),
        )
        .describe('Each of them'),
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
