/** New entities of SensorThings, each with all that is inside it, in one transaction. */
import { notFound, TwinError } from '../../core/errors.ts';
import type {
  DatastreamDraft,
  LocationDraft,
  ObservedPropertyDraft,
  SensorDraft,
  ThingDraft,
} from '../../core/live/sensor-things.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** @throws TwinError conflict when there is a thing of that external id already */
export function createThing(pool: Pool, draft: ThingDraft): Promise<number> {
  return inTransaction(pool, async (connection) => {
    const made = await newIds(
      connection,
      sql`insert into live.thing (external_id, name, description, properties)
        values (${draft.externalId ?? null}::text, ${draft.name}::text, ${draft.description}::text,
          ${JSON.stringify(draft.properties)}::jsonb)
        on conflict (external_id) do nothing returning id`,
    );
    if (made === undefined) {
      throw new TwinError('conflict', `There is a Thing with the externalId ${draft.externalId} already`, {
        parameter: 'properties.externalId',
      });
    }
    for (const location of draft.locations) await placeThing(connection, made, location);
    for (const datastream of draft.datastreams) await insertDatastream(connection, made, datastream);
    return made;
  });
}

/** @throws TwinError not-found for a thing, sensor or observed property that is not there */
export const createDatastream = (pool: Pool, thingId: number, draft: DatastreamDraft): Promise<number> =>
  inTransaction(pool, (connection) => insertDatastream(connection, thingId, draft));

export const createSensor = (pool: Pool, draft: SensorDraft): Promise<number> =>
  inTransaction(pool, (connection) => insertSensor(connection, draft));

export const createObservedProperty = (pool: Pool, draft: ObservedPropertyDraft): Promise<number> =>
  inTransaction(pool, (connection) => insertObservedProperty(connection, draft));

async function newIds(connection: Connection, statement: Sql): Promise<number | undefined> {
  const [row] = await connection.run<{ id: number }>(statement);
  return row?.id;
}

async function newId(connection: Connection, statement: Sql): Promise<number> {
  const id = await newIds(connection, statement);
  if (id === undefined) throw new TwinError('internal', 'The database gave no id');
  return id;
}

async function placeThing(connection: Connection, thingId: number, draft: LocationDraft): Promise<void> {
  const geoJson = JSON.stringify(draft.location);
  const id = await newId(
    connection,
    sql`insert into live.location (name, description, encoding_type, location, geom, properties)
      values (${draft.name}::text, ${draft.description}::text, ${draft.encodingType}::text, ${geoJson}::jsonb,
        ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(${geoJson}::text), 4326), 2177),
        ${JSON.stringify(draft.properties)}::jsonb) returning id`,
  );
  await connection.run(
    sql`insert into live.thing_location (thing_id, location_id) values (${thingId}::bigint, ${id}::bigint)`,
  );
}

async function insertDatastream(
  connection: Connection,
  thingId: number,
  draft: DatastreamDraft,
): Promise<number> {
  const { sensor, observedProperty, unit } = draft;
  const sensorId = typeof sensor === 'number' ? sensor : await insertSensor(connection, sensor);
  const propertyId =
    typeof observedProperty === 'number'
      ? observedProperty
      : await insertObservedProperty(connection, observedProperty);
  const [there] = await connection.run<{ thing: boolean; sensor: boolean; property: boolean }>(
    sql`select exists (select from live.thing where id = ${thingId}::bigint) as thing,
      exists (select from live.sensor where id = ${sensorId}::bigint) as sensor,
      exists (select from live.observed_property where id = ${propertyId}::bigint) as property`,
  );
  if (!there?.thing) throw notFound(`There is no Thing ${thingId}`, 'Thing');
  if (!there.sensor) throw notFound(`There is no Sensor ${sensorId}`, 'Sensor');
  if (!there.property) throw notFound(`There is no ObservedProperty ${propertyId}`, 'ObservedProperty');
  return newId(
    connection,
    sql`insert into live.datastream (thing_id, sensor_id, observed_property_id, name, description, observation_type,
        unit_name, unit_symbol, unit_definition, expected_interval_s, properties)
      values (${thingId}::bigint, ${sensorId}::bigint, ${propertyId}::bigint, ${draft.name}::text,
        ${draft.description}::text, ${draft.observationType}::text, ${unit.name}::text, ${unit.symbol}::text,
        ${unit.definition}::text, ${draft.expectedIntervalS ?? null}::integer,
        ${JSON.stringify(draft.properties)}::jsonb) returning id`,
  );
}

const insertSensor = (connection: Connection, draft: SensorDraft): Promise<number> =>
  newId(
    connection,
    sql`insert into live.sensor (name, description, encoding_type, metadata, properties)
      values (${draft.name}::text, ${draft.description}::text, ${draft.encodingType}::text,
        ${JSON.stringify(draft.metadata)}::jsonb, ${JSON.stringify(draft.properties)}::jsonb) returning id`,
  );

const insertObservedProperty = (connection: Connection, draft: ObservedPropertyDraft): Promise<number> =>
  newId(
    connection,
    sql`insert into live.observed_property (name, definition, description, properties)
      values (${draft.name}::text, ${draft.definition}::text, ${draft.description}::text,
        ${JSON.stringify(draft.properties)}::jsonb) returning id`,
  );
