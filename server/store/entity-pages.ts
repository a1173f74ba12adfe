/** Pages of entities as SQL: filtered, sorted, and going on by the key of the last row. */
import { invalidParameter } from '../../core/errors.ts';
import type { EntitySet } from '../../core/live/sensor-things.ts';
import type { Expression } from '../../core/odata/expression.ts';
import type { QueryOptions } from '../../core/odata/query-options.ts';
import type { PageEnd } from '../services/sensor-things.ts';
import { ENTITY_TABLES } from './entity-tables.ts';
import { conditionSql, operandSql, Scope } from './expression-sql.ts';
import { type Operand, SQL_TYPES } from './operand.ts';
import { join, NOTHING, type Sql, sql, trusted } from './sql.ts';

/** What rows are sorted by. */
interface SortTerm {
  readonly sql: Sql;
  /** The type of it, for a value that comes back as text. */
  readonly type: string;
  readonly descending: boolean;
}

/** The parts of a statement over the rows `self` of one set. */
export interface PageParts {
  /** Joins that the order and the filter need; after `… as self`. */
  readonly joins: Sql;
  readonly where: Sql;
  /** Names of columns and their SQL: the key, the properties wanted, and `sort_0`, … as text. */
  readonly columns: Sql;
  readonly orderBy: Sql;
  /** The same order over the rows of a subquery that reads `columns`. */
  readonly outerOrder: Sql;
  readonly sortColumns: readonly string[];
  /** Whether time comes first in the order. */
  readonly isByTime: boolean;
}

/** Which properties are read: those selected, or all. */
export function wantedProperties(set: EntitySet, { select }: QueryOptions): readonly string[] {
  const { properties, links } = ENTITY_TABLES[set];
  const known = Object.keys(properties);
  if (select === undefined) return known;
  for (const name of select) {
    if (!Object.hasOwn(properties, name) && !Object.hasOwn(links, name) && !name.startsWith('@iot.')) {
      throw invalidParameter(
        '$select',
        `${set} have no ${name.slice(0, 100)}; they have @iot.id, ${[...known, ...Object.keys(links)].join(', ')}`,
      );
    }
  }
  return known.filter((name) => select.includes(name));
}

export function pageParts(set: EntitySet, options: QueryOptions, after?: PageEnd): PageParts {
  const { key, properties } = ENTITY_TABLES[set];
  const order = new Scope(set, 'self', 'o');
  const given = options.orderBy.flatMap(({ expression, descending }) =>
    sortTerms(operandSql(expression, order), descending),
  );
  if (order.isMany) throw invalidParameter('$orderby', '$orderby follows links to one entity, not to many');
  const filter = filterParts(set, options.filter);
  const isByTime = set === 'Observations' && isPath(options.orderBy[0]?.expression, 'phenomenonTime');
  const terms = [...given, ...keyTerms(key, given)];
  const read = Object.fromEntries(
    wantedProperties(set, options).flatMap((name) => Object.entries(properties[name]?.read ?? {})),
  );
  const columns = [
    ...key.map((column) => trusted(`self.${column}`)),
    ...Object.entries(read)
      .filter(([name]) => !key.includes(name))
      .map(([name, make]) => trusted(`${make('self')} as ${name}`)),
    ...terms.flatMap((term, n) => [
      sql`${term.sql} as ${trusted(`rank_${n}`)}`,
      sql`(${term.sql})::text as ${trusted(`sort_${n}`)}`,
    ]),
  ];
  const conditions = [filter.where, ...(after === undefined ? [] : [afterSql(terms, after)])];
  return {
    joins: sql`${order.joins} ${filter.joins}`,
    where: join(conditions, ' and '),
    columns: join(columns, ', '),
    orderBy: join(terms.map(directed), ', '),
    outerOrder: join(
      terms.map((term, n) => directed({ ...term, sql: trusted(`rank_${n}`) })),
      ', ',
    ),
    sortColumns: terms.map((_, n) => `sort_${n}`),
    isByTime,
  };
}

/** A filter as joins and a condition; where a path leads to many rows, one of them is enough. */
export function filterParts(
  set: EntitySet,
  filter: Expression | undefined,
  alias = 'self',
): { readonly joins: Sql; readonly where: Sql } {
  if (filter === undefined) return { joins: NOTHING, where: trusted('true') };
  const scope = new Scope(set, alias, alias === 'self' ? 'f' : 'g');
  const condition = conditionSql(filter, scope);
  if (!scope.isMany) return { joins: scope.joins, where: condition };
  return {
    joins: NOTHING,
    where: sql`exists (select from (select) as one ${scope.joins} where ${condition})`,
  };
}

const isPath = (expression: Expression | undefined, name: string): boolean =>
  expression?.kind === 'path' && expression.steps.length === 1 && expression.steps[0] === name;

function sortTerms(operand: Operand, descending: boolean): readonly SortTerm[] {
  switch (operand.type) {
    case 'null':
      return [];
    case 'span':
      return [{ sql: operand.from, type: 'timestamptz', descending }];
    case 'observation-id':
      return [
        { sql: operand.datastream, type: 'bigint', descending },
        { sql: operand.time, type: 'timestamptz', descending },
      ];
    case 'json': {
      const whole = { sql: operand.sql, type: 'jsonb', descending };
      // Numbers among themselves by their own column, whatever else there is after them.
      return operand.number === undefined
        ? [whole]
        : [{ sql: operand.number, type: 'double precision', descending }, whole];
    }
    case 'place':
    case 'geometry':
      throw invalidParameter('$orderby', '$orderby cannot sort places; a distance to one it can');
    case 'text':
      return [{ sql: operand.sql, type: 'text collate "C"', descending }];
    default:
      return [{ sql: operand.sql, type: SQL_TYPES[operand.type], descending }];
  }
}

/** The key decides between equals, in the direction of the first term: so an index may serve both ways. */
function keyTerms(key: readonly string[], given: readonly SortTerm[]): readonly SortTerm[] {
  const descending = given[0]?.descending ?? false;
  const isGiven = (column: string) => given.some(({ sql: { parts } }) => parts.join('') === `self.${column}`);
  return key
    .filter((column) => !isGiven(column))
    .map((column) => ({
      sql: trusted(`self.${column}`),
      type: column === 'phenomenon_time' ? 'timestamptz' : 'bigint',
      descending,
    }));
}

const directed = ({ sql: term, descending }: SortTerm): Sql =>
  sql`${term} ${trusted(descending ? 'desc' : 'asc')}`;

/** Rows after the last one of the page before. Nulls come last, and first in descending order. */
function afterSql(terms: readonly SortTerm[], after: PageEnd): Sql {
  if (after.length !== terms.length) {
    throw invalidParameter('$skiptoken', '$skiptoken is of another query; follow @iot.nextLink as it is');
  }
  const steps = terms.map((term, n) => {
    const text = after[n] ?? null;
    const value = sql`${text}::${trusted(term.type)}`;
    const sign = trusted(term.descending ? '<' : '>');
    if (text === null) {
      return {
        beyond: term.descending ? sql`(${term.sql} is not null)` : trusted('false'),
        equal: sql`(${term.sql} is null)`,
      };
    }
    const beyond = sql`${term.sql} ${sign} ${value}`;
    return {
      beyond: term.descending ? sql`(${beyond})` : sql`(${beyond} or ${term.sql} is null)`,
      equal: sql`(${term.sql} = ${value})`,
      bound: sql`${term.sql} ${sign}= ${value}`,
    };
  });
  const whole = steps.reduceRight<Sql | undefined>(
    (rest, { beyond, equal }) => (rest === undefined ? beyond : sql`(${beyond} or (${equal} and ${rest}))`),
    undefined,
  );
  const condition = whole ?? trusted('true');
  const bound = steps[0]?.bound;
  // What an index can begin with.
  return bound === undefined || isNullable(terms[0]) ? condition : sql`${bound} and ${condition}`;
}

const NEVER_NULL = ['self.id', 'self.datastream_id', 'self.phenomenon_time', 'self.time'];
const isNullable = (term: SortTerm | undefined): boolean =>
  term === undefined || !NEVER_NULL.includes(term.sql.parts.join(''));
