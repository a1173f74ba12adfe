/** Expressions of SensorThings over the tables of the entities. Names come from our tables, values are parameters. */
import { invalidParameter } from '../../core/errors.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';
import { ENTITY_MODEL } from '../../core/live/entity-model.ts';
import { type EntitySet, parseObservationId } from '../../core/live/sensor-things.ts';
import type { Expression } from '../../core/odata/expression.ts';
import { joinOf } from './entity-joins.ts';
import { ENTITY_TABLES, type OperandColumns } from './entity-tables.ts';
import { callFunction } from './expression-functions.ts';
import { asScalar, type Operand, type ScalarType, scalarOrNothing, wordFor } from './operand.ts';
import { compareSpans, SPAN_FUNCTIONS, type SpanRelation } from './span-sql.ts';
import { join, type Sql, sql, trusted } from './sql.ts';

/** Rows that an expression speaks of, and what had to be joined to them for its paths. */
export class Scope {
  readonly set: EntitySet;
  readonly #alias: string;
  readonly #prefix: string;
  readonly #joined = new Map<
    string,
    { readonly alias: string; readonly set: EntitySet; readonly join: Sql }
  >();
  /** Whether a path leads to many rows. */
  isMany = false;

  constructor(set: EntitySet, alias: string, prefix: string) {
    this.set = set;
    this.#alias = alias;
    this.#prefix = prefix;
  }

  /** `left join …` for each link that a path went along. */
  get joins(): Sql {
    return join(
      [...this.#joined.values()].map((each) => each.join),
      ' ',
    );
  }

  /** What a path leads to. */
  operandAt(steps: readonly string[]): Operand {
    let set = this.set;
    let alias = this.#alias;
    for (const [n, step] of steps.entries()) {
      const links = ENTITY_MODEL[set].links;
      const link = Object.hasOwn(links, step) ? links[step] : undefined;
      if (link === undefined) return operandOf(set, alias, steps.slice(n), steps);
      ({ set, alias } = this.#follow(steps.slice(0, n + 1).join('/'), set, alias, step));
    }
    return operandOf(set, alias, ['@iot.id'], steps);
  }

  #follow(path: string, from: EntitySet, a: string, link: string): { set: EntitySet; alias: string } {
    const known = this.#joined.get(path);
    if (known !== undefined) return known;
    const set = ENTITY_MODEL[from].links[link]?.set ?? from;
    if (ENTITY_MODEL[from].links[link]?.isMany) this.isMany = true;
    const alias = `${this.#prefix}${this.#joined.size + 1}`;
    const made = { alias, set, join: trusted(`left join ${joinOf(from, link, a, alias)}`) };
    this.#joined.set(path, made);
    return made;
  }
}

/** `@iot.id`, a property, or what lies inside one. */
function operandOf(
  set: EntitySet,
  alias: string,
  steps: readonly string[],
  path: readonly string[],
): Operand {
  const [name = '', ...inside] = steps;
  if ((name === 'id' || name === '@iot.id') && inside.length === 0) return idOf(set, alias);
  const { properties, inProperties } = ENTITY_TABLES[set];
  const columns = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (columns === undefined) {
    const known = [...Object.keys(properties), ...Object.keys(ENTITY_MODEL[set].links)].join(', ');
    throw invalidParameter(
      '$filter',
      `${set} have no ${path.join('/').slice(0, 100)}; they have @iot.id, ${known}`,
    );
  }
  const own = name === 'properties' && inside.length === 1 ? inside[0] : undefined;
  if (own !== undefined && inProperties && Object.hasOwn(inProperties, own)) {
    const { column, type } = inProperties[own] ?? { column: 'id', type: 'number' };
    return { type, sql: trusted(`${alias}.${column}`) };
  }
  const whole = plainOperand(columns.operand, alias);
  if (inside.length === 0) return whole;
  if (whole.type === 'json' || whole.type === 'place') {
    return { type: 'json', sql: sql`(${whole.sql} #> ${inside}::text[])` };
  }
  throw invalidParameter('$filter', `${path.join('/').slice(0, 100)}: ${name} is ${wordFor(whole)}`);
}

function idOf(set: EntitySet, alias: string): Operand {
  return set === 'Observations'
    ? {
        type: 'observation-id',
        datastream: trusted(`${alias}.datastream_id`),
        time: trusted(`${alias}.phenomenon_time`),
      }
    : { type: 'number', sql: trusted(`${alias}.id`) };
}

function plainOperand(columns: OperandColumns, alias: string): Operand {
  switch (columns.type) {
    case 'span':
      return { type: 'span', from: trusted(columns.from(alias)), to: trusted(columns.to(alias)) };
    case 'place':
      return {
        type: 'place',
        geometry: trusted(columns.geometry(alias)),
        sql: trusted(columns.value(alias)),
      };
    case 'result':
      return { type: 'json', sql: trusted(columns.value(alias)), number: trusted(columns.number(alias)) };
    default:
      return { type: columns.type, sql: trusted(columns.value(alias)) };
  }
}

/** A condition; what is neither true nor false counts as false. */
export const conditionSql = (expression: Expression, scope: Scope): Sql =>
  asScalar(operandSql(expression, scope), 'boolean', '$filter');

/** @throws TwinError invalid-parameter for what the entities do not have, or types that do not go together */
export function operandSql(expression: Expression, scope: Scope): Operand {
  const condition = (inner: Expression) => asScalar(operandSql(inner, scope), 'boolean', 'and, or and not');
  switch (expression.kind) {
    case 'number':
      return { type: 'number', sql: sql`${expression.value}::double precision` };
    case 'text':
      return { type: 'text', sql: sql`(${expression.value}::text collate "C")` };
    case 'boolean':
      return { type: 'boolean', sql: trusted(expression.value ? 'true' : 'false') };
    case 'null':
      return { type: 'null' };
    case 'moment':
      return { type: 'moment', sql: momentSql(expression.value) };
    case 'span':
      return { type: 'span', from: momentSql(expression.from), to: momentSql(expression.to) };
    case 'date':
      return { type: 'date', sql: sql`${expression.value}::date` };
    case 'time':
      return { type: 'time', sql: sql`${expression.value}::time` };
    case 'duration':
      return { type: 'duration', sql: sql`make_interval(secs => ${expression.seconds}::double precision)` };
    case 'geometry': {
      const bytes = Buffer.from(writeEwkb(expression.value, 4326).buffer).toString('hex');
      return { type: 'geometry', sql: sql`ST_MakeValid(${bytes}::geometry)` };
    }
    case 'path':
      return scope.operandAt(expression.steps);
    case 'call':
      return callSql(expression, scope);
    case 'not':
      return { type: 'boolean', sql: sql`(not ${condition(expression.arg)})` };
    case 'negative': {
      const arg = asScalar(operandSql(expression.arg, scope), 'number', '-');
      return { type: 'number', sql: sql`(- ${arg})` };
    }
    case 'and':
    case 'or': {
      const word = trusted(expression.kind);
      return {
        type: 'boolean',
        sql: sql`(${condition(expression.left)} ${word} ${condition(expression.right)})`,
      };
    }
    case 'compare':
      return {
        type: 'boolean',
        sql: compareSql(
          expression.operator,
          operandSql(expression.left, scope),
          operandSql(expression.right, scope),
        ),
      };
    case 'in': {
      const left = operandSql(expression.left, scope);
      const equal = expression.values.map((value) => compareSql('eq', left, operandSql(value, scope)));
      return { type: 'boolean', sql: equal.length === 0 ? trusted('false') : sql`(${join(equal, ' or ')})` };
    }
    case 'arithmetic':
      return arithmeticSql(
        expression.operator,
        operandSql(expression.left, scope),
        operandSql(expression.right, scope),
      );
  }
}

const momentSql = (moment: Date): Sql => sql`${moment.toISOString()}::timestamptz`;

function callSql({ name, args }: Extract<Expression, { kind: 'call' }>, scope: Scope): Operand {
  const operands = args.map((arg) => operandSql(arg, scope));
  if (Object.hasOwn(SPAN_FUNCTIONS, name)) {
    const [a, b, ...more] = operands;
    if (a === undefined || b === undefined || more.length > 0) {
      throw invalidParameter('$filter', `${name} takes two times`);
    }
    return { type: 'boolean', sql: compareSpans(SPAN_FUNCTIONS[name] as SpanRelation, a, b, name) };
  }
  return callFunction(name, operands);
}

const OPERATORS = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' } as const;
type Comparison = keyof typeof OPERATORS;

function compareSql(comparison: Comparison, left: Operand, right: Operand): Sql {
  if (left.type === 'null' || right.type === 'null') return compareNull(comparison, left, right);
  if (left.type === 'observation-id') return compareId(comparison, left, right);
  if (right.type === 'observation-id') return compareSql(MIRRORED[comparison], right, left);
  if (isTimes(left, right)) return compareSpans(comparison, left, right, comparison);
  const operator = trusted(OPERATORS[comparison]);
  for (const type of commonTypes(left, right)) {
    const a = scalarOrNothing(left, type);
    const b = scalarOrNothing(right, type);
    if (a !== undefined && b !== undefined) return sql`(${a} ${operator} ${b})`;
  }
  if (left.type === 'json' && right.type === 'json') return sql`(${left.sql} ${operator} ${right.sql})`;
  throw invalidParameter(
    '$filter',
    `${wordFor(left)} cannot be compared with ${wordFor(right)}; write texts as 'text' and moments as 2026-06-01T10:00:00Z`,
  );
}

const MIRRORED = { eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' } as const;

/** A stretch of time on one side, or two: FROST compares their ends. */
const isTimes = (left: Operand, right: Operand): boolean => left.type === 'span' || right.type === 'span';

/** The types in which two operands may meet, the best first. */
function commonTypes(left: Operand, right: Operand): readonly ScalarType[] {
  return [left, right].flatMap(({ type }): ScalarType[] => {
    switch (type) {
      case 'json':
      case 'place':
      case 'span':
      case 'null':
      case 'observation-id':
        return [];
      case 'date':
        // A date beside a moment is its midnight in UTC.
        return left.type === 'moment' || right.type === 'moment' ? ['moment', 'date'] : ['date'];
      default:
        return [type];
    }
  });
}

function compareNull(comparison: Comparison, left: Operand, right: Operand): Sql {
  const operand = left.type === 'null' ? right : left;
  const value = nullableOf(operand);
  if (comparison === 'eq') return value === undefined ? trusted('true') : sql`(${value} is null)`;
  if (comparison === 'ne') return value === undefined ? trusted('false') : sql`(${value} is not null)`;
  return trusted('false');
}

function nullableOf(operand: Operand): Sql | undefined {
  switch (operand.type) {
    case 'null':
      return undefined;
    case 'span':
      return operand.from;
    case 'observation-id':
      return operand.datastream;
    case 'json':
      return sql`nullif(${operand.sql}, 'null'::jsonb)`;
    default:
      return operand.sql;
  }
}

function compareId(
  comparison: Comparison,
  { datastream, time }: Extract<Operand, { type: 'observation-id' }>,
  other: Operand,
): Sql {
  const value = other.type === 'text' ? other.sql.values[0] : undefined;
  if (typeof value !== 'string' || (comparison !== 'eq' && comparison !== 'ne')) {
    throw invalidParameter(
      '$filter',
      "The id of an Observation can only be compared by eq, ne and in, with a text such as '12-2026-06-01T10:00:00Z'",
    );
  }
  const key = parseObservationId(value);
  if (key === undefined) return trusted(comparison === 'eq' ? 'false' : 'true');
  const equal = sql`(${datastream} = ${key.datastreamId}::bigint and ${time} = ${momentSql(key.phenomenonTime)})`;
  return comparison === 'eq' ? equal : sql`(not ${equal})`;
}

const SIGNS = { add: '+', sub: '-', mul: '*', div: '/', mod: '%' } as const;

function arithmeticSql(operator: keyof typeof SIGNS, left: Operand, right: Operand): Operand {
  const sign = trusted(SIGNS[operator]);
  const isSum = operator === 'add' || operator === 'sub';
  if (isSum && right.type === 'duration') {
    if (left.type === 'duration') return { type: 'duration', sql: sql`(${left.sql} ${sign} ${right.sql})` };
    if (left.type === 'span') {
      return {
        type: 'span',
        from: sql`(${left.from} ${sign} ${right.sql})`,
        to: sql`(${left.to} ${sign} ${right.sql})`,
      };
    }
    const moment = asScalar(left, 'moment', operator);
    return { type: 'moment', sql: sql`(${moment} ${sign} ${right.sql})` };
  }
  if (operator === 'sub' && isMomentLike(left) && isMomentLike(right)) {
    const [a, b] = [asScalar(left, 'moment', 'sub'), asScalar(right, 'moment', 'sub')];
    return { type: 'duration', sql: sql`(${a} - ${b})` };
  }
  const a = asScalar(left, 'number', operator);
  const b = asScalar(right, 'number', operator);
  switch (operator) {
    // Nothing is divided by zero: the result is null, and no row is found by it.
    case 'div':
      return { type: 'number', sql: sql`(${a} / nullif(${b}, 0))` };
    case 'mod':
      return {
        type: 'number',
        sql: sql`(mod((${a})::numeric, nullif((${b})::numeric, 0))::double precision)`,
      };
    default:
      return { type: 'number', sql: sql`(${a} ${sign} ${b})` };
  }
}

const isMomentLike = ({ type }: Operand): boolean => type === 'moment' || type === 'span';
