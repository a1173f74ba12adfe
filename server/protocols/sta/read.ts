/** Collections and entities as SensorThings JSON (18-088, 9.2). */
import { invalidParameter, notFound } from '../../../core/errors.ts';
import { ENTITY_SETS, type EntityId, type EntitySet } from '../../../core/live/sensor-things.ts';
import { jsonReply } from '../../http/json.ts';
import { hrefWith } from '../../http/links.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Entity, EntityQuery, SensorThings } from '../../services.ts';
import { NAVIGATION } from './entity-model.ts';
import { readQueryOptions } from './query-options.ts';
import { type PathStep, parseResourcePath } from './resource-path.ts';

export const STA = '/sta/v1.1';

/** Only what is kept whole; the rest of the standard is still to come and is not claimed. */
const CONFORMANCE = [
  'http://www.opengis.net/spec/iot_sensing/1.1/req/resource-path/resource-path-to-entities',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/create-update-delete/create-entity',
  'http://www.opengis.net/spec/iot_sensing/1.1/req/create-update-delete/deep-insert',
];

/** The service root (18-088, 9.2.1). */
export function getRoot({ publicUrl }: Ask): Reply {
  return jsonReply({
    serverSettings: { conformance: CONFORMANCE },
    value: ENTITY_SETS.map((name) => ({ name, url: `${publicUrl}${STA}/${name}` })),
  });
}

/** Any address below the root. */
export async function getResource(sensors: SensorThings, ask: Ask): Promise<Reply> {
  const steps = parseResourcePath(decodeURIComponent(ask.path.slice(STA.length)));
  const last = steps[steps.length - 1] ?? steps[0];
  const owner = await followSteps(sensors, steps.slice(0, -1), ask.signal);
  if (last.isMany && last.id === undefined) return getCollection(sensors, last.set, owner, ask);
  const [option] = ask.query.keys();
  if (option !== undefined) {
    readQueryOptions(ask.query);
    throw invalidParameter(option, `${option} is for collections; this address is one entity`);
  }
  const entity = await findOne(sensors, last, owner, ask.signal);
  return jsonReply(entityJson(last.set, entity, ask.publicUrl));
}

interface Owner {
  readonly set: EntitySet;
  readonly id: EntityId;
}

/** The entity that the steps lead to, each of them there; undefined without steps. */
export async function followSteps(
  sensors: SensorThings,
  steps: readonly PathStep[],
  signal: AbortSignal,
): Promise<Owner | undefined> {
  let owner: Owner | undefined;
  for (const step of steps) {
    const { id } = await findOne(sensors, step, owner, signal);
    owner = { set: step.set, id };
  }
  return owner;
}

async function findOne(
  sensors: SensorThings,
  { set, id }: PathStep,
  of: Owner | undefined,
  signal: AbortSignal,
): Promise<Entity> {
  const query: EntityQuery = { set, id, of, orderBy: [], limit: 1, offset: 0, counted: false };
  const { entities } = await sensors.find(query, signal);
  const [entity] = entities;
  if (entity) return entity;
  const whose = of === undefined ? '' : ` of ${of.set}(${literal(of.id)})`;
  throw notFound(`There is no ${set}${id === undefined ? '' : `(${literal(id)})`}${whose}`, 'path');
}

async function getCollection(
  sensors: SensorThings,
  set: EntitySet,
  of: Owner | undefined,
  ask: Ask,
): Promise<Reply> {
  const options = readQueryOptions(ask.query);
  const { entities, more, count } = await sensors.find({ set, of, ...options }, ask.signal);
  const next = { $top: options.limit, $skip: options.offset + entities.length };
  return jsonReply({
    ...(count !== undefined && { '@iot.count': count }),
    ...(more && options.limit > 0 && { '@iot.nextLink': hrefWith(ask, next) }),
    value: entities.map((entity) => entityJson(set, entity, ask.publicUrl)),
  });
}

/** An entity with its links. */
export function entityJson(set: EntitySet, { id, properties }: Entity, publicUrl: string): object {
  const self = selfLink(set, id, publicUrl);
  const links = Object.keys(NAVIGATION[set]).map((name) => [`${name}@iot.navigationLink`, `${self}/${name}`]);
  return { '@iot.id': id, '@iot.selfLink': self, ...properties, ...Object.fromEntries(links) };
}

export const selfLink = (set: EntitySet, id: EntityId, publicUrl: string): string =>
  `${publicUrl}${STA}/${set}(${literal(id)})`;

const literal = (id: EntityId): string =>
  typeof id === 'number' ? String(id) : `'${encodeURIComponent(id).replaceAll("'", "''")}'`;
