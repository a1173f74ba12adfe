/** What follows from a scenario, as one table: parameters and result of the model `consequences`. */
import { z } from 'zod';
import { findingSchema } from './parcel-check.ts';

const text = z.object({ pl: z.string(), en: z.string() });
const coordinate = z.number().min(-10_000_000).max(10_000_000);

/**
 * Children under three in early education and care, as a share of all: the target of the Council Recommendation of
 * 8 December 2022 (OJ C 484, 20.12.2022, p. 1).
 */
export const NURSERY_SHARE = 0.45;
export const MARGIN_M = 500;

export const consequenceParametersSchema = z.strictObject({
  marginM: z
    .number()
    .min(0)
    .max(2_000)
    .default(MARGIN_M)
    .describe('The area: everything within this distance (along the axes) of what the edits touch, metres'),
  bbox: z
    .tuple([coordinate, coordinate, coordinate, coordinate])
    .refine(([minE, minN, maxE, maxN]) => minE < maxE && minN < maxN, 'lower corner first, then upper corner')
    .optional()
    .describe(
      'Another area: least easting, least northing, greatest easting, greatest northing (EPSG:2177, metres)',
    ),
  nurseryShare: z
    .number()
    .min(0)
    .max(1)
    .default(NURSERY_SHARE)
    .describe('Share of children of 0–2 years who need a place; default the EU target for 2030'),
});
export type ConsequenceParameters = z.output<typeof consequenceParametersSchema>;

/** What a table is asked with: the parameters of the model, and those of the rows of other models. */
export const tableParametersSchema = consequenceParametersSchema.extend({
  trafficHour: z
    .int()
    .min(0)
    .max(23)
    .default(7)
    .describe('The hour of a working day of the rows traffic.*, from this one to the next'),
});
export type TableParameters = z.output<typeof tableParametersSchema>;

/**
 * `computed`: measured in both states; `unchanged`: no edit can have changed it, so nothing was measured;
 * `not-assessed`: it may have changed, and `reason` says why nothing is known.
 */
export const ROW_STATES = ['computed', 'unchanged', 'not-assessed'] as const;
/** Where a row is measured; `area` is the block of the edits with its margin. */
const SCOPES = ['area', 'land', 'surroundings', 'edits', 'checked'] as const;
/** `none`: both states are equal; `within-error`: the difference is not larger than its bound. */
export const SIGNIFICANCES = ['none', 'within-error', 'beyond-error'] as const;

const pendingSchema = z
  .object({ run: z.string(), percent: z.number() })
  .describe(
    'Of `not-assessed`: the run that will tell it (/api/runs/{id}), and how far it is; then ask again',
  );

export const consequenceRowSchema = z.object({
  name: z.string(),
  title: text,
  unit: z.string().describe('UCUM-like: m2, %, 1, km'),
  scope: z
    .enum(SCOPES)
    .describe(
      'land: the parcels whose buildings or borders change; surroundings: 100 m around edited 3D buildings; edits: what the edits themselves do; checked: the parcels whose check the edits can reach',
    ),
  layers: z.array(z.string()).describe('Editable layers that it depends on'),
  method: text,
  source: z.string().optional().describe('Act or standard that defines it'),
  boundRule: text.describe('How the bounds come about'),
  state: z.enum(ROW_STATES),
  reason: text.optional().describe('Of `not-assessed`'),
  pending: pendingSchema.optional(),
  before: z.number().optional(),
  after: z.number().optional(),
  delta: z.number().optional().describe('after − before'),
  beforeBound: z.number().optional().describe('The value lies within ± this (about 95 %)'),
  afterBound: z.number().optional(),
  deltaBound: z
    .number()
    .optional()
    .describe('Of the difference; what is the same in both states does not count in it'),
  significance: z.enum(SIGNIFICANCES).optional(),
  breakdown: z
    .array(z.object({ kind: z.string(), before: z.number(), after: z.number(), delta: z.number() }))
    .optional()
    .describe('By kind of the layer (a code of its codelist)'),
  notes: z.array(text).describe('What to know of this value in this place'),
});

export const FINDING_STATUSES = [
  'breach',
  'within-accuracy',
  'met',
  'no-limit',
  'not-assessed',
  'absent',
] as const;
export const CONSEQUENCE_FINDING_CODES = [
  'height-over-plan',
  'intensity-over-plan',
  'intensity-under-plan',
  'built-share-over-plan',
  'bioactive-under-plan',
  'parcel-under-minimum',
  'flood-hazard',
  'neighbour-loses-sun',
  'neighbour-loses-open-sector',
] as const;

export const consequenceFindingSchema = z.object({
  code: z.enum(CONSEQUENCE_FINDING_CODES),
  change: z.enum(['appears', 'vanishes', 'changes']),
  layer: z.string(),
  id: z.string(),
  before: z.enum(FINDING_STATUSES),
  after: z.enum(FINDING_STATUSES),
  measured: z.number().optional().describe('In the state in which the finding stands; unit below'),
  bound: z.number().optional(),
  limit: z.number().optional(),
  unit: z.string(),
  zone: z.string().optional().describe('Plan zone that sets the limit'),
  message: text,
  source: z.string(),
});

/** What a finding of the check of a parcel says in one state of the city. */
const toldSchema = findingSchema.pick({ state: true, reason: true, measured: true, threshold: true });

export const parcelFindingSchema = z.object({
  parcel: z.string(),
  parcelState: z
    .enum(['kept', 'new', 'gone'])
    .describe('Whether both states have the parcel, or the scenario makes it or does away with it'),
  ...findingSchema.pick({
    id: true,
    rule: true,
    category: true,
    title: true,
    strength: true,
    objects: true,
  }).shape,
  law: findingSchema.shape.law.pick({ provision: true, act: true, unit: true, certainty: true }),
  change: z
    .enum(['appears', 'vanishes', 'changes'])
    .describe('changes: it stands in both states with another state, measure, limit or reason'),
  before: toldSchema.optional().describe('Absent where that state has no such finding'),
  after: toldSchema.optional(),
  significance: z
    .enum(['within-error', 'beyond-error'])
    .optional()
    .describe(
      'Whether the change is larger than the doubt of the data; absent where a state is not assessed',
    ),
});

export const parcelChecksSchema = z.object({
  parcels: z.int().describe('Parcels whose whole check was made in both states'),
  reached: z
    .int()
    .describe(
      'Parcels that the check of an edited object can reach; more than `parcels` of a very wide edit',
    ),
  findings: z.array(parcelFindingSchema),
});

const areaSchema = z.object({
  bbox: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .optional()
    .describe('Easting and northing, EPSG:2177; absent where no edit touches anything'),
  areaM2: z.number(),
  landM2: z.number().describe('Parcels whose buildings or borders change; 0 where there are none'),
  parcels: z.array(z.string()).describe('Those parcels in the scenario'),
});

export const consequencesSchema = z.object({
  area: areaSchema.describe('Where it was looked for'),
  lawDate: z.string().describe('The day whose law and plans apply, YYYY-MM-DD'),
  rows: z.array(consequenceRowSchema).describe('The table, one row for each indicator'),
  findings: z.array(consequenceFindingSchema).describe('What appears, vanishes or becomes something else'),
  parcelChecks: parcelChecksSchema.describe(
    'Every rule of the check of parcels, on parcels that edits touch or neighbour: what differs between the states',
  ),
  notAssessed: z
    .array(z.object({ name: z.string(), title: text, reason: text }))
    .describe('Consequences that this table says nothing about'),
});

export type ConsequenceRow = z.infer<typeof consequenceRowSchema>;
export type ConsequenceFinding = z.infer<typeof consequenceFindingSchema>;
export type ParcelFinding = z.infer<typeof parcelFindingSchema>;
export type ParcelChecks = z.infer<typeof parcelChecksSchema>;
export type FindingStatus = ConsequenceFinding['before'];
export type Consequences = z.infer<typeof consequencesSchema>;

/** Answer of `GET /api/scenarios/{id}/consequences`. */
export const consequencesReplySchema = z.object({
  scenario: z.object({
    id: z.string(),
    title: z.string(),
    revision: z.int(),
    base: z.object({ version: z.int(), at: z.string() }),
  }),
  run: z.string().describe('Id of the run that computed it: /api/runs/{id}, and `blizniak rerun {id}`'),
  model: z.object({ name: z.string(), version: z.string() }),
  parameters: consequenceParametersSchema,
  ...consequencesSchema.shape,
});
export type ConsequencesReply = z.output<typeof consequencesReplySchema>;

const difference = {
  delta: z.number(),
  deltaBound: z.number(),
  significance: z.enum(SIGNIFICANCES),
};

/** One scenario in one row of a comparison. */
export const comparedCellSchema = z.object({
  scenario: z.string(),
  state: z.enum(ROW_STATES),
  reason: text.optional(),
  pending: pendingSchema.optional(),
  before: z.number().optional(),
  after: z
    .number()
    .optional()
    .describe('Of `unchanged`: what another scenario over the same base has before'),
  afterBound: z.number().optional(),
  delta: z.number().optional(),
  deltaBound: z.number().optional(),
  significance: z.enum(SIGNIFICANCES).optional(),
});

export const comparedRowSchema = z.object({
  name: z.string(),
  title: text,
  unit: z.string(),
  scope: z.enum(SCOPES),
  method: text,
  source: z.string().optional(),
  boundRule: text,
  cells: z.array(comparedCellSchema).describe('One for each scenario, in the order asked for'),
  between: z
    .array(z.object({ from: z.string(), to: z.string(), ...difference }))
    .describe(
      'Each pair whose values speak of the same ground: to − from; the bound is the sum of both bounds',
    ),
});

export const comparisonSchema = z.object({
  scenarios: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      revision: z.int(),
      base: z.object({ version: z.int(), at: z.string() }),
      run: z.string().describe('Id of the run that computed its table'),
      landM2: z.number(),
      parcels: z.array(z.string()),
    }),
  ),
  sameBase: z
    .boolean()
    .describe('false: the scenarios start from different cities, and their values are not compared'),
  area: areaSchema.pick({ bbox: true, areaM2: true }),
  model: z.object({ name: z.string(), version: z.string() }),
  parameters: consequenceParametersSchema,
  rows: z.array(comparedRowSchema),
  findings: z.array(
    z.object({
      scenario: z.string(),
      findings: z.array(consequenceFindingSchema),
      parcelChecks: parcelChecksSchema,
    }),
  ),
  notAssessed: consequencesSchema.shape.notAssessed,
});
export type ComparedRow = z.infer<typeof comparedRowSchema>;
export type Comparison = z.output<typeof comparisonSchema>;
export const MOST_COMPARED = 12;
