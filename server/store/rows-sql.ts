/** The clauses of a query over a relation, each a small pure function. */
import { checkQuery, propertiesReturned } from '../../core/feature/check-query.ts';
import type { PropertyDeclaration } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import { allOf } from '../../core/filter/ast.ts';
import { filterableProperty } from '../../core/filter/typed-literal.ts';
import { filterSql } from './filter-sql.ts';
import { PACKED_TYPES } from './packed-types.ts';
import { type Relation, rowsOf } from './relation.ts';
import { join, NOTHING, name, type Sql, sql, trusted } from './sql.ts';

/** A select of `id`, `geometry` (WKB in the output CRS, as text: most
 * rows are read later than they come) and the properties as `p0`, `p1`, …, in order. */
export function rowsSql(relation: Relation, query: FeatureQuery): Sql {
  return selectSql(relation, query, outputColumns(relation, query));
}

/** The same rows as they are packed (`packed-rows.ts`): WKB, id, properties, each as the type that is sent. */
export function packedRowsSql(relation: Relation, query: FeatureQuery): Sql {
  const properties = propertiesReturned(query, relation.layer).map(
    ({ name: property, type }) => sql`${name(property)}::${trusted(PACKED_TYPES[type])}`,
  );
  const shape = sql`ST_AsBinary(${shapeSql(relation, query)}, 'NDR')`;
  return selectSql(relation, query, join([shape, sql`id::text`, ...properties], ', '));
}

/**
 * One row: how many rows are on the page and at most one behind it (`count`), the id of the last one on it (`last`), and
 * the number and state of each as 12 bytes (`stamps`), in order.
 */
export function stampsSql(
  { layer, stamped }: Stamped,
  query: FeatureQuery & { readonly limit: number },
): Sql {
  const page = { ...query, limit: query.limit + 1 };
  const rows = selectSql({ layer, branches: stamped.branches }, page, trusted('id, row_id, row_stamp'));
  return sql`select count(*) as count, (array_agg(id))[least(count(*), ${query.limit}::bigint)] as last,
      string_agg(int8send(row_id) || xidsend(row_stamp), ''::bytea) as stamps
    from (${rows}) as page`;
}

/** Rows as `rowsSql` gives them, with `row_number` and `row_stamp`, by their numbers. */
export function rowsByNumberSql(relation: Stamped, query: FeatureQuery, numbers: readonly number[]): Sql {
  const columns = outputColumns(relation, query);
  return sql`select ${columns}, row_id as row_number, row_stamp::text as row_stamp
    from (${relation.stamped.all}) as relation where row_id = any(${numbers}::bigint[])`;
}

type Stamped = Pick<Relation, 'layer'> & Required<Pick<Relation, 'stamped'>>;

function selectSql(relation: Pick<Relation, 'layer' | 'branches'>, query: FeatureQuery, columns: Sql): Sql {
  checkQuery(query, relation.layer);
  if (query.offset && !query.sort?.length) return selectBehindSql(relation, query, columns);
  const order = orderSql(relation, query);
  const where = whereSql(relation, query);
  const page =
    relation.branches.length === 1
      ? sql`from (${rowsOf(relation)}) as relation ${where} ${order}${limitSql(query)}`
      : sql`from (${pagesOfBranches(relation, where, order, query)}) as relation ${order}${limitSql(query)}`;
  // Skipped rows are not transformed when the page is cut first.
  return query.offset
    ? sql`select ${columns} from (select * ${page}) as page ${order}`
    : sql`select ${columns} ${page}`;
}

/**
 * In the order of ids skipped rows are counted in the index alone: the first id of the page is found there, and the page
 * starts at it.
 */
function selectBehindSql(relation: Relation, { offset = 0, ...query }: FeatureQuery, columns: Sql): Sql {
  const [where, order] = [whereSql(relation, query), trusted('order by id')];
  const ids = relation.branches.map(
    (rows) => sql`(select id from (${rows}) as branch ${where} ${order} limit ${offset + 1}::bigint)`,
  );
  const first = sql`select id from (${join(ids, ' union all ')}) as skipped ${order} limit 1 offset ${offset}::bigint`;
  const from = relation.branches.map(
    (rows) => sql`select * from (${rows}) as skipped where id >= (${first})`,
  );
  const [one, ...more] = from;
  return selectSql({ ...relation, branches: one ? [one, ...more] : relation.branches }, query, columns);
}

/** The rows of each branch that can be on the page, cut before they are put together. */
function pagesOfBranches(
  relation: Pick<Relation, 'branches'>,
  where: Sql,
  order: Sql,
  query: FeatureQuery,
): Sql {
  const furthest = query.limit === undefined ? undefined : query.limit + (query.offset ?? 0);
  const cut = furthest === undefined ? NOTHING : sql` ${order} limit ${furthest}::bigint`;
  const pages = relation.branches.map((rows) => sql`(select * from (${rows}) as branch ${where}${cut})`);
  return join(pages, ' union all ');
}

/** @param most where counting stops */
export function countSql(relation: Relation, query: FeatureQuery, most?: number): Sql {
  checkQuery(query, relation.layer);
  const { after: _page, ...matched } = query;
  const from = sql`from (${rowsOf(relation)}) as relation ${whereSql(relation, matched)}`;
  if (most === undefined) return sql`select count(*) as count ${from}`;
  return sql`select count(*) as count from (select 1 ${from} limit ${most}::bigint) as counted`;
}

function whereSql({ layer }: Pick<Relation, 'layer'>, query: FeatureQuery): Sql {
  const filter = allOf(query.bbox && { op: 'bbox', bbox: query.bbox }, query.filter);
  const conditions = [
    ...(filter ? [filterSql(filter, layer)] : []),
    ...(query.after === undefined ? [] : [sql`id > ${query.after.replaceAll('\0', '')}::text`]),
  ];
  return conditions.length > 0 ? sql`where ${join(conditions, ' and ')}` : NOTHING;
}

function orderSql({ layer }: Pick<Relation, 'layer'>, query: FeatureQuery): Sql {
  const keys = (query.sort ?? []).map(({ property, descending }) => {
    filterableProperty(layer, property, 'sortby');
    return sql`${name(property)}${trusted(descending ? ' desc nulls last' : ' asc nulls last')}`;
  });
  return sql`order by ${join([...keys, name('id')], ', ')}`;
}

function limitSql({ limit, offset }: FeatureQuery): Sql {
  const limited = limit === undefined ? NOTHING : sql` limit ${limit}::bigint`;
  return offset ? sql`${limited} offset ${offset}::bigint` : limited;
}

function outputColumns(relation: Pick<Relation, 'layer'>, query: FeatureQuery): Sql {
  const properties = propertiesReturned(query, relation.layer);
  const columns = properties.map((property, index) => sql`${name(property.name)} as ${name(`p${index}`)}`);
  return join([name('id'), geometrySql(relation, query), ...columns], ', ');
}

function geometrySql(relation: Pick<Relation, 'layer'>, query: FeatureQuery): Sql {
  if (query.withGeometry === false) return trusted('null::text as geometry');
  return sql`ST_AsBinary(${shapeSql(relation, query)})::text as geometry`;
}

function shapeSql({ layer }: Pick<Relation, 'layer'>, { srid = layer.srid }: FeatureQuery): Sql {
  return srid === layer.srid ? trusted('geom') : sql`ST_Transform(geom, ${srid}::integer)`;
}

/** The names of the properties behind `p0`, `p1`, …. */
export const rowProperties = (relation: Relation, query: FeatureQuery): readonly PropertyDeclaration[] =>
  propertiesReturned(query, relation.layer);
