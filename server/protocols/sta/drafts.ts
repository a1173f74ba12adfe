/** Bodies of new entities (18-088, 8.2), checked as they come in from outside. */
import { z } from 'zod';
import { invalidParameter, TwinError } from '../../../core/errors.ts';
import type { Position } from '../../../core/geo/geometry.ts';
import type {
  DatastreamDraft,
  JsonObject,
  ObservationDraft,
  ObservedPropertyDraft,
  SensorDraft,
  ThingDraft,
} from '../../../core/live/sensor-things.ts';

const LONGEST_TEXT = 10_000;
/** PostgreSQL's text holds everything but the null character. */
const text = z
  .string()
  .max(LONGEST_TEXT)
  .refine((value) => !value.includes('\0'), 'a null character cannot be kept');
const name = text.min(1);
const properties = z
  .record(z.string(), z.json())
  .refine((value) => !JSON.stringify(value).includes('\\u0000'), 'a null character cannot be kept')
  .default({});
const described = { name, description: text, properties };

const reference = z.strictObject({ '@iot.id': z.int().min(1) });

const sensor = z.strictObject({ ...described, encodingType: name, metadata: z.json() });
const observedProperty = z.strictObject({ ...described, definition: name });

const point = z.object({
  type: z.literal('Point', 'only a GeoJSON Point can be kept so far'),
  coordinates: z
    .array(z.number())
    .refine(isLonLat, 'must be longitude and latitude in degrees WGS 84, in this order')
    .transform(
      ([lon = 0, lat = 0, heightM]): Position => (heightM === undefined ? [lon, lat] : [lon, lat, heightM]),
    ),
});

function isLonLat(position: readonly number[]): boolean {
  const [lon = Number.NaN, lat = Number.NaN] = position;
  return position.length <= 3 && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

const location = z.strictObject({
  ...described,
  encodingType: z.enum(['application/geo+json', 'application/vnd.geo+json'], 'must be application/geo+json'),
  location: point,
});

const MEASUREMENT = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/';
const OBSERVATION_TYPES = [`${MEASUREMENT}OM_Measurement`, `${MEASUREMENT}OM_CountObservation`] as const;

const unit = z.strictObject({
  name: text.nullable(),
  symbol: text.nullable(),
  definition: text.nullable(),
});

const datastream = z.strictObject({
  ...described,
  observationType: z.enum(
    OBSERVATION_TYPES,
    `only numbers can be kept so far: ${OBSERVATION_TYPES.join(' or ')}`,
  ),
  unitOfMeasurement: unit,
  Sensor: z.union([reference, sensor]),
  ObservedProperty: z.union([reference, observedProperty]),
});

const thing = z.strictObject({
  ...described,
  Locations: z.array(location).max(10).default([]),
  Datastreams: z.array(datastream).max(100).default([]),
});

const ZONED = /^(\d{4})-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)$/i;

const moment = z.string().transform((written, context): Date => {
  const year = Number(ZONED.exec(written)?.[1]);
  const read = new Date(written.replace(' ', 'T').replace(',', '.'));
  if (year >= 1900 && year <= 2200 && !Number.isNaN(read.getTime())) return read;
  context.addIssue(
    `must be a moment with its zone between the years 1900 and 2200, such as 2026-06-01T10:00:00Z, not "${written.slice(0, 60)}"`,
  );
  return z.NEVER;
});

const span = z.string().transform((written, context): { from: Date; to: Date | undefined } => {
  const [from = '', to, ...more] = written.split('/');
  const ends = [from, ...(to === undefined ? [] : [to])].map((end) => moment.safeParse(end));
  const [first, last] = ends.map(({ data }) => data);
  if (first === undefined || more.length > 0 || ends.some(({ success }) => !success)) {
    const [issue] = ends.flatMap(({ error }) => error?.issues ?? []);
    context.addIssue(issue?.message ?? 'must be one moment, or two with / between them');
    return z.NEVER;
  }
  if (last !== undefined && last < first) {
    context.addIssue('must not end before it begins');
    return z.NEVER;
  }
  return { from: first, to: last };
});

const observation = z.strictObject({
  phenomenonTime: span.optional(),
  resultTime: moment.nullish(),
  result: z.number('must be a number'),
  Datastream: reference.optional(),
});

const parametersOf = z.object({ externalId: text.min(1).max(200).optional() }).loose();
const intervalOf = z
  .object({
    expectedIntervalS: z
      .int()
      .min(1)
      .max(366 * 86_400)
      .optional(),
  })
  .loose();

export function readThing(body: Uint8Array): ThingDraft {
  const { Locations, Datastreams, ...said } = read(thing, body);
  const { externalId, ...kept } = checked(parametersOf, said.properties, 'properties');
  return {
    ...said,
    properties: kept,
    externalId,
    locations: Locations,
    datastreams: Datastreams.map(datastreamOf),
  };
}

export function readDatastream(body: Uint8Array): {
  readonly thingId?: number;
  readonly draft: DatastreamDraft;
} {
  const { Thing, ...said } = read(datastream.extend({ Thing: reference.optional() }), body);
  return { draft: datastreamOf(said), ...(Thing && { thingId: Thing['@iot.id'] }) };
}

export const readSensor = (body: Uint8Array): SensorDraft => read(sensor, body);
export const readObservedProperty = (body: Uint8Array): ObservedPropertyDraft => read(observedProperty, body);

/** @param nowMs the time of a value that brings none (18-088, 8.2.7) */
export function readObservation(
  body: Uint8Array,
  nowMs: number,
): { readonly datastreamId?: number; readonly draft: Omit<ObservationDraft, 'datastreamId'> } {
  const { phenomenonTime, resultTime, result, Datastream } = read(observation, body);
  return {
    draft: {
      phenomenonTime: phenomenonTime?.from ?? new Date(nowMs),
      phenomenonEnd: phenomenonTime?.to,
      resultTime: resultTime ?? undefined,
      result,
    },
    ...(Datastream && { datastreamId: Datastream['@iot.id'] }),
  };
}

function datastreamOf(said: z.infer<typeof datastream>): DatastreamDraft {
  const { observationType, unitOfMeasurement, Sensor, ObservedProperty, ...open } = said;
  const { expectedIntervalS, ...kept } = checked(intervalOf, open.properties, 'properties');
  return {
    ...open,
    properties: kept as JsonObject,
    expectedIntervalS,
    observationType,
    unit: unitOfMeasurement,
    sensor: '@iot.id' in Sensor ? Sensor['@iot.id'] : Sensor,
    observedProperty: '@iot.id' in ObservedProperty ? ObservedProperty['@iot.id'] : ObservedProperty,
  };
}

function read<T>(schema: z.ZodType<T>, body: Uint8Array): T {
  return checked(schema, parseJson(body));
}

function checked<T>(schema: z.ZodType<T>, value: unknown, inside?: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = deepest(parsed.error.issues);
  const where = [...(inside === undefined ? [] : [inside]), ...path].join('.');
  throw invalidParameter(where || 'body', `${where === '' ? 'The body' : where}: ${message}`);
}

type Issue = z.core.$ZodIssue;

/** Of a choice, what is wrong with the form that the sender seems to have meant: the one that was read farthest. */
function deepest(issues: readonly Issue[]): {
  readonly path: readonly PropertyKey[];
  readonly message: string;
} {
  const [issue] = issues;
  if (issue?.code !== 'invalid_union') return issue ?? { path: [], message: 'cannot be used' };
  const best = issue.errors
    .filter((branch) => !branch.some(({ code }) => code === 'unrecognized_keys'))
    .toSorted((a, b) => a.length - b.length)[0];
  if (best === undefined || best.length === 0) return issue;
  const inner = deepest(best);
  return { path: [...issue.path, ...inner.path], message: inner.message };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new TwinError('invalid-parameter', 'The body must be one JSON object in UTF-8', {
      parameter: 'body',
      cause: error,
    });
  }
}
