/** Observations as rows of values (18-088, 9.3.5 and 14). */
import { asTwinError, invalidParameter } from '../../../core/errors.ts';
import { ENTITY_MODEL } from '../../../core/live/entity-model.ts';
import { readEntity, readId } from '../../../core/live/read-entity.ts';
import { type EntityId, parseObservationId } from '../../../core/live/sensor-things.ts';
import type { QueryOptions } from '../../../core/odata/query-options.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Entity, EntityDesk } from '../../services/sensor-things.ts';
import { selfLink } from './addresses.ts';
import { parseJson } from './json-body.ts';
import { keepRefused, type Refused } from './refused.ts';

/** One list for each datastream, in the order in which the datastreams come. */
export function dataArrays(
  entities: readonly Entity[],
  { select }: QueryOptions,
  publicUrl: string,
): readonly object[] {
  const known = Object.keys(ENTITY_MODEL.Observations.properties);
  const names = select === undefined ? known : known.filter((name) => select.includes(name));
  const withId = select === undefined || select.includes('@iot.id');
  const groups = new Map<number, unknown[][]>();
  for (const { id, properties } of entities) {
    const datastream = parseObservationId(String(id))?.datastreamId ?? 0;
    const rows = groups.get(datastream) ?? [];
    rows.push([...(withId ? [id] : []), ...names.map((name) => properties[name] ?? null)]);
    groups.set(datastream, rows);
  }
  return [...groups].map(([datastream, rows]) => ({
    'Datastream@iot.navigationLink': selfLink('Datastreams', datastream, publicUrl),
    components: [...(withId ? ['id'] : []), ...names],
    'dataArray@iot.count': rows.length,
    dataArray: rows,
  }));
}

const MOST_ROWS = 20_000;
/** Rows that are written at the same time; the store puts them together. */
const AT_ONCE = 500;

/**
 * `POST CreateObservations`: the answer has for each row the address of its observation, or `error` with the reason.
 * What is right is kept, whatever is wrong beside it (18-088, 14.2).
 */
export async function createObservations(
  sensors: Pick<EntityDesk, 'create' | 'setAside'>,
  ask: Ask,
): Promise<Reply> {
  const rows = readBlocks(parseJson(ask.body));
  const answers: string[] = [];
  const refused: Refused[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    ask.signal.throwIfAborted();
    const some = rows.slice(at, at + AT_ONCE).map((row) => writeRow(sensors, row, ask.publicUrl, refused));
    answers.push(...(await Promise.all(some)));
  }
  await keepRefused(sensors, refused);
  return { ...jsonReply(answers), status: 201 };
}

interface DataRow {
  readonly datastream: EntityId;
  readonly components: readonly string[];
  readonly values: unknown;
}

function readBlocks(body: unknown): readonly DataRow[] {
  if (!Array.isArray(body)) throw invalidParameter('body', 'The body must be a list of data arrays');
  const rows = body.flatMap((block: unknown, n): readonly DataRow[] => {
    const { Datastream, components, dataArray } = objectOf(block, `${n}`);
    const datastream = readId(objectOf(Datastream, `${n}.Datastream`)['@iot.id'], [
      `${n}`,
      'Datastream',
      '@iot.id',
    ]);
    if (!isTexts(components)) throw invalidParameter(`${n}.components`, `${n}.components: must be names`);
    if (!Array.isArray(dataArray)) throw invalidParameter(`${n}.dataArray`, `${n}.dataArray: must be rows`);
    return dataArray.map((values: unknown) => ({ datastream, components, values }));
  });
  if (rows.length > MOST_ROWS) {
    throw invalidParameter('body', `At most ${MOST_ROWS} rows are taken at once; send more requests`);
  }
  return rows;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function objectOf(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw invalidParameter(where, `${where}: must be an object`);
}

async function writeRow(
  sensors: Pick<EntityDesk, 'create' | 'setAside'>,
  { datastream, components, values }: DataRow,
  publicUrl: string,
  refused: Refused[],
): Promise<string> {
  try {
    if (!Array.isArray(values) || values.length !== components.length) {
      throw invalidParameter('dataArray', `a row has ${components.length} values, as many as components`);
    }
    const body = Object.fromEntries(components.map((name, n) => memberOf(name, values[n])));
    const draft = readEntity('Observations', body, 'create');
    const { id } = await sensors.create(draft, { set: 'Datastreams', id: datastream, link: 'Observations' });
    return selfLink('Observations', id, publicUrl);
  } catch (error) {
    const { kind, message } = asTwinError(error);
    if (kind === 'internal' || kind === 'unavailable' || kind === 'timeout') throw error;
    refused.push({ error, datastream, sent: JSON.stringify(values) });
    return `error: ${message}`;
  }
}

/** `FeatureOfInterest/id` is how a row names its feature. */
const memberOf = (name: string, value: unknown): readonly [string, unknown] =>
  name === 'FeatureOfInterest/id' || name === 'FeatureOfInterest/@iot.id'
    ? ['FeatureOfInterest', { '@iot.id': value }]
    : [name, value];
