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

function selectSql(relation: Relation, query: FeatureQuery, columns: Sql): Sql {
  checkQuery(query, relation.layer);
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

/** The rows of each branch that can be on the page, cut before they are put together. */
function pagesOfBranches(relation: Relation, where: Sql, order: Sql, query: FeatureQuery): Sql {
  const furthest = query.limit === undefined ? undefined : query.limit + (query.offset ?? 0);
  const cut = furthest === undefined ? NOTHING : sql` ${order} limit ${furthest}::bigint`;
  const pages = relation.branches.map((rows) => sql`(select * from (${rows}) as branch ${where}${cut})`);
  return join(pages, ' union all ');
}

export function countSql(relation: Relation, query: FeatureQuery): Sql {
  checkQuery(query, relation.layer);
  const { after: _page, ...matched } = query;
  return sql`select count(*) as count from (${rowsOf(relation)}) as relation ${whereSql(relation, matched)}`;
}

function whereSql({ layer }: Relation, query: FeatureQuery): Sql {
  const filter = allOf(query.bbox && { op: 'bbox', bbox: query.bbox }, query.filter);
  const conditions = [
    ...(filter ? [filterSql(filter, layer)] : []),
    ...(query.after === undefined ? [] : [sql`id > ${query.after.replaceAll('\0', '')}::text`]),
  ];
  return conditions.length > 0 ? sql`where ${join(conditions, ' and ')}` : NOTHING;
}

function orderSql({ layer }: Relation, query: FeatureQuery): Sql {
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

function outputColumns(relation: Relation, query: FeatureQuery): Sql {
  const properties = propertiesReturned(query, relation.layer);
  const columns = properties.map((property, index) => sql`${name(property.name)} as ${name(`p${index}`)}`);
  return join([name('id'), geometrySql(relation, query), ...columns], ', ');
}

function geometrySql(relation: Relation, query: FeatureQuery): Sql {
  if (query.withGeometry === false) return trusted('null::text as geometry');
  return sql`ST_AsBinary(${shapeSql(relation, query)})::text as geometry`;
}

function shapeSql({ layer }: Relation, { srid = layer.srid }: FeatureQuery): Sql {
  return srid === layer.srid ? trusted('geom') : sql`ST_Transform(geom, ${srid}::integer)`;
}

/** The names of the properties behind `p0`, `p1`, …. */
export const rowProperties = (relation: Relation, query: FeatureQuery): readonly PropertyDeclaration[] =>
  propertiesReturned(query, relation.layer);
