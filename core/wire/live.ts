/** JSON of `/api/live/sensors` and of the events of `/events`. Spoken by the server and the viewer. */
import { z } from 'zod';
import { OBSERVATION_FLAGS } from '../live/sensor-things.ts';
import { SERIES_STEPS } from '../live/series.ts';
import { VALUE_METHODS, VALUE_STATUSES } from '../live/value-status.ts';
import { doubtSchema } from './quality.ts';

const text = z.object({ pl: z.string(), en: z.string() });
const flags = z.array(z.enum(OBSERVATION_FLAGS));

const latest = z.object({
  /** When it was so; UTC ISO text. */
  phenomenonTime: z.string(),
  result: z.number(),
  /** When the twin got it. */
  receivedAt: z.string(),
});

const datastream = z.object({
  id: z.int(),
  name: z.string(),
  /** What is measured. */
  title: text,
  /** Address that defines what is measured. */
  definition: z.string(),
  unit: text.nullable(),
  /** Seconds between values; null = not declared, so that nothing can be said of a silence. */
  expectedIntervalS: z.int().nullable(),
  /** How it is measured: name of the sensor. */
  sensor: z.string(),
  /** Kind of sensor (`core/live/sensor-kinds.ts`), null where none fits. */
  kind: z.string().nullable(),
  /** How the values are come by. */
  method: z.enum(VALUE_METHODS),
  /** Whether the latest value may be shown as the present. */
  status: z.enum(VALUE_STATUSES),
  /** Seconds from its time to `now`; null where there is none. */
  ageS: z.number().nullable(),
  /** What speaks against it, where something does. */
  doubt: doubtSchema.nullable(),
  /** The newest value whose time has come; null = none was ever received. */
  latest: latest.nullable(),
});

const sensor = z.object({
  /** Id of the Thing. */
  id: z.int(),
  title: text,
  description: z.string(),
  /** `air`, `water`, `traffic`, `bicycle` or whatever the Thing's property `kind` says; null = it says nothing. */
  kind: z.string().nullable(),
  /** Whose it is. */
  provider: z.string().nullable(),
  synthetic: z.boolean(),
  /** The object of the catalogue that the Thing's property `building` or `bay` names. */
  belongsTo: z.object({ layer: z.string(), id: z.string() }).nullable(),
  /** Easting and northing in the CRS `srid`. */
  at: z.tuple([z.number(), z.number()]),
  srid: z.int(),
  datastreams: z.array(datastream),
});

export const sensorsReplySchema = z.object({
  /** The server's clock, by which ages are told; the moment that was asked for, where one was. */
  now: z.string(),
  sensors: z.array(sensor),
});

const numbers = z.array(z.number().nullable());

/** One datastream over a stretch of time, in columns of equal length. */
const series = z.object({
  datastream: z.int(),
  /** Values as they are, or their sums by stretches of five minutes, an hour or a day of the city. */
  step: z.enum(SERIES_STEPS),
  /** Seconds between values; null = not declared. */
  expectedIntervalS: z.int().nullable(),
  /** When each value was, or when its stretch begins; UTC ISO text. */
  t: z.array(z.string()),
  /** The value or the mean of the stretch; null = one was expected and none is there. */
  value: numbers,
  min: numbers,
  max: numbers,
  /** Values in the stretch. */
  count: z.array(z.int()),
  /** Values that are left out of the others: of the future, or out of range. */
  odd: z.array(z.int()),
});

/** Of `/api/live/series`, in the order of the ids asked for. */
export const seriesReplySchema = z.object({ now: z.string(), series: z.array(series) });

const observation = z.object({
  datastream: z.int(),
  phenomenonTime: z.string(),
  /** A number nearly always. */
  result: z.unknown(),
  receivedAt: z.string(),
  flags,
});

/** Event `observations`: what was written together, oldest first. */
export const observationsEventSchema = z.object({ observations: z.array(observation) });

/** Event `status`: whether the server itself hears of new values. */
export const statusEventSchema = z.object({ live: z.boolean(), since: z.string(), now: z.string() });

/** An event named by its topic (`alerts`, `quality`, `vehicles` …): what of it changed; none = read it all anew. */
export const noticeEventSchema = z.object({ ids: z.array(z.string()) });

/** Events `reset` (read the state anew) and `end` (the server closes the stream): why. */
export const reasonEventSchema = z.object({ reason: z.string() });

export type WireSeries = z.infer<typeof series>;
export type SeriesReply = z.infer<typeof seriesReplySchema>;
export type WireDatastream = z.infer<typeof datastream>;
export type WireSensor = z.infer<typeof sensor>;
export type SensorsReply = z.infer<typeof sensorsReplySchema>;
export type ObservationsEvent = z.infer<typeof observationsEventSchema>;
export type StatusEvent = z.infer<typeof statusEventSchema>;
export type NoticeEvent = z.infer<typeof noticeEventSchema>;
export type ReasonEvent = z.infer<typeof reasonEventSchema>;
