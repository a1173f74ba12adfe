/** JSON of `/api/live/air-quality`. Spoken by the server and the viewer. */
import { z } from 'zod';

const text = z.object({ pl: z.string(), en: z.string() });
const airClass = z.int().min(1).max(6);

const pollutant = z.object({
  /** Code of the kind of sensor, `pm10`. */
  kind: z.string(),
  title: text,
  datastream: z.int(),
  /** Mean of the last hour, µg/m³. */
  mean: z.number(),
  /** 1 very good … 6 very bad. */
  class: airClass,
  /** The sources of the scale disagree about this value. */
  isDisputed: z.boolean(),
});

const station = z.object({
  thing: z.int(),
  title: text,
  provider: z.string().nullable(),
  at: z.tuple([z.number(), z.number()]),
  srid: z.int(),
  /** That of the worst pollutant; null when no value of the last hour can be believed. */
  class: airClass.nullable(),
  classTitle: text.nullable(),
  isDisputed: z.boolean(),
  pollutants: z.array(pollutant),
  /** Pollutants of the scale without a class, and why: not measured here, in doubt, or too few values in the hour. */
  missing: z.array(z.object({ kind: z.string(), why: z.enum(['not-measured', 'in-doubt', 'too-few']) })),
});

export const airQualityReplySchema = z.object({
  now: z.string(),
  scale: z.object({ name: text, asOf: z.string(), source: z.string(), classes: z.array(text) }),
  stations: z.array(station),
});

export type AirStation = z.infer<typeof station>;
export type AirQualityReply = z.infer<typeof airQualityReplySchema>;
