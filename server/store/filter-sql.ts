import { invalidParameter } from '../../core/errors.ts';
import type { Layer, PropertyDeclaration, PropertyType } from '../../core/feature/layer.ts';
import type { ComparisonOperator, Filter, Literal, SpatialOperator } from '../../core/filter/ast.ts';
import { refuseDegrees, usableShape } from '../../core/filter/evaluate.ts';
import { checkLike } from '../../core/filter/like.ts';
import { filterableProperty, typedLiteral } from '../../core/filter/typed-literal.ts';
import { boxGeometry } from '../../core/geo/box-geometry.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';
import { join, name, type Sql, sql, trusted } from './sql.ts';

/**
 * A filter as a condition on the columns of a relation of this layer.
 * @throws TwinError invalid-parameter for an unknown property or a literal of another type.
 */
export function filterSql(filter: Filter, layer: Layer): Sql {
  switch (filter.op) {
    case 'and':
    case 'or':
      return junctionSql(filter.op, filter.args, layer);
    case 'not':
      return sql`(not ${filterSql(filter.arg, layer)})`;
    case 'ids':
      return sql`(id = any(${filter.ids.filter(isStorable)}::text[]))`;
    case 'bbox':
      return bboxSql(boxGeometry(filter.bbox, layer.srid), layer);
    case 'spatial':
      return spatialSql(filter.operator, usableShape(filter.geometry, filter.srid, layer), layer);
    case 'distance': {
      refuseDegrees(layer);
      const near = sql`ST_DWithin(geom, ${shapeSql(
        usableShape(filter.geometry, filter.srid, layer),
        layer,
      )}, ${filter.distanceM}::float8)`;
      return filter.within ? near : sql`(not ${near})`;
    }
    default:
      return comparisonSql(filter, filterableProperty(layer, filter.property, 'filter'));
  }
}

function junctionSql(op: 'and' | 'or', args: readonly Filter[], layer: Layer): Sql {
  if (args.length === 0) return trusted(op === 'and' ? 'true' : 'false');
  return sql`(${join(
    args.map((arg) => filterSql(arg, layer)),
    ` ${op} `,
  )})`;
}

type PropertyFilter = Extract<Filter, { property: string }>;

function comparisonSql(filter: PropertyFilter, property: PropertyDeclaration): Sql {
  const column = name(property.name);
  switch (filter.op) {
    case 'compare':
      return compareSql(filter.operator, property, filter.value, filter.matchCase ?? true);
    case 'like': {
      checkLike(property, filter.pattern);
      refuseNul(filter.pattern, property);
      return filter.matchCase === false
        ? sql`(${lower(column)} like ${lower(sql`${filter.pattern}::text`)})`
        : sql`(${column} like ${filter.pattern}::text)`;
    }
    case 'between':
      return sql`(${column} between ${literalSql(property, filter.lower)} and ${literalSql(property, filter.upper)})`;
    case 'in':
      if (filter.values.length === 0) return trusted('false');
      return sql`(${column} in (${join(
        filter.values.map((value) => literalSql(property, value)),
        ', ',
      )}))`;
    case 'is-null':
      return sql`(${column} is null)`;
  }
}

function compareSql(
  operator: ComparisonOperator,
  property: PropertyDeclaration,
  value: Literal,
  matchCase: boolean,
): Sql {
  const [column, wanted] = [name(property.name), literalSql(property, value)];
  return matchCase || property.type !== 'text'
    ? sql`(${column} ${OPERATORS[operator]} ${wanted})`
    : sql`(${lower(column)} ${OPERATORS[operator]} ${lower(wanted)})`;
}

const OPERATORS = {
  '=': trusted('='),
  '<>': trusted('<>'),
  '<': trusted('<'),
  '<=': trusted('<='),
  '>': trusted('>'),
  '>=': trusted('>='),
} as const satisfies Record<ComparisonOperator, Sql>;

/** Our text columns have collation "C", which knows upper and lower case of ASCII only. */
const lower = (text: Sql): Sql => sql`lower(${text} collate "und-x-icu") collate "C"`;

const CASTS = {
  text: trusted('::text'),
  integer: trusted('::float8'),
  number: trusted('::float8'),
  boolean: trusted('::boolean'),
  date: trusted('::date'),
  datetime: trusted('::timestamptz'),
} as const satisfies Record<PropertyType, Sql>;

/** PostgreSQL has no NUL in text. */
const isStorable = (text: string): boolean => !text.includes('\0');

function refuseNul(text: string, property: PropertyDeclaration): void {
  if (!isStorable(text)) {
    throw invalidParameter('filter', `The value for ${property.name} holds a NUL character`);
  }
}

/** In the type of the column, so that its index can be used. */
function literalSql(property: PropertyDeclaration, literal: Literal): Sql {
  const value = typedLiteral(property, literal);
  if (typeof value === 'string') refuseNul(value, property);
  const isInt4 = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  if (property.type === 'integer' && isInt4) return sql`${value}::integer`;
  return sql`${value}${CASTS[property.type]}`;
}

const hexEwkb = (geometry: Geometry, srid: number): string =>
  Buffer.from(writeEwkb(geometry, srid).buffer).toString('hex');

const shapeSql = (geometry: Geometry, layer: Layer): Sql => sql`${hexEwkb(geometry, layer.srid)}::geometry`;

function bboxSql(box: Geometry | undefined, layer: Layer): Sql {
  return box ? sql`ST_Intersects(geom, ${shapeSql(box, layer)})` : trusted('false');
}

const SPATIAL_FUNCTIONS = {
  intersects: 'ST_Intersects',
  disjoint: 'ST_Disjoint',
  within: 'ST_Within',
  contains: 'ST_Contains',
  touches: 'ST_Touches',
  crosses: 'ST_Crosses',
  overlaps: 'ST_Overlaps',
  equals: 'ST_Equals',
} as const satisfies Record<SpatialOperator, string>;

function spatialSql(operator: SpatialOperator, geometry: Geometry, layer: Layer): Sql {
  const shape = shapeSql(geometry, layer);
  const call = trusted(SPATIAL_FUNCTIONS[operator]);
  if (operator === 'intersects' || operator === 'disjoint') return sql`${call}(geom, ${shape})`;
  // GEOS refuses to relate what crosses itself; and surfaces of a solid lie above each other.
  const valid = sql`ST_MakeValid(${shape})`;
  if (layer.dimension === 2) return sql`${call}(geom, ${valid})`;
  return sql`(ST_Intersects(geom, ${shape}) and ${call}(twin.footprint(geom), ${valid}))`;
}
