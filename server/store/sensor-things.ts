import type { SensorThings } from '../services.ts';
import { createDatastream, createObservedProperty, createSensor, createThing } from './make-entities.ts';
import { recordObservations, setAside } from './observations.ts';
import type { Pool } from './pool.ts';
import { findEntities } from './sensor-entities.ts';
import { sensorOverview } from './sensor-overview.ts';
import { readSeries } from './series.ts';

/**
 * Sensors and measurements of the store.
 * @param pool may write
 * @param publicPool for everything that is only read
 */
export function storeSensorThings(pool: Pool, publicPool: Pool): SensorThings {
  return {
    find: (query, signal) => findEntities(publicPool, query, signal),
    createThing: (draft) => createThing(pool, draft),
    createDatastream: (thingId, draft) => createDatastream(pool, thingId, draft),
    createSensor: (draft) => createSensor(pool, draft),
    createObservedProperty: (draft) => createObservedProperty(pool, draft),
    record: (drafts) => recordObservations(pool, drafts),
    setAside: (asides) => setAside(pool, asides),
    overview: (at, signal) => sensorOverview(publicPool, at, signal),
    series: (query, signal) => readSeries(publicPool, query, signal),
  };
}
