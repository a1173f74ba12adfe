/** Values of entities as they are written to the columns of their tables. */
import { invalidParameter } from '../../core/errors.ts';
import type { EntitySet, JsonObject } from '../../core/live/sensor-things.ts';
import { type Sql, sql } from './sql.ts';

type Columns = Readonly<Record<string, Sql>>;
type Write = (value: unknown) => Columns;

const text =
  (column: string): Write =>
  (value) => ({ [column]: sql`${value}::text` });
const json =
  (column: string): Write =>
  (value) => ({ [column]: sql`${value === null ? null : JSON.stringify(value)}::jsonb` });

/** An object that is empty where it is taken away. */
const properties: Write = (value) => json('properties')(value ?? {});

const NAMED = { name: text('name'), description: text('description') };
const LONGEST_EXTERNAL_ID = 200;
const YEAR_S = 366 * 86_400;

/** Writers of each property; `Observations` are recorded, not written here. */
const WRITES: Readonly<Record<Exclude<EntitySet, 'Observations'>, Readonly<Record<string, Write>>>> = {
  Things: { ...NAMED, properties: thingProperties },
  Locations: { ...NAMED, encodingType: text('encoding_type'), location: json('location'), properties },
  HistoricalLocations: {
    time: (value) => ({ time: sql`${value instanceof Date ? value.toISOString() : null}::timestamptz` }),
  },
  Datastreams: {
    ...NAMED,
    observationType: text('observation_type'),
    unitOfMeasurement: (value) => {
      const unit = value as JsonObject;
      return {
        unit_name: sql`${unit['name']}::text`,
        unit_symbol: sql`${unit['symbol']}::text`,
        unit_definition: sql`${unit['definition']}::text`,
      };
    },
    observedArea: json('observed_area'),
    properties: datastreamProperties,
  },
  Sensors: { ...NAMED, encodingType: text('encoding_type'), metadata: json('metadata'), properties },
  ObservedProperties: { ...NAMED, definition: text('definition'), properties },
  FeaturesOfInterest: { ...NAMED, encodingType: text('encoding_type'), feature: json('feature'), properties },
};

/** @throws TwinError invalid-parameter for a property of ours with a value that it does not take */
export function columnsOf(set: Exclude<EntitySet, 'Observations'>, values: JsonObject): Columns {
  return Object.assign(
    {},
    ...Object.entries(values).map(([name, value]) => WRITES[set][name]?.(value) ?? {}),
  );
}

function thingProperties(value: unknown): Columns {
  const { externalId = null, ...others } = (value ?? {}) as JsonObject;
  const isName =
    typeof externalId === 'string' && externalId !== '' && externalId.length <= LONGEST_EXTERNAL_ID;
  if (externalId !== null && !isName) {
    throw invalidParameter(
      'properties.externalId',
      `properties.externalId: must be a text of 1 to ${LONGEST_EXTERNAL_ID} characters`,
    );
  }
  return { ...properties(others), external_id: sql`${externalId}::text` };
}

function datastreamProperties(value: unknown): Columns {
  const { expectedIntervalS = null, ...others } = (value ?? {}) as JsonObject;
  const isInterval =
    Number.isInteger(expectedIntervalS) &&
    Number(expectedIntervalS) >= 1 &&
    Number(expectedIntervalS) <= YEAR_S;
  if (expectedIntervalS !== null && !isInterval) {
    throw invalidParameter(
      'properties.expectedIntervalS',
      `properties.expectedIntervalS: must be whole seconds from 1 to ${YEAR_S}`,
    );
  }
  return { ...properties(others), expected_interval_s: sql`${expectedIntervalS}::integer` };
}
