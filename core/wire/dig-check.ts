/** What an excavation meets under the ground: the question and the answer of `/api/dig-check`. */
import { z } from 'zod';
import { lawReferenceSchema, STRENGTHS } from './parcel-check.ts';

const text = z.object({ pl: z.string(), en: z.string() });
const position = z.tuple([z.number(), z.number()]);

/** Larger excavations are asked in parts. */
export const MOST_DIG_CORNERS = 200;
export const MOST_DIG_SIDE_M = 1_000;

export const digQuestionSchema = z.strictObject({
  outline: z
    .array(position)
    .min(3)
    .max(MOST_DIG_CORNERS)
    .describe('Corners of the excavation in the CRS of the city, easting first, open'),
  depthM: z.number().min(0.1).max(30).default(1.5).describe('Depth below the ground, m'),
  clearanceM: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe('Closer than this to a line is told as too near, m: agree it with the operators'),
});
export type DigQuestion = z.output<typeof digQuestionSchema>;

/**
 * `in-excavation`: certainly dug up; `may-be-in-excavation`: in its outline, its height uncertain; `under-bottom`: in the
 * outline, certainly below the bottom; `too-near`: beside it, closer than asked; `overhead`: wires above or beside;
 * `near`: listed, far enough.
 */
export const DIG_VERDICTS = [
  'in-excavation',
  'may-be-in-excavation',
  'under-bottom',
  'too-near',
  'overhead',
  'near',
] as const;
export type DigVerdict = (typeof DIG_VERDICTS)[number];

const ruleSchema = z.object({
  law: lawReferenceSchema,
  strength: z.enum(STRENGTHS),
  askedM: z.number().nullable().describe('Distance that it asks for, m; null where it gives no number'),
  measuredM: z.number().describe('Level distance from the axis of the line, m'),
  state: z
    .enum(['broken', 'within-accuracy', 'to-agree', 'not-assessed'])
    .describe('`to-agree`: the rule asks for an agreement and not for a distance'),
  reason: text.optional(),
});
export type DigRule = z.infer<typeof ruleSchema>;

const heights = z.object({ lowestM: z.number(), highestM: z.number() });

const lineSchema = z.object({
  id: z.string().describe('In the layer utility_lines'),
  network: z.string().nullable(),
  lineType: z.string().nullable(),
  role: z.string().nullable(),
  state: z.string().nullable(),
  diameterMm: z.number().nullable(),
  material: z.string().nullable(),
  verdict: z.enum(DIG_VERDICTS),
  distanceM: z.number().describe('Level distance from the outline to the outside of the line; 0 within'),
  distanceErrorM: z.number().describe('Two standard deviations of its place'),
  lengthM: z.number().describe('Of its axis within the outline'),
  top: heights.nullable().describe('Its top where it is in or nearest to the outline, PL-EVRF2007-NH'),
  coverM: z.number().nullable().describe('The least ground above it there'),
  gapM: z
    .number()
    .nullable()
    .describe('From the bottom of the excavation down to its top, the least; below 0: dug up'),
  gapErrorM: z.number().nullable().describe('Two standard deviations; null where the depth is assumed'),
  heightSource: z.enum(['heights', 'depth', 'assumed', 'unknown']),
  isSizeKnown: z.boolean(),
  rules: z.array(ruleSchema),
});
/** Beyond what the schema tells everybody, staff are told who runs it. */
interface RunBy {
  readonly operator?: string | null | undefined;
}
export type DigLineAnswer = z.infer<typeof lineSchema> & RunBy;

const deviceSchema = z.object({
  id: z.string().describe('In the layer utility_devices'),
  network: z.string().nullable(),
  kind: z.string().nullable(),
  distanceM: z.number(),
  distanceErrorM: z.number(),
});

export const digAnswerSchema = z.object({
  asked: digQuestionSchema.extend({ lawDate: z.string(), areaM2: z.number() }),
  ground: heights.nullable().describe('Of the terrain model within the outline; null where it has none'),
  bottom: heights.nullable(),
  counts: z.record(z.enum(DIG_VERDICTS), z.int()),
  lines: z.array(lineSchema).describe('By verdict, the nearest first'),
  devices: z.array(deviceSchema).describe('Within the clearance, the nearest first'),
  notAssessed: z.array(text).describe('What nobody can tell from these data'),
  sources: z.array(
    z.object({ layer: z.string(), title: text, loadedAt: z.string().nullable(), steward: text }),
  ),
});
export type DigAnswer = Omit<z.infer<typeof digAnswerSchema>, 'lines' | 'devices'> & {
  lines: DigLineAnswer[];
  devices: (z.infer<typeof deviceSchema> & RunBy)[];
};
