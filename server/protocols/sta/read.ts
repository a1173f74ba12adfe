/** Reading of entities, their properties and links (18-088, 9.2 and 9.3). */
import { invalidParameter, notFound } from '../../../core/errors.ts';
import { ENTITY_SETS, type EntityId, type EntitySet } from '../../../core/live/sensor-things.ts';
import { NO_OPTIONS, parseQueryOptions, type QueryOptions } from '../../../core/odata/query-options.ts';
import {
  isOne,
  type PathStep,
  parseResourcePath,
  type ResourcePath,
} from '../../../core/odata/resource-path.ts';
import { jsonReply } from '../../http/json.ts';
import { hrefWith } from '../../http/links.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Entity, EntityOwner, EntityPage, PageEnd, SensorThings } from '../../services/sensor-things.ts';
import { literal, STA, selfLink } from './addresses.ts';
import { CONFORMANCE, MQTT_CONFORMANCE } from './conformance.ts';
import { dataArrays } from './data-array.ts';
import { countJson, entityJson } from './entity-json.ts';
import { readSkipToken, writeSkipToken } from './skip-token.ts';

/** A prefix of state leads to no broker. */
const STATE_PREFIX = /(?:\/(?:s|at)\/[^/]+)+$/;

/**
 * The service root (18-088, 9.2.1). Of MQTT it says where: an object of the name of each class with `endpoints`.
 * @param mqttEndpoints given where the world sees the service; undefined = there is no broker within
 */
export function getRoot({ publicUrl }: Ask, mqttEndpoints?: MqttEndpoints): Reply {
  const endpoints = mqttEndpoints?.(publicUrl.replace(STATE_PREFIX, ''));
  const overMqtt = endpoints === undefined ? [] : MQTT_CONFORMANCE;
  return jsonReply({
    serverSettings: {
      conformance: [...CONFORMANCE, ...overMqtt],
      ...Object.fromEntries(overMqtt.map((name) => [name, { endpoints }])),
    },
    value: ENTITY_SETS.map((name) => ({ name, url: `${publicUrl}${STA}/${name}` })),
  });
}

export type MqttEndpoints = (publicUrl: string) => readonly string[];

type Finding = Pick<SensorThings, 'find'>;

/** Any address below the root. */
export async function getResource(sensors: Finding, ask: Ask): Promise<Reply> {
  const path = pathOf(ask);
  const { steps, property, tail } = path;
  const last = steps[steps.length - 1] ?? steps[0];
  const owner = await ownerOf(sensors, path, ask.signal);
  if (!isOne(last)) return getCollection(sensors, last.set, owner, tail, ask);
  const options = entityOptions(ask, property.length > 0);
  const entity = await findOne(sensors, last, owner, options, ask.signal);
  if (property.length > 0) return propertyReply(last.set, entity, property, tail === '$value');
  const self = selfLink(last.set, entity.id, ask.publicUrl);
  return tail === '$ref'
    ? jsonReply({ '@iot.selfLink': self })
    : jsonReply(entityJson(last.set, entity, ask.publicUrl, options));
}

const LONGEST_PATH = 2_000;

/** @throws TwinError not-found for what is no address here */
export function pathOf({ path }: Ask): ResourcePath {
  const written = path.slice(STA.length);
  if (written.length > LONGEST_PATH) {
    throw notFound(`A path has at most ${LONGEST_PATH} characters`, 'path');
  }
  try {
    return parseResourcePath(decodeURIComponent(written));
  } catch (error) {
    if (error instanceof URIError) throw notFound('The path is no UTF-8', 'path');
    throw error;
  }
}

/** The entity that the last step of a path hangs on, each one before it there; undefined for one step alone. */
export async function ownerOf(
  sensors: Finding,
  { steps }: ResourcePath,
  signal: AbortSignal,
): Promise<EntityOwner | undefined> {
  let owner: EntityOwner | undefined;
  for (const [n, step] of steps.entries()) {
    const next = steps[n + 1];
    if (next?.link === undefined) break;
    const { id } = await findOne(sensors, step, owner, { ...NO_OPTIONS, select: [] }, signal);
    owner = { set: step.set, id, link: next.link };
  }
  return owner;
}

/** @throws TwinError not-found */
export async function findOne(
  sensors: Finding,
  { set, id }: Pick<PathStep, 'set' | 'id'>,
  of: EntityOwner | undefined,
  options: QueryOptions,
  signal: AbortSignal,
): Promise<Entity> {
  const page = await sensors.find({ set, id, of, options, limit: 1 }, signal);
  const [entity] = page.entities;
  if (entity) return entity;
  throw notFound(`There is no ${nameOf(set, id)}${of ? ` of ${nameOf(of.set, of.id)}` : ''}`, 'path');
}

const nameOf = (set: EntitySet, id: EntityId | undefined): string =>
  id === undefined ? set : `${set}(${literal(id)})`;

const PAGE = { standard: 100, highest: 1_000 } as const;
/** Read here, beside those that also an expansion has. */
const OUTER = ['$skiptoken', '$resultFormat'];

interface Outer {
  readonly options: QueryOptions;
  readonly after: PageEnd | undefined;
  readonly isDataArray: boolean;
}

/** @throws TwinError invalid-parameter for an option that stands twice or is not known */
function readOptions({ query }: Ask): Outer {
  const given = new Map<string, string>();
  for (const [name, value] of query) {
    if (given.has(name)) throw invalidParameter(name, `${name.slice(0, 100)} is given twice`);
    given.set(name, value);
  }
  const token = given.get('$skiptoken');
  const format = given.get('$resultFormat');
  for (const name of OUTER) given.delete(name);
  if (format !== undefined && format !== 'dataArray') {
    throw invalidParameter('$resultFormat', `$resultFormat can be dataArray, not "${format.slice(0, 60)}"`);
  }
  return {
    options: parseQueryOptions(given),
    after: token === undefined ? undefined : readSkipToken(token),
    isDataArray: format !== undefined,
  };
}

/** What one entity can be asked for: which of its properties, and what is linked to it. */
function entityOptions(ask: Ask, isProperty: boolean): QueryOptions {
  for (const name of ask.query.keys()) {
    if (isProperty || (name !== '$select' && name !== '$expand')) {
      throw invalidParameter(name, `${name.slice(0, 100)} is for collections; this address is one entity`);
    }
  }
  return readOptions(ask).options;
}

async function getCollection(
  sensors: Finding,
  set: EntitySet,
  of: EntityOwner | undefined,
  tail: ResourcePath['tail'],
  ask: Ask,
): Promise<Reply> {
  const { options, after, isDataArray } = readOptions(ask);
  if (tail === '$count') {
    const counting = { ...options, count: true, expand: [], select: [] };
    const { count } = await sensors.find({ set, of, options: counting, limit: 0 }, ask.signal);
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(count?.value ?? 0) };
  }
  if (isDataArray && set !== 'Observations') {
    throw invalidParameter('$resultFormat', '$resultFormat=dataArray is for Observations');
  }
  if (isDataArray && options.expand.length > 0) {
    throw invalidParameter('$expand', 'A data array has no room for what is expanded');
  }
  // A server may give less than is asked for, and links to the rest.
  const limit = Math.min(options.top ?? PAGE.standard, PAGE.highest);
  const page = await sensors.find({ set, of, options, limit, after }, ask.signal);
  return jsonReply({
    ...countJson(page),
    ...nextLink(page, options, limit, ask),
    value: listOf(set, page, options, { isRef: tail === '$ref', isDataArray }, ask.publicUrl),
  });
}

/** Where the page after this one is; whoever asked for none gets no link. */
function nextLink(page: EntityPage, { top }: QueryOptions, limit: number, ask: Ask): object {
  if (page.end === undefined || limit === 0) return {};
  const next = hrefWith(ask, { $top: top, $skip: undefined, $skiptoken: writeSkipToken(page.end) });
  return { '@iot.nextLink': next };
}

function listOf(
  set: EntitySet,
  { entities }: EntityPage,
  options: QueryOptions,
  { isRef, isDataArray }: { isRef: boolean; isDataArray: boolean },
  publicUrl: string,
): readonly unknown[] {
  if (isRef) return entities.map(({ id }) => ({ '@iot.selfLink': selfLink(set, id, publicUrl) }));
  if (isDataArray) return dataArrays(entities, options, publicUrl);
  return entities.map((entity) => entityJson(set, entity, publicUrl, options));
}

/** `{"name": …}`, or the bare value (18-088, 9.2.4 and 9.2.5). */
function propertyReply(
  set: EntitySet,
  { id, properties }: Entity,
  [name = '', ...inside]: readonly string[],
  isRaw: boolean,
): Reply {
  const whole = name === 'id' || name === '@iot.id' ? id : properties[name];
  const value = inside.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined,
    whole,
  );
  const path = [name, ...inside].join('/');
  if (value === undefined && inside.length > 0)
    throw notFound(`This ${set} has no ${path.slice(0, 100)}`, 'path');
  // A property that has no value has no content (OData 4.0 part 1, 11.2.3).
  if (value === undefined || value === null) return { status: 204, headers: {} };
  if (!isRaw) return jsonReply({ [inside.at(-1) ?? name]: value });
  return typeof value === 'object'
    ? jsonReply(value)
    : { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: String(value) };
}
