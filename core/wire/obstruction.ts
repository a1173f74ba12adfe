/** JSON of `/api/obstructions`. Spoken by the server and the viewer; what is stored is in the same words. */
import { z } from 'zod';
import { ACTIONS, STATES } from '../obstruction/workflow.ts';

export const OBSTRUCTION_KINDS = [
  'roadworks',
  'utility_works',
  'network_failure',
  'lane_occupation',
  'event',
  'accident',
  'other',
] as const;
/** What becomes of the traffic on the stretch. */
export const IMPACTS = ['closed', 'one_direction', 'narrowed', 'hindered'] as const;
export const MODES = ['car', 'bus', 'tram', 'bicycle', 'pedestrian', 'emergency'] as const;
/** Networks in the ground (GESUT). */
export const DUG_NETWORKS = ['water', 'sewer', 'power', 'gas', 'heat', 'telecom', 'special'] as const;

/** Without the NUL character, which the store cannot keep. */
const words = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\0]*$/, 'text without NUL');

/** Easting, northing, metres in the city's cadastral CRS (EPSG:2177). */
const position = z.tuple([z.number(), z.number()]);
export const MOST_CORNERS = 2_000;
const path = (min: number) => z.array(position).min(min).max(MOST_CORNERS);

/** Where it is: sections of the network, a line drawn along streets, a whole street, or the ground it takes. */
export const placeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sections'),
    /** Metres along the centre line of the layer `roads`, from its beginning; without them the whole section. */
    sections: z
      .array(
        z.strictObject({
          road: words(200).min(1),
          fromM: z.number().min(0).optional(),
          toM: z.number().min(0).optional(),
        }),
      )
      .min(1)
      .max(500),
  }),
  z.strictObject({ kind: z.literal('line'), line: path(2) }),
  z.strictObject({ kind: z.literal('street'), street: words(200).min(1) }),
  /** The outline, open or closed; no holes. */
  z.strictObject({ kind: z.literal('area'), outline: path(3) }),
]);

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 08:30');
const moment = z.iso.datetime({ offset: true });

/** `[from, to)`; with `daily` only these hours of Polish time on these days (1 = Monday). */
export const windowSchema = z.strictObject({
  from: moment,
  to: moment,
  daily: z
    .strictObject({
      from: clock,
      /** Not later than `from`: on the next day. */
      to: clock,
      days: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
    })
    .optional(),
});

const content = {
  name: words(200).min(1),
  kind: z.enum(OBSTRUCTION_KINDS),
  place: placeSchema,
  windows: z.array(windowSchema).min(1).max(20),
  impact: z.enum(IMPACTS),
  /** Of a narrowed road, both directions together. */
  lanesLeft: z.int().min(1).max(12).optional(),
  /** Of `one_direction`: whether one goes as the section was drawn, or against it. */
  openDirection: z.enum(['forward', 'backward']).optional(),
  modes: z.array(z.enum(MODES)).min(1).max(MODES.length),
  /** The way round: words, and a line along streets. */
  detour: z.strictObject({ text: words(1_000).min(1), line: path(2).optional() }).optional(),
  /** The network that is dug for. */
  network: z.enum(DUG_NETWORKS).optional(),
  /** The organisation that takes the road. */
  owner: words(200).min(1),
  description: words(2_000).optional(),
  /** The decision that permits it, and what it rests on. */
  decision: z.strictObject({ number: words(100).min(1), basis: words(500).optional() }).optional(),
  /** Told to staff only. */
  contact: z
    .strictObject({
      name: words(200).optional(),
      phone: words(50).optional(),
      email: z.email().max(200).optional(),
    })
    .optional(),
};

export const newObstructionSchema = z.strictObject(content);

/** A step of the workflow. */
export const stepSchema = z.strictObject({
  action: z.enum(ACTIONS),
  reason: words(1_000).optional(),
  /** Of `begin` and `close`: when it really began or ended; without it now. */
  at: moment.optional(),
});

export const stretchSchema = z.object({
  road: z.string(),
  street: z.string().nullable(),
  /** Metres along the centre line. */
  fromM: z.number(),
  toM: z.number(),
  /** The whole section is as long as this. */
  roadM: z.number(),
  lanes: z.int().nullable(),
  widthM: z.number().nullable(),
  /** Drawn against the direction of the centre line. */
  reversed: z.boolean(),
});

const lines = z.array(z.array(position));

/** What the network said when the place was settled; kept, so that it never depends on the day. */
const settledSchema = z.object({
  stretches: z.array(stretchSchema),
  streets: z.array(z.string()),
  lengthM: z.number(),
  /** The stretches as lines, and the ground that it takes. */
  lines,
  area: z.array(lines),
  detourStretches: z.array(stretchSchema),
});

export const CONFLICT_CODES = [
  'same-place',
  'detour-blocked',
  'blocks-detour',
  'cut-off',
  'dig-once',
  'nearby',
] as const;

/** Something about an obstruction that somebody must settle before it is approved. */
export const conflictSchema = z.object({
  code: z.enum(CONFLICT_CODES),
  /** `high` is approved only with a reason. */
  severity: z.enum(['high', 'medium', 'low']),
  message: z.object({ pl: z.string(), en: z.string() }),
  others: z.array(z.object({ id: z.string(), name: z.string() })),
  streets: z.array(z.string()),
  /** First and last moment together. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** How long together; of `dig-once` how long between. */
  hours: z.number().optional(),
  /** Road in common, or road cut off. */
  lengthM: z.number().optional(),
  /** How far apart. */
  distanceM: z.number().optional(),
});

const eventSchema = z.object({
  at: z.string(),
  who: z.string(),
  action: z.enum(['create', 'change', ...ACTIONS]),
  state: z.enum(STATES),
  reason: z.string().optional(),
  /** Conflicts that were known when it was approved. */
  conflicts: z.array(conflictSchema).optional(),
});

const { contact, ...open } = content;

export const obstructionSchema = z.object({
  id: z.string(),
  state: z.enum(STATES),
  /** Rises with every change; `If-Match: "{revision}"` says which one a change was made from. */
  revision: z.int(),
  ...open,
  ...settledSchema.shape,
  /** First and last moment of the windows. */
  startsAt: z.string(),
  endsAt: z.string(),
  /** When it really began and ended, as reported. */
  actualFrom: z.string().optional(),
  actualTo: z.string().optional(),
  publishedAt: z.string().optional(),
  updatedAt: z.string(),
  /** Told to staff only. */
  staff: z
    .object({
      contact: contact,
      createdBy: z.string(),
      createdAt: z.string(),
      updatedBy: z.string(),
      approvedBy: z.string().optional(),
      /** The steps that this person may take now. */
      actions: z.array(z.enum(ACTIONS)),
      history: z.array(eventSchema),
    })
    .optional(),
});

export const obstructionsReplySchema = z.object({
  now: z.string(),
  /** Those that begin first, first. */
  obstructions: z.array(obstructionSchema),
  /** Whether there are more than were told. */
  more: z.boolean(),
});

/** What creating, changing or approving would meet. */
export const obstructionTrialSchema = z.object({
  ...settledSchema.shape,
  startsAt: z.string(),
  endsAt: z.string(),
  conflicts: z.array(conflictSchema),
});
export const obstructionChangedSchema = z.object({
  obstruction: obstructionSchema,
  conflicts: z.array(conflictSchema),
});

/** What the register means for a model of traffic between two moments. */
export const trafficClosuresSchema = z.object({
  from: z.string(),
  to: z.string(),
  closures: z.array(
    z.object({
      obstruction: z.string(),
      road: z.string(),
      fromM: z.number(),
      toM: z.number(),
      from: z.string(),
      to: z.string(),
      /**
       * Lanes left by direction of the centre line: 0 = closed that way, 0.5 = one lane for both by turns, null = as
       * many as the road has, whose number is not known.
       */
      lanesForward: z.number().nullable(),
      lanesBackward: z.number().nullable(),
      modes: z.array(z.enum(MODES)),
    }),
  ),
});

export type NewObstruction = z.infer<typeof newObstructionSchema>;
export type Place = z.infer<typeof placeSchema>;
export type TimeWindow = z.infer<typeof windowSchema>;
export type Step = z.infer<typeof stepSchema>;
export type Stretch = z.infer<typeof stretchSchema>;
export type SettledPlace = z.infer<typeof settledSchema>;
export type Conflict = z.infer<typeof conflictSchema>;
export type Obstruction = z.infer<typeof obstructionSchema>;
export type ObstructionEvent = z.infer<typeof eventSchema>;
export type ObstructionsReply = z.infer<typeof obstructionsReplySchema>;
export type ObstructionTrial = z.infer<typeof obstructionTrialSchema>;
export type ObstructionChanged = z.infer<typeof obstructionChangedSchema>;
export type TrafficClosures = z.infer<typeof trafficClosuresSchema>;
export type ObstructionKind = (typeof OBSTRUCTION_KINDS)[number];
export type Impact = (typeof IMPACTS)[number];
export type Mode = (typeof MODES)[number];
