/** New, changed and removed entities of SensorThings, on a connection that is in a transaction. */
import { conflict, invalidParameter, missingParameter, notFound } from '../../core/errors.ts';
import type { EntityDraft, LinkedDraft } from '../../core/live/entity-draft.ts';
import { ENTITY_MODEL } from '../../core/live/entity-model.ts';
import type { EntityId, EntitySet } from '../../core/live/sensor-things.ts';
import type { EntityOwner } from '../services/sensor-things.ts';
import type { Connection } from './connection.ts';
import { columnsOf } from './entity-columns.ts';
import { keyIs } from './entity-key.ts';
import { ENTITY_TABLES } from './entity-tables.ts';
import { join, type Sql, sql, trusted } from './sql.ts';
import { changeObservation, insertObservations } from './write-observations.ts';

export type Writing = Pick<Connection, 'run'>;

/** Ids of the entities that a new one is linked to, by the name of its link. */
type Given = Readonly<Record<string, EntityId>>;

/** Columns of links to one entity. */
const FOREIGN: Readonly<Record<string, string>> = {
  Thing: 'thing_id',
  Sensor: 'sensor_id',
  ObservedProperty: 'observed_property_id',
};

/**
 * Makes an entity with all that is inside it.
 * @param of the entity to a link of which it belongs
 * @throws TwinError not-found for a link to what is not there, conflict for what can be there once only
 */
export async function createEntity(
  writing: Writing,
  draft: EntityDraft,
  of?: EntityOwner,
): Promise<EntityId> {
  if (of === undefined) return insertOne(writing, draft, {});
  const back = ENTITY_MODEL[of.set].links[of.link]?.back ?? '';
  const isOne = ENTITY_MODEL[draft.set].links[back]?.isMany === false;
  if (isOne) return insertOne(writing, draft, givenBy(draft, back, of.id));
  await mustExist(writing, of.set, of.id, of.set);
  const id = await insertOne(writing, draft, {});
  await attach(writing, of.set, of.id, of.link, [id]);
  return id;
}

/** What the address says, where the body says nothing else. */
function givenBy({ links }: EntityDraft, back: string, id: EntityId): Given {
  const [said] = links[back] ?? [];
  if (said !== undefined && !('set' in said) && said.id !== id) {
    throw invalidParameter(back, `${back}: the body names ${said.id}, the address ${id}`);
  }
  return { [back]: id };
}

async function insertOne(writing: Writing, draft: EntityDraft, given: Given): Promise<EntityId> {
  const { set } = draft;
  const links = await linkedToOne(writing, draft, given);
  if (set === 'Observations') {
    const [id] = await insertObservations(writing, [{ draft, links }]);
    if (id === undefined) throw notFound('The Observation was not written', 'body');
    return id;
  }
  const columns = {
    ...columnsOf(set, draft.values),
    ...Object.fromEntries(
      Object.entries(links).map(([link, id]) => [FOREIGN[link] ?? link, sql`${id}::bigint`]),
    ),
  };
  const names = Object.keys(columns);
  const [row] = await writing.run<{ id: number }>(
    sql`insert into ${trusted(ENTITY_TABLES[set].table)} (${trusted(names.join(', '))})
      values (${join(Object.values(columns), ', ')})
      ${trusted(set === 'Things' ? 'on conflict (external_id) do nothing' : '')} returning id`,
  );
  if (row === undefined) throw sameExternalId(draft);
  await insertLinked(writing, draft, row.id);
  return row.id;
}

const sameExternalId = ({ values }: EntityDraft) =>
  conflict(
    `There is a Thing with the externalId ${(values['properties'] as Record<string, unknown>)?.['externalId']} already`,
    'properties.externalId',
  );

/** The ids of links to one entity: given, by id, or of an entity that is made for it. */
async function linkedToOne(
  writing: Writing,
  { set, links }: EntityDraft,
  given: Given,
): Promise<Readonly<Record<string, EntityId>>> {
  const found: Record<string, EntityId> = {};
  for (const [name, link] of Object.entries(ENTITY_MODEL[set].links)) {
    if (link.isMany) continue;
    const [linked] = links[name] ?? [];
    const id = given[name] ?? (linked && (await idOf(writing, link.set, linked, name)));
    if (id === undefined) {
      if (!link.required) continue;
      throw missingParameter(name, `${name}: must be {"@iot.id": …} of one that is there, or a new one`);
    }
    // Whether a datastream is there is found out by writing to it.
    if (given[name] !== undefined && !(set === 'Observations' && name === 'Datastream')) {
      await mustExist(writing, link.set, id, name);
    }
    found[name] = id;
  }
  return found;
}

async function idOf(writing: Writing, set: EntitySet, linked: LinkedDraft, link: string): Promise<EntityId> {
  if ('set' in linked) return insertOne(writing, linked, {});
  await mustExist(writing, set, linked.id, link);
  return linked.id;
}

/** Holds it, so that it stays until the end of the transaction. */
async function mustExist(writing: Writing, set: EntitySet, id: EntityId, parameter: string): Promise<void> {
  const rows = await writing.run(
    sql`select from ${trusted(ENTITY_TABLES[set].table)} as self where ${keyIs(set, id, 'self')} for key share`,
  );
  if (rows.length === 0) throw notFound(`There is no ${set}(${id})`, parameter);
}

/** What a draft brings in its links to many: made, or linked where it is there. */
async function insertLinked(writing: Writing, draft: EntityDraft, id: EntityId): Promise<void> {
  const { set } = draft;
  for (const [name, link] of Object.entries(ENTITY_MODEL[set].links)) {
    const items = draft.links[name];
    if (!link.isMany || items === undefined || items.length === 0) continue;
    const isOwned = ENTITY_MODEL[link.set].links[link.back]?.isMany === false;
    if (link.set === 'Observations') {
      await insertOwnObservations(writing, items, { [link.back]: id });
      continue;
    }
    const ids: EntityId[] = [];
    for (const item of items) {
      if (!('set' in item)) await mustExist(writing, link.set, item.id, name);
      if ('set' in item && isOwned) await insertOne(writing, item, givenBy(item, link.back, id));
      else ids.push('set' in item ? await insertOne(writing, item, {}) : item.id);
    }
    await attach(writing, set, id, name, ids);
  }
}

async function insertOwnObservations(
  writing: Writing,
  items: readonly LinkedDraft[],
  given: Given,
): Promise<void> {
  const made = [];
  for (const item of items) {
    if (!('set' in item)) throw invalidParameter('Observations', 'Observations: only new ones can be given');
    made.push({ draft: item, links: await linkedToOne(writing, item, given) });
  }
  await insertObservations(writing, made);
}

/** Links entities that are there. */
async function attach(
  writing: Writing,
  set: EntitySet,
  id: EntityId,
  link: string,
  ids: readonly EntityId[],
): Promise<void> {
  if (ids.length === 0) return;
  if (set === 'Things' && link === 'Locations') return moveThing(writing, id, ids);
  if (set === 'Locations' && link === 'Things') {
    for (const thing of ids) await moveThing(writing, thing, [id]);
    return;
  }
  const columns = ENTITY_TABLES[set].links[link];
  const target = ENTITY_MODEL[set].links[link];
  if (columns === undefined || target === undefined) return;
  if ('through' in columns) {
    const { through, from, to } = columns;
    await writing.run(sql`insert into ${trusted(through)} (${trusted(from)}, ${trusted(to)})
      select ${id}::bigint, unnest(${ids}::bigint[]) on conflict do nothing`);
    if (set === 'HistoricalLocations') await takeNewestPlace(writing, id);
    return;
  }
  const column = FOREIGN[target.back];
  if (column === undefined) throw invalidParameter(link, `${link} cannot be linked from here`);
  await writing.run(sql`update ${trusted(ENTITY_TABLES[target.set].table)}
    set ${trusted(column)} = ${id}::bigint where id = any(${ids}::bigint[])`);
}

/** The thing is at these places now; where it was is kept (18-088, 8.2.2). */
async function moveThing(writing: Writing, thing: EntityId, places: readonly EntityId[]): Promise<void> {
  const now = await writing.run<{ location_id: number }>(
    sql`select location_id from live.thing_location where thing_id = ${thing}::bigint`,
  );
  const there = new Set<EntityId>(now.map(({ location_id }) => location_id));
  if (there.size === places.length && places.every((place) => there.has(place))) return;
  await writing.run(sql`delete from live.thing_location where thing_id = ${thing}::bigint`);
  await writing.run(sql`insert into live.thing_location (thing_id, location_id)
    select ${thing}::bigint, unnest(${places}::bigint[]) on conflict do nothing`);
  await writing.run(sql`with past as (
      insert into live.historical_location (thing_id, time) values (${thing}::bigint, clock_timestamp()) returning id
    ) insert into live.historical_location_location
      select past.id, place from past, unnest(${places}::bigint[]) as place on conflict do nothing`);
}

/** A past place that is the newest of its thing is where the thing is, as in FROST. */
async function takeNewestPlace(writing: Writing, past: EntityId): Promise<void> {
  const [newest] = await writing.run<{ thing_id: number }>(
    sql`select thing_id from live.historical_location as past where id = ${past}::bigint and not exists (
      select from live.historical_location as later where later.thing_id = past.thing_id and later.time > past.time)`,
  );
  if (newest === undefined) return;
  await writing.run(sql`delete from live.thing_location where thing_id = ${newest.thing_id}::bigint`);
  await writing.run(sql`insert into live.thing_location (thing_id, location_id)
    select ${newest.thing_id}::bigint, location_id from live.historical_location_location
    where historical_location_id = ${past}::bigint`);
}

/**
 * Changes what the draft gives.
 * @param replace what the draft does not give is taken away
 * @returns its id, which of an observation follows its time
 */
export async function updateEntity(
  writing: Writing,
  id: EntityId,
  draft: EntityDraft,
  replace: boolean,
): Promise<EntityId> {
  const { set, links } = draft;
  const { properties } = ENTITY_MODEL[set];
  const absent = Object.entries(properties).flatMap(([name, { required, derived }]) =>
    required || derived ? [] : [[name, null]],
  );
  const values = replace ? { ...Object.fromEntries(absent), ...draft.values } : draft.values;
  const ones = Object.entries(ENTITY_MODEL[set].links).flatMap(([name, link]) => {
    const [linked] = links[name] ?? [];
    return link.isMany || linked === undefined || 'set' in linked ? [] : [{ name, link, id: linked.id }];
  });
  for (const { name, link, id: linked } of ones) await mustExist(writing, link.set, linked, name);
  const given = Object.fromEntries(ones.map(({ name, id: linked }) => [name, linked]));
  if (set === 'Observations') return changeObservation(writing, id, values, given);
  const columns: Readonly<Record<string, Sql>> = {
    ...columnsOf(set, values),
    ...Object.fromEntries(
      ones.map(({ name, id: linked }) => [FOREIGN[name] ?? name, sql`${linked}::bigint`]),
    ),
  };
  await mustExist(writing, set, id, 'path');
  const changes = Object.entries(columns).map(([name, value]) => sql`${trusted(name)} = ${value}`);
  if (changes.length > 0) {
    await writing.run(
      sql`update ${trusted(ENTITY_TABLES[set].table)} set ${join(changes, ', ')} where id = ${id}::bigint`,
    );
  }
  await insertLinked(writing, draft, id);
  return id;
}

/** Removes an entity with all that cannot be without it (18-088, table 26). */
export async function removeEntity(writing: Writing, set: EntitySet, id: EntityId): Promise<void> {
  if (set === 'Locations') {
    await writing.run(sql`delete from live.historical_location where id in (
      select historical_location_id from live.historical_location_location
      where location_id = ${typeof id === 'number' ? id : null}::bigint)`);
  }
  if (set === 'FeaturesOfInterest' && typeof id === 'number') {
    await writing.run(sql`delete from live.observation
      where datastream_id = any(live.datastreams_of_feature(${id}::bigint)) and feature_of_interest_id is null
        and live.feature_at(datastream_id, phenomenon_time) = ${id}::bigint`);
  }
  const removed = await writing.run(
    sql`delete from ${trusted(ENTITY_TABLES[set].table)} as self where ${keyIs(set, id, 'self')} returning true`,
  );
  if (removed.length === 0) throw notFound(`There is no ${set}(${id})`, 'path');
}
