/** SensorThings over MQTT (18-088, 14 and 15): topics are addresses below the root of the service, `v1.1/Things(1)`. */
import { asTwinError, invalidParameter } from '../../core/errors.ts';
import type { Identity } from '../access/identity.ts';
import type { Protocol } from '../http/protocol.ts';
import { askProtocol, bodyText } from './ask-protocol.ts';

const ROOT = 'v1.1/';
const LONGEST_TOPIC = 1_000;

export const isSensorThingsTopic = (topic: string): boolean => topic.startsWith(ROOT);

export interface SensorThingsDoor {
  /** What a POST to the address would do. @throws TwinError as that would be refused */
  create(topic: string, body: Uint8Array, who: Identity): Promise<void>;
  /** @throws TwinError for a topic that this person may not follow, or that is no address of the service */
  check(topic: string, who: Identity): Promise<void>;
  /** What stands in the property that a topic follows. */
  property(topic: ParsedTopic, who: Identity): Promise<string | undefined>;
  /** What a subscriber gets of an entity that changed; undefined where it does not concern the topic. */
  message(topic: ParsedTopic, changed: ChangedEntity, who: Identity): Promise<string | undefined>;
}

/** A topic that somebody follows. */
export interface ParsedTopic {
  /** Without the query, below the root: `Datastreams(1)/Observations`. */
  readonly path: string;
  /** From `?` on; empty without one. */
  readonly query: string;
  /** `Things(1)/name` follows one property. */
  readonly property: string | undefined;
  /** Whether it is a set of entities that is followed. */
  readonly isMany: boolean;
  /** The last word that names entities: `Observations`, `Datastream`. */
  readonly word: string;
}

export interface ChangedEntity {
  /** `Things`. */
  readonly set: string;
  /** As it stands in an address: `1`, `'12-2026-06-01T10:00:00Z'`. */
  readonly key: string;
}

/** @param publicUrl where links lead */
export function sensorThingsDoor(protocol: Protocol, publicUrl: string): SensorThingsDoor {
  const read = async (target: string, who: Identity): Promise<unknown> => {
    const signal = AbortSignal.timeout(READ_TIMEOUT_MS);
    const reply = await askProtocol(protocol, { method: 'GET', target, who, signal, publicUrl });
    return JSON.parse(await bodyText(reply));
  };
  return {
    async create(topic, body, who) {
      const signal = AbortSignal.timeout(WRITE_TIMEOUT_MS);
      const target = addressOf(parsedPath(topic).path);
      await askProtocol(protocol, { method: 'POST', target, body, who, signal, publicUrl });
    },
    async check(topic, who) {
      const { path, query, property, isMany } = parseTopic(topic);
      if (property === undefined && isMany) await read(addressOf(path, limited(query)), who);
      else await read(addressOf(path, query), who);
    },
    async property({ path, property = '' }, who) {
      const entity = await read(addressOf(path), who);
      return typeof entity === 'object' && entity !== null ? propertyText(entity, property) : undefined;
    },
    async message({ path, query, property, isMany }, { set, key }, who) {
      try {
        if (property !== undefined) {
          const entity = await read(addressOf(path), who);
          return isEntity(entity, key) ? propertyText(entity, property) : undefined;
        }
        const direct = path === set || path === `${set}(${key})`;
        const target = isMany ? `${direct ? set : path}(${key})` : path;
        const entity = await read(addressOf(target, query), who);
        return direct || isEntity(entity, key) || query !== '' ? JSON.stringify(entity) : undefined;
      } catch (error) {
        // Gone again, or not of those that the topic is about.
        if (['not-found', 'not-supported', 'invalid-parameter'].includes(asTwinError(error).kind))
          return undefined;
        throw error;
      }
    },
  };
}

/** `{"name":"…"}`, as 18-088 has it. */
const propertyText = (entity: object, property: string): string | undefined => {
  const value: unknown = Object.getOwnPropertyDescriptor(entity, property)?.value;
  return value === undefined ? undefined : JSON.stringify({ [property]: value });
};

const READ_TIMEOUT_MS = 10_000;
const WRITE_TIMEOUT_MS = 30_000;

const isEntity = (value: unknown, key: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && '@iot.id' in value && idText(value['@iot.id']) === key;

const idText = (id: unknown): string =>
  typeof id === 'string' ? `'${id.replaceAll("'", "''")}'` : String(id);

const addressOf = (path: string, query = ''): string => `/sta/v1.1/${encodeURI(path)}${query}`;

/** Whether anything is there is not asked, only whether the question can be. */
const limited = (query: string): string =>
  /[?&]\$top=/.test(query) ? query : `${query === '' ? '?' : `${query}&`}$top=0`;

function parsedPath(topic: string): { readonly path: string; readonly query: string } {
  if (!isSensorThingsTopic(topic) || topic.length > LONGEST_TOPIC || /[+#\0]/.test(topic)) {
    throw invalidParameter(
      'topic',
      `Topics are addresses such as v1.1/Datastreams(1)/Observations, without + and #`,
    );
  }
  const below = topic.slice(ROOT.length);
  const mark = below.indexOf('?');
  return mark < 0 ? { path: below, query: '' } : { path: below.slice(0, mark), query: below.slice(mark) };
}

const SETS = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'FeaturesOfInterest',
];
const SINGLE: Readonly<Record<string, string>> = {
  Thing: 'Things',
  Datastream: 'Datastreams',
  Sensor: 'Sensors',
  ObservedProperty: 'ObservedProperties',
  FeatureOfInterest: 'FeaturesOfInterest',
};

/** @throws TwinError invalid-parameter for what is no topic of the service */
export function parseTopic(topic: string): ParsedTopic {
  const { path, query } = parsedPath(topic);
  const unknown = [...new URLSearchParams(query.slice(1)).keys()].filter((key) => key !== '$select');
  if (unknown.length > 0)
    throw invalidParameter('topic', `Topics take $select, not ${unknown[0]?.slice(0, 40)}`);
  const steps = path.split('/');
  const last = steps.at(-1) ?? '';
  const word = /^[A-Za-z]+/.exec(last)?.[0] ?? '';
  if (SETS.includes(word)) return { path, query, property: undefined, isMany: last === word, word };
  if (Object.hasOwn(SINGLE, last)) return { path, query, property: undefined, isMany: false, word: last };
  // What is no entity is a property of the one before.
  if (steps.length < 2 || word !== last)
    throw invalidParameter('topic', `${last.slice(0, 40)} names no entities and no property`);
  const owner = parseTopic(`${ROOT}${steps.slice(0, -1).join('/')}`);
  if (owner.isMany || owner.property !== undefined) {
    throw invalidParameter('topic', `${last.slice(0, 40)} is no property of one entity`);
  }
  return { ...owner, query: '', property: last };
}

/** Whether a change can concern the topic at all: what its words rule out need not be asked. */
export function concerns({ word, path, isMany }: ParsedTopic, { set, key }: ChangedEntity): boolean {
  if ((SINGLE[word] ?? word) !== set) return false;
  if (!isMany) return !path.endsWith(')') || path.endsWith(`(${key})`);
  // Observations say in their ids whose they are.
  const [, datastream] = /^Datastreams\((\d+)\)\/Observations$/.exec(path) ?? [];
  return datastream === undefined || key.startsWith(`'${datastream}-`);
}
