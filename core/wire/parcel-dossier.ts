/** Everything that the registers hold of one parcel: answer of `GET /api/parcels/{id}/dossier`. */
import { z } from 'zod';
import { geometrySchema } from './geometry.ts';

const text = z.object({ pl: z.string(), en: z.string() });
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const properties = z.record(z.string(), value);

export const dossierObjectSchema = z.object({
  id: z.string(),
  properties: properties.describe('By the names that `/api/layers` explains; codes as they are'),
  areaM2: z.number().optional().describe('Of an area: how much of it lies on the parcel'),
  lengthM: z.number().optional().describe('Of a line: how much of it lies on the parcel'),
});

export const dossierLayerSchema = z.object({
  layer: z.string(),
  title: text,
  /** `no-data`: nothing was ever loaded, so that nothing can be said of the parcel. */
  state: z.enum(['known', 'no-data']),
  count: z.int().describe('Objects on the parcel'),
  objects: z.array(dossierObjectSchema).describe('The largest first; at most 100'),
  loadedAt: z.string().optional(),
  version: z.int(),
  source: z.string().optional(),
  synthetic: z.boolean(),
  stale: z.boolean().describe('Older than the register promises'),
  steward: text,
  licence: text,
});

const changeSchema = z.object({
  layer: z.string(),
  id: z.string(),
  at: z.string().describe('When the twin recorded it, UTC'),
  change: z.enum(['recorded', 'changed', 'ended']),
  differs: z
    .array(z.object({ property: z.string(), before: value, after: value }))
    .describe('`geometry` without values where the outline changed'),
});

const eventSchema = z.object({
  on: z.iso.date(),
  layer: z.string(),
  id: z.string(),
  step: z.enum(['begun', 'decided', 'final', 'ends']),
  title: text.describe('What it is about and how it stands; never who asked'),
});

export const dossierSchema = z.object({
  parcel: z.object({
    id: z.string(),
    properties,
    areaM2: z.number().describe('Of the outline, in the cadastral CRS'),
    perimeterM: z.number(),
    geometry: geometrySchema.describe('Easting and northing of `srid`'),
    srid: z.int(),
    recordedSince: z
      .string()
      .optional()
      .describe('Since when the twin holds it as it is; absent where a scenario made it'),
  }),
  state: z.object({ at: z.string().optional(), scenario: z.string().optional() }),
  groups: z.array(z.object({ name: z.string(), title: text, layers: z.array(dossierLayerSchema) })),
  history: z.array(changeSchema).describe('Of the parcel and the buildings on it, the newest first'),
  timeline: z.array(eventSchema).describe('Of cases, decisions and planning acts, the newest first'),
  sensors: z
    .array(
      z.object({
        id: z.int(),
        title: text,
        kind: z.string().nullable(),
        provider: z.string().nullable(),
        distanceM: z.number(),
        measures: z.array(text),
      }),
    )
    .describe('Within `sensorsWithinM`, the nearest first'),
  sensorsWithinM: z.number(),
  reduced: z
    .array(
      z.object({
        layer: z.string(),
        title: text,
        properties: z.array(z.object({ name: z.string(), label: text })),
        whole: z.boolean().describe('The register itself is not public'),
      }),
    )
    .describe('What the registers hold and this answer leaves out, for who asks'),
  notKept: z
    .array(z.object({ name: z.string(), title: text, reason: text }))
    .describe('What a dossier could be expected to hold and the twin does not'),
});

export type Dossier = z.infer<typeof dossierSchema>;
export type DossierLayer = z.infer<typeof dossierLayerSchema>;
export type DossierObject = z.infer<typeof dossierObjectSchema>;
export type DossierChange = z.infer<typeof changeSchema>;
export type DossierEvent = z.infer<typeof eventSchema>;
