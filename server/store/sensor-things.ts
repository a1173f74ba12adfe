import { notFound } from '../../core/errors.ts';
import {
  datastreamEntity,
  type EntityDraft,
  observedPropertyEntity,
  sensorEntity,
  thingEntity,
} from '../../core/live/entity-draft.ts';
import type { EntityId, EntitySet, ObservationDraft } from '../../core/live/sensor-things.ts';
import { NO_OPTIONS } from '../../core/odata/query-options.ts';
import type { Entity, EntityDesk, EntityOwner, SensorThings } from '../services/sensor-things.ts';
import { recordObservations, setAside } from './observations.ts';
import type { Pool } from './pool.ts';
import { findEntities, observationEntity } from './sensor-entities.ts';
import { sensorOverview } from './sensor-overview.ts';
import { readSeries } from './series.ts';
import { inTransaction } from './transaction.ts';
import { createEntity, removeEntity, updateEntity, type Writing } from './write-entities.ts';
import { keptObservation, observationDraft } from './write-observations.ts';

type Record = SensorThings['record'];

/**
 * Sensors and measurements of the store.
 * @param pool may write
 * @param publicPool for everything that is only read
 * @param gather may write together what comes at the same time
 */
export function storeSensorThings(
  pool: Pool,
  publicPool: Pool,
  gather: (record: Record) => Record = (same) => same,
): SensorThings {
  const record = gather((drafts) => recordObservations(pool, drafts));
  const atomically: SensorThings['atomically'] = (work) =>
    inTransaction(pool, (connection) => work(deskOn(connection)));
  const create = async (draft: EntityDraft, of?: EntityOwner): Promise<Entity> => {
    const plain = plainObservation(draft, of);
    if (plain === undefined) return atomically((desk) => desk.create(draft, of));
    const [recorded = { outcome: 'unknown-datastream' as const }] = await record([plain]);
    return observationEntity(keptObservation(recorded, plain));
  };
  const made = async (draft: EntityDraft, of?: EntityOwner) => Number((await create(draft, of)).id);
  return {
    find: (query, signal) => findEntities(publicPool, query, signal),
    create,
    update: (id, draft, replace) => atomically((desk) => desk.update(id, draft, replace)),
    remove: (set, id) => atomically((desk) => desk.remove(set, id)),
    atomically,
    createThing: (draft) => made(thingEntity(draft)),
    createDatastream: (thingId, draft) =>
      made(datastreamEntity(draft), { set: 'Things', id: thingId, link: 'Datastreams' }),
    createSensor: (draft) => made(sensorEntity(draft)),
    createObservedProperty: (draft) => made(observedPropertyEntity(draft)),
    record,
    setAside: (asides) => setAside(pool, asides),
    overview: (at, signal) => sensorOverview(publicPool, at, signal),
    series: (query, signal) => readSeries(publicPool, query, signal),
  };
}

/** Everything on one connection, which is in a transaction. */
function deskOn(connection: Writing): EntityDesk {
  const reading: Pick<Pool, 'read'> = { read: (statement, signal) => connection.run(statement, signal) };
  const read = async (set: EntitySet, id: EntityId): Promise<Entity> => {
    const page = await findEntities(reading, { set, id, options: NO_OPTIONS, limit: 1 });
    const [entity] = page.entities;
    if (entity === undefined) throw notFound(`${set}(${id}) is gone again`, 'path');
    return entity;
  };
  return {
    find: (query, signal) => findEntities(reading, query, signal),
    create: async (draft, of) => read(draft.set, await createEntity(connection, draft, of)),
    update: async (id, draft, replace) => read(draft.set, await updateEntity(connection, id, draft, replace)),
    remove: (set, id) => removeEntity(connection, set, id),
    setAside: (asides) => setAside(reading, asides),
  };
}

/**
 * An observation of a known datastream and with nothing new in it takes the way of all measurements, with what else
 * comes at the same time.
 */
function plainObservation(draft: EntityDraft, of?: EntityOwner): ObservationDraft | undefined {
  if (draft.set !== 'Observations' || Object.keys(draft.links).some((link) => link !== 'Datastream')) {
    return undefined;
  }
  const [said] = draft.links['Datastream'] ?? [];
  const named = said === undefined || 'set' in said ? undefined : said.id;
  if (of === undefined) {
    return named === undefined ? undefined : observationDraft(draft.values, { Datastream: named });
  }
  const isSame = said === undefined || named === of.id;
  return of.set === 'Datastreams' && isSame
    ? observationDraft(draft.values, { Datastream: of.id })
    : undefined;
}
