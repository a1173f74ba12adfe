/** Files that staff hand in to be loaded, and what became of them. */
import { z } from 'zod';
import { HEIGHT_SYSTEMS } from '../geo/height-systems.ts';

/**
 * `unmapped`: a table that waits for a mapping of its columns. `checked`: a dry run told what a load would do, and the file waits to be loaded. `refused`: nothing of it could be taken
 * over, and the report says why. `failed`: the service could not do it.
 */
export const LOAD_STATES = [
  'waiting',
  'running',
  'unmapped',
  'checked',
  'loaded',
  'refused',
  'failed',
  'cancelled',
] as const;
export type LoadState = (typeof LOAD_STATES)[number];

/** What a raster of heights shows: the ground (DTM), or whatever stands highest, roofs and trees too (DSM). */
export const RELIEF_KINDS = ['dtm', 'dsm'] as const;
export type ReliefKind = (typeof RELIEF_KINDS)[number];

export const FINDING_SEVERITIES = ['error', 'warning', 'info'] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

const words = z.string().trim().min(1).max(300);
const yesNo = z.enum(['true', 'false']).transform((text) => text === 'true');

/** How a file is to be loaded: query parameters beside its bytes. */
export const newLoadSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    // Of paths only what stands last; the ending says what kind of file it is.
    .transform((text) => text.split(/[/\\]/).at(-1) ?? '')
    .refine((text) => /^[^\p{Cc}]+$/u.test(text) && !/^\.*$/.test(text), 'must be the name of a file'),
  dryRun: yesNo.default(true),
  dataset: words.optional(),
  crs: words.optional(),
  scope: z.string().max(5_000).optional(),
  source: words.optional(),
  steward: words.optional(),
  licence: words.optional(),
  strict: yesNo.default(false),
  allowOutside: yesNo.default(false),
  /** Of rasters of heights only. */
  kind: z.enum(RELIEF_KINDS).optional(),
  heights: z.enum(HEIGHT_SYSTEMS).optional(),
  mapping: z.string().max(10_000).optional(),
});
export type NewLoad = z.infer<typeof newLoadSchema>;

const count = z.int().min(0);

export const loadReportSchema = z.strictObject({
  format: z.string().nullable(),
  dataset: z.string().nullable(),
  crs: z.string().nullable(),
  read: count,
  written: count,
  added: count,
  changed: count,
  unchanged: count,
  ended: count,
  rejected: count,
  layers: z.array(
    z.strictObject({
      layer: z.string(),
      added: count,
      changed: count,
      unchanged: count,
      ended: count,
      rejected: count,
    }),
  ),
  /** Rows of the tables of a timetable. */
  tables: z.array(z.strictObject({ file: z.string(), read: count, rejected: count })),
  /** Findings by what they are, the gravest first. */
  findings: z.array(
    z.strictObject({ code: z.string(), severity: z.enum(FINDING_SEVERITIES), count: z.int().min(1) }),
  ),
  version: z.int().nullable(),
  refused: z.boolean(),
  seconds: z.number(),
});
export type LoadSummary = z.infer<typeof loadReportSchema>;

export const dataLoadSchema = z.strictObject({
  id: z.string(),
  state: z.enum(LOAD_STATES),
  /** Of the last work on it. */
  dryRun: z.boolean(),
  fileName: z.string(),
  /** It came as a table without a mapping; one can be given as long as it is not loaded. */
  isTable: z.boolean(),
  bytes: z.int(),
  sha256: z.string(),
  asked: z.strictObject({
    dataset: z.string().optional(),
    crs: z.string().optional(),
    scope: z.string().optional(),
    source: z.string().optional(),
    steward: z.string().optional(),
    licence: z.string().optional(),
    /** Absent in what was asked before it could be. */
    strict: z.boolean().optional(),
    allowOutside: z.boolean(),
    kind: z.enum(RELIEF_KINDS).optional(),
    heights: z.enum(HEIGHT_SYSTEMS).optional(),
    mapping: z.string().optional(),
  }),
  madeBy: z.string(),
  madeAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** Bytes of the file while reading, rows while storing. */
  step: z
    .strictObject({ phase: z.enum(['reading', 'storing']), done: z.number(), total: z.number() })
    .nullable(),
  report: loadReportSchema.nullable(),
  problem: z.strictObject({ kind: z.string(), message: z.string() }).nullable(),
});
export type DataLoad = z.infer<typeof dataLoadSchema>;

export const loadFindingSchema = z.strictObject({
  ordinal: z.int(),
  severity: z.enum(FINDING_SEVERITIES),
  code: z.string(),
  objectId: z.string().nullable(),
  objectClass: z.string().nullable(),
  layer: z.string().nullable(),
  message: z.string(),
  /** 1-based. */
  line: z.int().nullable(),
  /** Easting and northing in the CRS of the city. */
  place: z.tuple([z.number(), z.number()]).nullable(),
});
export type LoadFinding = z.infer<typeof loadFindingSchema>;

export const findingPageSchema = z.strictObject({
  findings: z.array(loadFindingSchema),
  /** `after` of the next page. */
  next: z.int().nullable(),
});
export type FindingPage = z.infer<typeof findingPageSchema>;
