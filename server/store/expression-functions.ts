/** Functions of `$filter` (18-088, table 24, and those of FROST) as SQL. */
import { invalidParameter } from '../../core/errors.ts';
import { asScalar, type Operand, type ScalarType } from './operand.ts';
import { type Sql, sql, trusted } from './sql.ts';

interface FilterFunction {
  readonly takes: readonly ScalarType[];
  /** How many of the last may be left out. */
  readonly optional?: number;
  readonly gives: ScalarType;
  readonly sql: (...args: Sql[]) => Sql;
}

const NONE = trusted('null');
const text = (gives: ScalarType, takes: number, make: FilterFunction['sql']): FilterFunction => ({
  takes: Array.from({ length: takes }, () => 'text' as const),
  gives,
  sql: make,
});
const number = (make: (value: Sql) => Sql): FilterFunction => ({
  takes: ['number'],
  gives: 'number',
  sql: (value = NONE) => make(value),
});
/** A part of a moment, in UTC. */
const part = (name: string): FilterFunction => ({
  takes: ['moment'],
  gives: 'number',
  sql: (moment = NONE) => sql`extract(${trusted(name)} from ${moment} at time zone 'UTC')::double precision`,
});
const spatial = (name: string): FilterFunction => ({
  takes: ['geometry', 'geometry'],
  gives: 'boolean',
  sql: (a = NONE, b = NONE) => sql`${trusted(name)}(${a}, ${b})`,
});

/** A count of characters that PostgreSQL takes. */
const count = (value: Sql): Sql => sql`least(greatest(${value}, -1e9), 1e9)::integer`;
/** Our text columns have collation "C", which knows upper and lower case of ASCII only. */
const changed = (how: string, value: Sql): Sql =>
  sql`(${trusted(how)}(${value} collate "und-x-icu") collate "C")`;

const FUNCTIONS: Readonly<Record<string, FilterFunction>> = {
  // The needle first (18-088, table 24); `contains` is OData 4's, the other way round.
  substringof: text('boolean', 2, (needle = NONE, hay = NONE) => sql`(strpos(${hay}, ${needle}) > 0)`),
  contains: text('boolean', 2, (hay = NONE, needle = NONE) => sql`(strpos(${hay}, ${needle}) > 0)`),
  startswith: text('boolean', 2, (whole = NONE, head = NONE) => sql`starts_with(${whole}, ${head})`),
  endswith: text(
    'boolean',
    2,
    (whole = NONE, tail = NONE) => sql`(right(${whole}, length(${tail})) = ${tail})`,
  ),
  length: text('number', 1, (whole = NONE) => sql`length(${whole})::double precision`),
  indexof: text(
    'number',
    2,
    (whole = NONE, needle = NONE) => sql`(strpos(${whole}, ${needle}) - 1)::double precision`,
  ),
  substring: {
    takes: ['text', 'number', 'number'],
    optional: 1,
    gives: 'text',
    sql: (whole = NONE, from = NONE, length) =>
      length === undefined
        ? sql`substr(${whole}, ${count(from)} + 1)`
        : sql`substr(${whole}, ${count(from)} + 1, greatest(${count(length)}, 0))`,
  },
  tolower: text('text', 1, (whole = NONE) => changed('lower', whole)),
  toupper: text('text', 1, (whole = NONE) => changed('upper', whole)),
  trim: text('text', 1, (whole = NONE) => sql`btrim(${whole})`),
  concat: text('text', 2, (a = NONE, b = NONE) => sql`(${a} || ${b})`),
  year: part('year'),
  month: part('month'),
  day: part('day'),
  hour: part('hour'),
  minute: part('minute'),
  second: {
    ...part('second'),
    sql: (at = NONE) => sql`floor(extract(second from ${at}))::double precision`,
  },
  fractionalseconds: {
    ...part('second'),
    sql: (at = NONE) =>
      sql`(extract(second from ${at}) - floor(extract(second from ${at})))::double precision`,
  },
  date: { takes: ['moment'], gives: 'date', sql: (at = NONE) => sql`(${at} at time zone 'UTC')::date` },
  time: { takes: ['moment'], gives: 'time', sql: (at = NONE) => sql`(${at} at time zone 'UTC')::time` },
  // Moments are kept in UTC, as in FROST.
  totaloffsetminutes: {
    takes: ['moment'],
    gives: 'number',
    sql: (at = NONE) => sql`(case when ${at} is not null then 0::double precision end)`,
  },
  now: { takes: [], gives: 'moment', sql: () => trusted('now()') },
  mindatetime: { takes: [], gives: 'moment', sql: () => trusted("'-infinity'::timestamptz") },
  maxdatetime: { takes: [], gives: 'moment', sql: () => trusted("'infinity'::timestamptz") },
  // Halves go away from zero.
  round: number((value) => sql`round((${value})::numeric)::double precision`),
  floor: number((value) => sql`floor(${value})`),
  ceiling: number((value) => sql`ceil(${value})`),
  // In degrees, as in FROST.
  'geo.distance': {
    takes: ['geometry', 'geometry'],
    gives: 'number',
    sql: (a = NONE, b = NONE) => sql`ST_Distance(${a}, ${b})`,
  },
  'geo.length': { takes: ['geometry'], gives: 'number', sql: (a = NONE) => sql`ST_Length(${a})` },
  'geo.intersects': spatial('ST_Intersects'),
  st_equals: spatial('ST_Equals'),
  st_disjoint: spatial('ST_Disjoint'),
  st_touches: spatial('ST_Touches'),
  st_within: spatial('ST_Within'),
  st_overlaps: spatial('ST_Overlaps'),
  st_crosses: spatial('ST_Crosses'),
  st_intersects: spatial('ST_Intersects'),
  st_contains: spatial('ST_Contains'),
  st_relate: {
    takes: ['geometry', 'geometry', 'text'],
    gives: 'boolean',
    sql: (a = NONE, b = NONE, pattern = NONE) => sql`ST_Relate(${a}, ${b}, ${pattern})`,
  },
};

const RELATE_PATTERN = /^[012TF*]{9}$/i;

/** @throws TwinError invalid-parameter for a function that there is not, or arguments that it does not take */
export function callFunction(name: string, args: readonly Operand[]): Operand {
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (known === undefined) {
    const names = Object.keys(FUNCTIONS).join(', ');
    throw invalidParameter('$filter', `There is no function ${name.slice(0, 60)}; known: ${names}`);
  }
  const { takes, optional = 0, gives } = known;
  if (args.length > takes.length || args.length < takes.length - optional) {
    throw invalidParameter('$filter', `${name} takes ${takes.length} arguments, not ${args.length}`);
  }
  if (name === 'st_relate') checkPattern(args[2]);
  const scalars = args.map((arg, n) => asScalar(arg, takes[n] ?? 'text', name));
  return { type: gives, sql: known.sql(...scalars) };
}

function checkPattern(pattern: Operand | undefined): void {
  const written = pattern?.type === 'text' ? pattern.sql.values[0] : undefined;
  if (typeof written === 'string' && RELATE_PATTERN.test(written)) return;
  throw invalidParameter('$filter', "st_relate takes a pattern of nine signs such as 'T*F**F***'");
}
