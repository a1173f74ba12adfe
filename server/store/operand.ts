/** Values of expressions as SQL with a type, and how one type is read as another. */
import { invalidParameter } from '../../core/errors.ts';
import { type Sql, sql } from './sql.ts';

export type ScalarType = 'number' | 'text' | 'boolean' | 'moment' | 'date' | 'time' | 'duration' | 'geometry';

export type Operand =
  | { readonly type: ScalarType; readonly sql: Sql }
  | { readonly type: 'null' }
  | { readonly type: 'span'; readonly from: Sql; readonly to: Sql }
  /** jsonb; numbers also as a column of their own where there is one. */
  | { readonly type: 'json'; readonly sql: Sql; readonly number?: Sql }
  | { readonly type: 'place'; readonly geometry: Sql; readonly sql: Sql }
  /** The id of an observation, made of two columns. */
  | { readonly type: 'observation-id'; readonly datastream: Sql; readonly time: Sql };

/** The SQL type of each scalar, for parameters and cursors. */
export const SQL_TYPES = {
  number: 'double precision',
  text: 'text',
  boolean: 'boolean',
  moment: 'timestamptz',
  date: 'date',
  time: 'time',
  duration: 'interval',
  geometry: 'geometry',
} as const satisfies Record<ScalarType, string>;

const WORDS: Readonly<Record<Operand['type'], string>> = {
  number: 'a number',
  text: 'a text',
  boolean: 'true or false',
  moment: 'a moment',
  date: 'a date',
  time: 'a time of day',
  duration: 'a duration',
  geometry: 'a geometry',
  null: 'null',
  span: 'a stretch of time',
  json: 'JSON',
  place: 'a place',
  'observation-id': 'the id of an Observation',
};

export const wordFor = (operand: Operand): string => WORDS[operand.type];

/**
 * The operand as a scalar of this type.
 * @param inWhat what asks for it, for the message
 * @throws TwinError invalid-parameter when it cannot be one
 */
export function asScalar(operand: Operand, type: ScalarType, inWhat: string): Sql {
  const found = scalarOrNothing(operand, type);
  if (found !== undefined) return found;
  throw invalidParameter('$filter', `${inWhat} takes ${WORDS[type]}, not ${WORDS[operand.type]}`);
}

export function scalarOrNothing(operand: Operand, type: ScalarType): Sql | undefined {
  if (operand.type === type) return operand.sql;
  if (operand.type === 'null') return sql`null`;
  if (operand.type === 'json') return fromJson(operand, type);
  if (operand.type === 'span' && type === 'moment') return operand.from;
  if (operand.type === 'place') {
    if (type === 'geometry') return operand.geometry;
    return fromJson({ type: 'json', sql: operand.sql }, type);
  }
  if (operand.type === 'date' && type === 'moment')
    return sql`(${operand.sql}::timestamp at time zone 'UTC')`;
  if (type === 'date' && (operand.type === 'moment' || operand.type === 'span')) {
    return sql`(${operand.type === 'span' ? operand.from : operand.sql} at time zone 'UTC')::date`;
  }
  return undefined;
}

type Json = Extract<Operand, { type: 'json' }>;

const textOf = (json: Sql): Sql => sql`((${json} #>> '{}') collate "C")`;

/** What is of another type in the JSON is null: nobody knows beforehand what a property holds. */
function fromJson({ sql: json, number }: Json, type: ScalarType): Sql | undefined {
  switch (type) {
    case 'number':
      return number ?? sql`(case when jsonb_typeof(${json}) = 'number' then (${json})::double precision end)`;
    case 'text':
      return textOf(json);
    case 'boolean':
      return sql`(case when jsonb_typeof(${json}) = 'boolean' then (${json})::boolean end)`;
    case 'moment':
      return sql`live.moment_of(${json} #>> '{}')`;
    case 'date':
      return sql`(live.moment_of(${json} #>> '{}') at time zone 'UTC')::date`;
    case 'geometry':
      return sql`live.place_of(${json})`;
    default:
      return undefined;
  }
}
