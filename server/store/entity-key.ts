import { type EntityId, type EntitySet, parseObservationId } from '../../core/live/sensor-things.ts';
import { type Sql, sql, trusted } from './sql.ts';

/** That a row is the entity of this id; an id of another form is nobody's. */
export function keyIs(set: EntitySet, id: EntityId, alias: string): Sql {
  if (set !== 'Observations') {
    return typeof id === 'number' ? sql`${trusted(alias)}.id = ${id}::bigint` : trusted('false');
  }
  const key = parseObservationId(String(id));
  return key === undefined
    ? trusted('false')
    : sql`(${trusted(alias)}.datastream_id = ${key.datastreamId}::bigint
        and ${trusted(alias)}.phenomenon_time = ${key.phenomenonTime.toISOString()}::timestamptz)`;
}
