/** Where the entities of SensorThings lie in the schema `live`: the columns of their properties, and their links. */
import type { EntityId, EntitySet, JsonObject } from '../../core/live/sensor-things.ts';
import { observationId } from '../../core/live/sensor-things.ts';
import type { Row } from './connection.ts';

/** One property: which columns are read for it, and its JSON from them; undefined leaves it out. */
export interface PropertyColumns {
  /** Name in the row to SQL, given the alias of the table. */
  readonly read: Readonly<Record<string, (alias: string) => string>>;
  readonly json: (row: Row) => unknown;
  /** What a filter or an order sees. */
  readonly operand: OperandColumns;
}

/** SQL, given the alias of the table. */
export type OperandColumns =
  | { readonly type: 'text' | 'moment' | 'json'; readonly value: (alias: string) => string }
  | {
      readonly type: 'span';
      readonly from: (alias: string) => string;
      readonly to: (alias: string) => string;
    }
  | {
      readonly type: 'place';
      readonly geometry: (alias: string) => string;
      readonly value: (alias: string) => string;
    }
  /** JSON of which numbers lie in a column of their own. */
  | {
      readonly type: 'result';
      readonly number: (alias: string) => string;
      readonly value: (alias: string) => string;
    };

/** How the rows of a link are found: `b` is the row that the link of `a` leads to. */
export type LinkColumns =
  | { readonly on: (a: string, b: string) => string }
  | { readonly through: string; readonly from: string; readonly to: string };

export interface EntityTable {
  readonly table: string;
  /** Columns of the key, in the order of ids. */
  readonly key: readonly string[];
  readonly id: (row: Row) => EntityId;
  readonly properties: Readonly<Record<string, PropertyColumns>>;
  /** Keys of `properties` that have a column of their own. */
  readonly inProperties?: Readonly<
    Record<string, { readonly column: string; readonly type: 'text' | 'number' }>
  >;
  readonly links: Readonly<Record<string, LinkColumns>>;
}

const column =
  (name: string) =>
  (alias: string): string =>
    `${alias}.${name}`;

const kept = (name: string, type: 'text' | 'json'): PropertyColumns => ({
  read: { [name]: column(name) },
  json: (row) => row[name],
  operand: { type, value: column(name) },
});
const text = (name: string): PropertyColumns => kept(name, 'text');
const json = (name: string): PropertyColumns => kept(name, 'json');

/** JSON that is left out where there is none. */
const optional = (name: string): PropertyColumns => ({
  ...json(name),
  json: (row) => row[name] ?? undefined,
});

const place = (name: string): PropertyColumns => ({
  ...json(name),
  operand: { type: 'place', geometry: column('place'), value: column(name) },
});

/** The properties of an entity with those that have a column of their own. */
const withOwn = (own: Readonly<Record<string, string>>): PropertyColumns => ({
  read: {
    properties: column('properties'),
    ...Object.fromEntries(Object.values(own).map((name) => [name, column(name)])),
  },
  json: (row) => ({
    ...(row['properties'] as JsonObject),
    ...Object.fromEntries(
      Object.entries(own).flatMap(([key, name]) => (row[name] === null ? [] : [[key, row[name]]])),
    ),
  }),
  operand: { type: 'json', value: column('properties') },
});

const NAMED = { name: text('name'), description: text('description') };
const numbered = (row: Row): EntityId => Number(row['id']);
const BY_ID = { key: ['id'], id: numbered } as const;

const spanText = (from: unknown, to: unknown): string => (to === null ? `${from}` : `${from}/${to}`);

/** The first or last observation of a datastream. */
const endOf = (alias: string, what: string, direction: 'asc' | 'desc'): string =>
  `(select ${what} from live.observation where datastream_id = ${alias}.id
    order by phenomenon_time ${direction} limit 1)`;

/** From the first to the last observation; undefined where there is none. */
function covered(name: string, first: string, last: string): PropertyColumns {
  const from = (alias: string) => endOf(alias, first, 'asc');
  const to = (alias: string) => endOf(alias, last, 'desc');
  return {
    read: { [`${name}_from`]: from, [`${name}_to`]: to },
    json: (row) => (row[`${name}_from`] === null ? undefined : `${row[`${name}_from`]}/${row[`${name}_to`]}`),
    operand: { type: 'span', from, to },
  };
}

const END = (alias: string): string => `coalesce(${alias}.phenomenon_end, ${alias}.phenomenon_time)`;

export const ENTITY_TABLES: Readonly<Record<EntitySet, EntityTable>> = {
  Things: {
    table: 'live.thing',
    ...BY_ID,
    properties: { ...NAMED, properties: withOwn({ externalId: 'external_id' }) },
    inProperties: { externalId: { column: 'external_id', type: 'text' } },
    links: {
      Locations: { through: 'live.thing_location', from: 'thing_id', to: 'location_id' },
      HistoricalLocations: { on: (a, b) => `${b}.thing_id = ${a}.id` },
      Datastreams: { on: (a, b) => `${b}.thing_id = ${a}.id` },
    },
  },
  Locations: {
    table: 'live.location',
    ...BY_ID,
    properties: {
      ...NAMED,
      encodingType: text('encoding_type'),
      location: place('location'),
      properties: json('properties'),
    },
    links: {
      Things: { through: 'live.thing_location', from: 'location_id', to: 'thing_id' },
      HistoricalLocations: {
        through: 'live.historical_location_location',
        from: 'location_id',
        to: 'historical_location_id',
      },
    },
  },
  HistoricalLocations: {
    table: 'live.historical_location',
    ...BY_ID,
    properties: {
      time: {
        read: { time: column('time') },
        json: (row) => row['time'],
        operand: { type: 'moment', value: column('time') },
      },
    },
    links: {
      Thing: { on: (a, b) => `${b}.id = ${a}.thing_id` },
      Locations: {
        through: 'live.historical_location_location',
        from: 'historical_location_id',
        to: 'location_id',
      },
    },
  },
  Datastreams: {
    table: 'live.datastream',
    ...BY_ID,
    properties: {
      ...NAMED,
      observationType: text('observation_type'),
      unitOfMeasurement: {
        read: {
          unit_name: column('unit_name'),
          unit_symbol: column('unit_symbol'),
          unit_definition: column('unit_definition'),
        },
        json: (row) => ({
          name: row['unit_name'],
          symbol: row['unit_symbol'],
          definition: row['unit_definition'],
        }),
        operand: {
          type: 'json',
          value: (a) =>
            `jsonb_build_object('name', ${a}.unit_name, 'symbol', ${a}.unit_symbol, 'definition', ${a}.unit_definition)`,
        },
      },
      observedArea: {
        ...optional('observed_area'),
        operand: {
          type: 'place',
          geometry: (a) => `live.place_of(${a}.observed_area)`,
          value: column('observed_area'),
        },
      },
      phenomenonTime: covered('phenomenon', 'phenomenon_time', 'coalesce(phenomenon_end, phenomenon_time)'),
      resultTime: covered('result', 'result_time', 'result_time'),
      properties: withOwn({ expectedIntervalS: 'expected_interval_s' }),
    },
    inProperties: { expectedIntervalS: { column: 'expected_interval_s', type: 'number' } },
    links: {
      Thing: { on: (a, b) => `${b}.id = ${a}.thing_id` },
      Sensor: { on: (a, b) => `${b}.id = ${a}.sensor_id` },
      ObservedProperty: { on: (a, b) => `${b}.id = ${a}.observed_property_id` },
      Observations: { on: (a, b) => `${b}.datastream_id = ${a}.id` },
    },
  },
  Sensors: {
    table: 'live.sensor',
    ...BY_ID,
    properties: {
      ...NAMED,
      encodingType: text('encoding_type'),
      metadata: json('metadata'),
      properties: json('properties'),
    },
    links: { Datastreams: { on: (a, b) => `${b}.sensor_id = ${a}.id` } },
  },
  ObservedProperties: {
    table: 'live.observed_property',
    ...BY_ID,
    properties: { ...NAMED, definition: text('definition'), properties: json('properties') },
    links: { Datastreams: { on: (a, b) => `${b}.observed_property_id = ${a}.id` } },
  },
  Observations: {
    table: 'live.observation',
    key: ['datastream_id', 'phenomenon_time'],
    id: (row) =>
      observationId({
        datastreamId: Number(row['datastream_id']),
        phenomenonTime: String(row['phenomenon_time']),
      }),
    properties: {
      phenomenonTime: {
        read: { phenomenon_end: column('phenomenon_end') },
        json: (row) => spanText(row['phenomenon_time'], row['phenomenon_end']),
        operand: { type: 'span', from: column('phenomenon_time'), to: END },
      },
      resultTime: {
        read: { result_time: column('result_time') },
        json: (row) => row['result_time'],
        operand: { type: 'moment', value: column('result_time') },
      },
      result: {
        read: { result: column('result'), result_any: column('result_any') },
        json: (row) => row['result'] ?? row['result_any'],
        operand: {
          type: 'result',
          number: column('result'),
          value: (a) => `coalesce(${a}.result_any, to_jsonb(${a}.result))`,
        },
      },
      // What the producer says; else what `judgedObservations` has found.
      resultQuality: {
        ...json('result_quality'),
        read: { result_quality: column('result_quality'), flags: column('flags') },
        json: (row) => row['result_quality'] ?? row['judged_quality'],
      },
      validTime: {
        read: { valid_from: column('valid_from'), valid_to: column('valid_to') },
        json: (row) =>
          row['valid_from'] === null ? undefined : spanText(row['valid_from'], row['valid_to']),
        operand: {
          type: 'span',
          from: column('valid_from'),
          to: (a) => `coalesce(${a}.valid_to, ${a}.valid_from)`,
        },
      },
      parameters: {
        read: {
          parameters: column('parameters'),
          received_at: column('received_at'),
          flags: column('flags'),
        },
        json: (row) => ({
          ...(row['parameters'] as JsonObject | null),
          receivedAt: row['received_at'],
          ...(row['flags'] !== null && { flags: row['flags'] }),
        }),
        operand: { type: 'json', value: column('parameters') },
      },
    },
    links: {
      Datastream: { on: (a, b) => `${b}.id = ${a}.datastream_id` },
      FeatureOfInterest: {
        on: (a, b) =>
          `${b}.id = coalesce(${a}.feature_of_interest_id, live.feature_at(${a}.datastream_id, ${a}.phenomenon_time))`,
      },
    },
  },
  FeaturesOfInterest: {
    table: 'live.feature_of_interest',
    ...BY_ID,
    properties: {
      ...NAMED,
      encodingType: text('encoding_type'),
      feature: place('feature'),
      properties: json('properties'),
    },
    links: {
      Observations: {
        on: (a, b) => `${b}.datastream_id = any(live.datastreams_of_feature(${a}.id))
          and coalesce(${b}.feature_of_interest_id, live.feature_at(${b}.datastream_id, ${b}.phenomenon_time)) = ${a}.id`,
      },
    },
  },
};
