/** Bodies of entities (18-088, 8.2 and 10.2) as they come in from outside, checked against the model. */
import { invalidParameter, missingParameter, type TwinError } from '../errors.ts';
import type { EntityDraft, LinkedDraft, Span } from './entity-draft.ts';
import { ENTITY_MODEL, type EntityLink, type PropertyKind } from './entity-model.ts';
import { placeFault } from './place.ts';
import type { EntityId, EntitySet, JsonObject } from './sensor-things.ts';

/** `create`: all that is required, links new or by id; `patch`: only what changes; `put`: as create, links by id. */
export type ReadMode = 'create' | 'patch' | 'put';

const LONGEST_TEXT = 10_000;
const DEEPEST = 12;
const MOST_LINKED = 10_000;

/**
 * @param at where in the body it stands, for messages
 * @param inside the link of another entity that it is made within, which needs not be said again
 * @throws TwinError invalid-parameter or missing-parameter with the place in the body, such as
 *   `Datastreams.0.Sensor.name`
 */
export function readEntity(
  set: EntitySet,
  body: unknown,
  mode: ReadMode,
  at: readonly string[] = [],
  inside?: EntityLink,
): EntityDraft {
  if (!isObject(body)) throw fault(at, 'must be one JSON object');
  if (at.length > 2 * DEEPEST) throw fault(at, `entities are nested more than ${DEEPEST} deep`);
  const { properties, links } = ENTITY_MODEL[set];
  const values: Record<string, unknown> = {};
  const linked: Record<string, readonly LinkedDraft[]> = {};
  for (const [name, value] of Object.entries(body)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const link = Object.hasOwn(links, name) ? links[name] : undefined;
    const where = [...at, name];
    if (property !== undefined) {
      if (property.derived) continue;
      if (value === null && property.required) throw missing(where);
      const isAway = value === null;
      values[name] = isAway ? null : READERS[property.kind](value, where, body);
    } else if (link !== undefined) linked[name] = readLinked(link, value, mode, where);
    // An entity as it was read can be sent back: what the service says of it is no news.
    else if (!isAnnotation(name)) {
      const known = [...Object.keys(properties), ...Object.keys(links)].join(', ');
      throw fault(at, `there is no ${name.slice(0, 100)} in ${set}; they have ${known}`);
    }
  }
  if (mode !== 'patch') {
    for (const [name, property] of Object.entries(properties)) {
      if (property.required && values[name] === undefined) throw missing([...at, name]);
    }
  }
  if (inside !== undefined) {
    for (const [name, link] of Object.entries(links)) {
      if (link.required && linked[name] === undefined && name !== inside.back) throw missing([...at, name]);
    }
  }
  return { set, values, links: linked };
}

const isAnnotation = (name: string): boolean => name === '@iot.id' || /@iot\.|^@iot/.test(name);

function readLinked(
  link: EntityLink,
  value: unknown,
  mode: ReadMode,
  where: readonly string[],
): readonly LinkedDraft[] {
  if (!link.isMany) return value === null ? [] : [readOneLinked(link, value, mode, where)];
  if (!Array.isArray(value)) throw fault(where, 'must be a list');
  if (value.length > MOST_LINKED) throw fault(where, `must not hold more than ${MOST_LINKED}`);
  return value.map((item: unknown, n) => readOneLinked(link, item, mode, [...where, String(n)]));
}

function readOneLinked(
  link: EntityLink,
  value: unknown,
  mode: ReadMode,
  where: readonly string[],
): LinkedDraft {
  if (isObject(value) && '@iot.id' in value && Object.keys(value).every(isAnnotation)) {
    return { id: readId(value['@iot.id'], [...where, '@iot.id']) };
  }
  if (mode !== 'create')
    throw fault(where, 'must be {"@iot.id": …}: a change links to what is there (18-088, 10.3)');
  return readEntity(link.set, value, 'create', where, link);
}

export function readId(value: unknown, where: readonly string[]): EntityId {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value;
  throw fault(where, 'must be the id of an entity');
}

type Reader = (value: unknown, where: readonly string[], body: JsonObject) => unknown;

const READERS: Readonly<Record<PropertyKind, Reader>> = {
  text: readText,
  json: (value, where) => {
    if (!isObject(value)) throw fault(where, 'must be a JSON object');
    return readAny(value, where);
  },
  any: readAny,
  unit: (value, where) => {
    if (!isObject(value)) throw fault(where, 'must be an object of name, symbol and definition');
    const unit: Record<string, unknown> = {};
    for (const name of ['name', 'symbol', 'definition']) {
      const text = value[name] ?? null;
      unit[name] = text === null ? null : readText(text, [...where, name]);
    }
    return unit;
  },
  moment: (value, where) => readMoment(value, where),
  span: readSpan,
  place: (value, where, body) => {
    const wrong = placeFault(value, body['encodingType']);
    if (wrong !== undefined) throw fault([...where, ...wrong.at], wrong.message);
    return readAny(value, where);
  },
};

function readText(value: unknown, where: readonly string[]): string {
  if (typeof value !== 'string') throw fault(where, 'must be a text');
  if (value.length > LONGEST_TEXT) throw fault(where, `must not be longer than ${LONGEST_TEXT} characters`);
  refuseUnkept(JSON.stringify(value), where);
  return value;
}

/** What JSON.stringify writes for a null character and for half of a pair of code units. */
const UNKEPT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][\da-f]{2})/;

/** PostgreSQL holds everything but these. */
function refuseUnkept(json: string, where: readonly string[]): void {
  if (!UNKEPT.test(json)) return;
  throw fault(where, 'a null character, or half of a character, cannot be kept');
}

/** JSON.parse makes an infinity of 1e999. */
function readAny(value: unknown, where: readonly string[]): unknown {
  if (value === undefined) throw missing(where);
  if (typeof value === 'number' && !Number.isFinite(value)) throw fault(where, 'must be a finite number');
  refuseUnkept(JSON.stringify(value), where);
  return value;
}

const ZONED = /^(\d{4})-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)$/i;

function readMoment(value: unknown, where: readonly string[]): Date {
  const text = typeof value === 'string' ? value : '';
  const year = Number(ZONED.exec(text)?.[1]);
  const read = new Date(text.replace(' ', 'T').replace(',', '.'));
  if (year >= 1900 && year <= 2200 && !Number.isNaN(read.getTime())) return read;
  throw fault(
    where,
    `must be a moment with its zone between the years 1900 and 2200, such as 2026-06-01T10:00:00Z, not ${shown(value)}`,
  );
}

function readSpan(value: unknown, where: readonly string[]): Span {
  if (typeof value !== 'string')
    throw fault(where, `must be a moment or two with / between them, not ${shown(value)}`);
  const [first = '', last, ...more] = value.split('/');
  if (more.length > 0) throw fault(where, 'must be one moment, or two with / between them');
  const from = readMoment(first, where);
  const to = last === undefined ? undefined : readMoment(last, where);
  if (to !== undefined && to < from) throw fault(where, 'must not end before it begins');
  return { from, to };
}

const shown = (value: unknown): string => `${JSON.stringify(value) ?? value}`.slice(0, 60);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fault(where: readonly string[], message: string): TwinError {
  const place = where.join('.');
  return invalidParameter(place || 'body', `${place || 'The body'}: ${message}`);
}

const missing = (where: readonly string[]): TwinError =>
  missingParameter(where.join('.'), `${where.join('.')}: must be given`);
