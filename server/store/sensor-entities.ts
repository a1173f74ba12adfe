/** Entities of SensorThings out of the schema `live`: one table of what each set is and how sets are related. */
import type { CancelSignal } from '../../core/cancel.ts';
import { invalidParameter } from '../../core/errors.ts';
import {
  type EntityId,
  type EntitySet,
  observationId,
  parseObservationId,
} from '../../core/live/sensor-things.ts';
import type { Entity, EntityPage, EntityQuery } from '../services.ts';
import { OBSERVATION_COLUMNS, type ObservationRow, observationOf } from './observations.ts';
import type { Pool } from './pool.ts';
import { join, type Sql, sql, trusted } from './sql.ts';

interface SetOfEntities {
  /** Rows of one entity each, as `self`. */
  readonly from: Sql;
  readonly columns: Sql;
  /** What may be sorted by, besides the id. */
  readonly sortable: Readonly<Record<string, string>>;
  /** The order of ids. */
  readonly key: readonly string[];
  /** Which rows are related to an entity of another set. */
  readonly related: Partial<Record<EntitySet, (id: EntityId) => Sql>>;
  readonly entity: (row: never) => Entity;
}

const NAMED = { id: 'self.id', name: 'self.name', description: 'self.description' } as const;

interface DescribedRow {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const isSelf = (id: EntityId): Sql => sql`self.id = ${numberOf(id)}::bigint`;
/** The one row of a datastream's column that the set is named by. */
const ofDatastream =
  (column: 'thing_id' | 'sensor_id' | 'observed_property_id') =>
  (id: EntityId): Sql =>
    sql`self.id = (select ${trusted(column)} from live.datastream where id = ${numberOf(id)}::bigint)`;

const SETS: Readonly<Record<EntitySet, SetOfEntities>> = {
  Things: {
    from: trusted('live.thing as self'),
    columns: trusted('self.id, self.name, self.description, self.properties, self.external_id'),
    sortable: NAMED,
    key: ['self.id'],
    related: {
      Things: isSelf,
      Locations: (id) =>
        sql`self.id in (select thing_id from live.thing_location where location_id = ${numberOf(id)}::bigint)`,
      Datastreams: ofDatastream('thing_id'),
    },
    entity: ({ external_id, ...row }: DescribedRow & { external_id: string | null }) =>
      described(row, {}, external_id === null ? {} : { externalId: external_id }),
  },
  Locations: {
    from: trusted('live.location as self'),
    columns: trusted(
      'self.id, self.name, self.description, self.properties, self.encoding_type, self.location',
    ),
    sortable: NAMED,
    key: ['self.id'],
    related: {
      Locations: isSelf,
      Things: (id) =>
        sql`self.id in (select location_id from live.thing_location where thing_id = ${numberOf(id)}::bigint)`,
    },
    entity: ({
      encoding_type,
      location,
      ...row
    }: DescribedRow & { encoding_type: string; location: unknown }) =>
      described(row, { encodingType: encoding_type, location }),
  },
  Datastreams: {
    from: trusted('live.datastream as self'),
    columns: trusted(`self.id, self.name, self.description, self.properties, self.observation_type,
      self.unit_name, self.unit_symbol, self.unit_definition, self.expected_interval_s,
      (select min(phenomenon_time) from live.observation where datastream_id = self.id) as first_time,
      (select max(phenomenon_time) from live.observation where datastream_id = self.id) as last_time`),
    sortable: NAMED,
    key: ['self.id'],
    related: {
      Datastreams: isSelf,
      Things: (id) => sql`self.thing_id = ${numberOf(id)}::bigint`,
      Sensors: (id) => sql`self.sensor_id = ${numberOf(id)}::bigint`,
      ObservedProperties: (id) => sql`self.observed_property_id = ${numberOf(id)}::bigint`,
      Observations: (id) => sql`self.id = ${parseObservationId(String(id))?.datastreamId ?? null}::bigint`,
    },
    entity: datastreamOf,
  },
  Sensors: {
    from: trusted('live.sensor as self'),
    columns: trusted(
      'self.id, self.name, self.description, self.properties, self.encoding_type, self.metadata',
    ),
    sortable: NAMED,
    key: ['self.id'],
    related: { Sensors: isSelf, Datastreams: ofDatastream('sensor_id') },
    entity: ({
      encoding_type,
      metadata,
      ...row
    }: DescribedRow & { encoding_type: string; metadata: unknown }) =>
      described(row, { encodingType: encoding_type, metadata }),
  },
  ObservedProperties: {
    from: trusted('live.observed_property as self'),
    columns: trusted('self.id, self.name, self.description, self.properties, self.definition'),
    sortable: { ...NAMED, definition: 'self.definition' },
    key: ['self.id'],
    related: { ObservedProperties: isSelf, Datastreams: ofDatastream('observed_property_id') },
    entity: ({ definition, ...row }: DescribedRow & { definition: string }) => described(row, { definition }),
  },
  Observations: {
    from: trusted('live.observation as self'),
    columns: OBSERVATION_COLUMNS,
    sortable: {
      phenomenonTime: 'self.phenomenon_time',
      resultTime: 'self.result_time',
      result: 'self.result',
    },
    key: ['self.phenomenon_time', 'self.datastream_id'],
    related: {
      Observations: (id) => {
        const key = parseObservationId(String(id));
        return sql`(self.datastream_id, self.phenomenon_time) =
          (${key?.datastreamId ?? null}::bigint, ${key?.phenomenonTime.toISOString() ?? null}::timestamptz)`;
      },
      Datastreams: (id) => sql`self.datastream_id = ${numberOf(id)}::bigint`,
    },
    entity: (row: ObservationRow): Entity => {
      const observation = observationOf(row);
      const { phenomenonTime, phenomenonEnd, resultTime, result, receivedAt, flags } = observation;
      return {
        id: observationId(observation),
        properties: {
          phenomenonTime: phenomenonEnd === null ? phenomenonTime : `${phenomenonTime}/${phenomenonEnd}`,
          resultTime,
          result,
          parameters: { receivedAt, ...(flags.length > 0 && { flags }) },
        },
      };
    },
  },
};

/** An id that is no whole number is nobody's. */
const numberOf = (id: EntityId): number | null => (typeof id === 'number' ? id : null);

function described(row: DescribedRow, more: object, inProperties: object = {}): Entity {
  const { id, name, description, properties } = row;
  return { id, properties: { name, description, ...more, properties: { ...properties, ...inProperties } } };
}

interface DatastreamRow extends DescribedRow {
  readonly observation_type: string;
  readonly unit_name: string | null;
  readonly unit_symbol: string | null;
  readonly unit_definition: string | null;
  readonly expected_interval_s: number | null;
  readonly first_time: string | null;
  readonly last_time: string | null;
}

function datastreamOf(row: DatastreamRow): Entity {
  const { observation_type, unit_name, unit_symbol, unit_definition, first_time, last_time } = row;
  return described(
    row,
    {
      observationType: observation_type,
      unitOfMeasurement: { name: unit_name, symbol: unit_symbol, definition: unit_definition },
      ...(first_time !== null && { phenomenonTime: `${first_time}/${last_time}` }),
    },
    row.expected_interval_s === null ? {} : { expectedIntervalS: row.expected_interval_s },
  );
}

/** One page of a set, sorted and counted by the database. */
export async function findEntities(
  pool: Pool,
  query: EntityQuery,
  signal?: CancelSignal,
): Promise<EntityPage> {
  const set = SETS[query.set];
  const where = join(conditionsOf(set, query), ' and ');
  const page = sql`select ${set.columns} from ${set.from} where ${where}
    order by ${orderOf(set, query)} limit ${query.limit + 1}::bigint offset ${query.offset}::bigint`;
  const rows = await pool.read<never>(page, signal);
  const [counted] = query.counted
    ? await pool.read<{ count: number }>(
        sql`select count(*) as count from ${set.from} where ${where}`,
        signal,
      )
    : [];
  return {
    entities: rows.slice(0, query.limit).map(set.entity),
    more: rows.length > query.limit,
    count: counted?.count,
  };
}

function conditionsOf({ related }: SetOfEntities, { set, id, of }: EntityQuery): readonly Sql[] {
  const conditions = [
    ...(id === undefined ? [] : [related[set]?.(id)]),
    ...(of === undefined ? [] : [related[of.set]?.(of.id)]),
  ].map((condition) => condition ?? trusted('false'));
  return conditions.length > 0 ? conditions : [trusted('true')];
}

function orderOf({ sortable, key }: SetOfEntities, { set, orderBy }: EntityQuery): Sql {
  const wanted = orderBy.map(({ property, descending }) => {
    const column = sortable[property];
    if (column === undefined) {
      throw invalidParameter(
        '$orderby',
        `${set} cannot be sorted by ${property.slice(0, 100)}; by ${Object.keys(sortable).join(', ')} they can`,
      );
    }
    return `${column} ${descending ? 'desc' : 'asc'}`;
  });
  const backwards = orderBy[0]?.descending === true ? ' desc' : '';
  const last = key.filter((column) => !wanted.some((word) => word.startsWith(`${column} `)));
  return trusted([...wanted, ...last.map((column) => `${column}${backwards}`)].join(', '));
}
