/** Nodes of the JSON form of CQL2, which may be anything that JSON can hold, into the filter tree. */
import { invalidParameter } from '../../errors.ts';
import {
  type ComparisonOperator,
  type Filter,
  type Literal,
  MIRRORED,
  type SpatialOperator,
} from '../ast.ts';
import { compareValues } from '../compare-values.ts';
import { checkLike } from '../like.ts';
import { filterableProperty, typedLiteral } from '../typed-literal.ts';
import { constant } from './constant.ts';
import type { Cql2Context } from './cql2-context.ts';
import { MOST_NESTED } from './parse-text.ts';
import { isGeometryName, shapeOf } from './shape-of-node.ts';
import { isTemporal, temporalOfNode } from './temporal-of-node.ts';

const SPATIAL = new Map<string, SpatialOperator>(
  Object.entries({
    s_intersects: 'intersects',
    s_disjoint: 'disjoint',
    s_within: 'within',
    s_contains: 'contains',
    s_touches: 'touches',
    s_crosses: 'crosses',
    s_overlaps: 'overlaps',
    s_equals: 'equals',
  }),
);
const TURNED: Readonly<Partial<Record<SpatialOperator, SpatialOperator>>> = {
  within: 'contains',
  contains: 'within',
};
/** Metres of a unit, as ECQL names them. */
const UNITS = new Map(
  Object.entries({
    m: 1,
    meter: 1,
    meters: 1,
    metre: 1,
    metres: 1,
    km: 1000,
    kilometers: 1000,
    kilometres: 1000,
  }),
);

/** @throws TwinError invalid-parameter (parameter `filter`) */
export function filterOfNode(node: unknown, context: Cql2Context, depth = 0): Filter {
  if (depth > MOST_NESTED) throw refusal(`The filter is nested more than ${MOST_NESTED} deep`);
  if (typeof node === 'boolean') return constant(node);
  const { op, args } = operationOf(node);
  if (op === 'and' || op === 'or') {
    if (args.length < 2) throw refusal(`"${op}" needs at least two arguments`);
    return { op, args: args.map((arg) => filterOfNode(arg, context, depth + 1)) };
  }
  if (op === 'not') return { op, arg: filterOfNode(only(args, op), context, depth + 1) };
  if (isComparison(op)) return comparison(op, args, context);
  const spatial = SPATIAL.get(op);
  if (spatial) return spatialRelation(spatial, args, context);
  if (isTemporal(op)) return temporalOfNode(op, args, context);
  switch (op) {
    case 'like':
      return like(args, context);
    case 'between':
      return between(args, context);
    case 'in':
      return inList(args, context);
    case 'isNull':
      return { op: 'is-null', property: propertyNamed(only(args, op), context).name };
    case 'dwithin':
    case 'beyond':
      return distance(op, args, context);
    default:
      throw refusal(`The operator or function "${op.slice(0, 50)}" is not offered in filters`);
  }
}

const refusal = (message: string): Error => invalidParameter('filter', message);

const isComparison = (op: string): op is ComparisonOperator => Object.hasOwn(MIRRORED, op);

function operationOf(node: unknown): { readonly op: string; readonly args: readonly unknown[] } {
  if (typeof node === 'object' && node !== null && 'op' in node && 'args' in node) {
    const { op, args } = node;
    if (typeof op === 'string' && Array.isArray(args)) return { op, args };
  }
  throw refusal(`${shortly(node)} is no predicate; one has "op" and "args"`);
}

const shortly = (node: unknown): string => (JSON.stringify(node) ?? 'undefined').slice(0, 100);

function only(args: readonly unknown[], op: string): unknown {
  if (args.length !== 1) throw refusal(`"${op}" needs one argument, got ${args.length}`);
  return args[0];
}

function two(args: readonly unknown[], op: string): readonly [unknown, unknown] {
  if (args.length !== 2) throw refusal(`"${op}" needs two arguments, got ${args.length}`);
  return [args[0], args[1]];
}

interface Operand {
  readonly node: unknown;
  /** Whether CASEI stands around it. */
  readonly isFolded: boolean;
}

function operandOf(node: unknown): Operand {
  if (typeof node === 'object' && node !== null && 'op' in node) {
    const { op, args } = operationOf(node);
    if (op === 'casei') return { node: only(args, op), isFolded: true };
    throw refusal(`The function "${op.slice(0, 50)}" is not offered in filters`);
  }
  return { node, isFolded: false };
}

const isProperty = (node: unknown): node is { readonly property: unknown } =>
  typeof node === 'object' && node !== null && 'property' in node;

function propertyNamed(node: unknown, { layer }: Cql2Context) {
  if (!isProperty(node) || typeof node.property !== 'string') {
    throw refusal(`${shortly(node)} stands where the name of a property must stand`);
  }
  if (isGeometryName(node.property, layer)) {
    throw refusal(`${node.property} is a geometry; compare it with S_INTERSECTS and its sisters`);
  }
  return filterableProperty(layer, node.property, 'filter');
}

/** A value in the form in which the tree keeps it: moments and days as their text. */
function literalOf(node: unknown): Exclude<Literal, null> {
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean') return node;
  if (typeof node === 'object' && node !== null) {
    const text = 'date' in node ? node.date : 'timestamp' in node ? node.timestamp : undefined;
    if (typeof text === 'string') return text;
  }
  if (isProperty(node)) {
    throw refusal('Two properties cannot be compared with each other');
  }
  throw refusal(`${shortly(node)} is no value to compare with`);
}

function comparison(op: ComparisonOperator, args: readonly unknown[], context: Cql2Context): Filter {
  const [left, right] = two(args, op).map(operandOf) as [Operand, Operand];
  if (!isProperty(left.node)) {
    if (!isProperty(right.node)) return constantComparison(op, literalOf(left.node), literalOf(right.node));
    return comparison(MIRRORED[op], [args[1], args[0]], context);
  }
  const property = propertyNamed(left.node, context);
  const value = literalOf(right.node);
  typedLiteral(property, value);
  return { op: 'compare', operator: op, property: property.name, value, ...caseOf(left, right) };
}

/** As in `1 = 1`. */
function constantComparison(
  op: ComparisonOperator,
  left: string | number | boolean,
  right: string | number | boolean,
) {
  if (typeof left !== typeof right) throw refusal(`${left} and ${right} cannot be compared`);
  return constant(compareValues(left, op, right));
}

function caseOf(...operands: readonly Operand[]): { matchCase?: false } {
  const folded = operands.filter(({ isFolded }) => isFolded).length;
  if (folded === 0) return {};
  if (folded < operands.length) throw refusal('CASEI must stand around the property and around every value');
  return { matchCase: false };
}

function like(args: readonly unknown[], context: Cql2Context): Filter {
  const [left, right] = two(args, 'like').map(operandOf) as [Operand, Operand];
  const property = propertyNamed(left.node, context);
  if (typeof right.node !== 'string') throw refusal('The pattern of LIKE must be a text');
  checkLike(property, right.node);
  return { op: 'like', property: property.name, pattern: right.node, ...caseOf(left, right) };
}

function between(args: readonly unknown[], context: Cql2Context): Filter {
  if (args.length !== 3) throw refusal(`"between" needs three arguments, got ${args.length}`);
  const property = propertyNamed(args[0], context);
  const [lower = '', upper = ''] = args.slice(1).map(literalOf);
  for (const bound of [lower, upper]) typedLiteral(property, bound);
  return { op: 'between', property: property.name, lower, upper };
}

function inList(args: readonly unknown[], context: Cql2Context): Filter {
  const [target, list] = two(args, 'in');
  const left = operandOf(target);
  const property = propertyNamed(left.node, context);
  if (!Array.isArray(list) || list.length === 0) throw refusal('"in" needs a list of values');
  const operands = list.map(operandOf);
  const values = operands.map(({ node }) => literalOf(node));
  for (const value of values) typedLiteral(property, value);
  const { matchCase } = caseOf(left, ...operands);
  if (matchCase === undefined) return { op: 'in', property: property.name, values };
  const equalities = values.map(
    (value): Filter => ({ op: 'compare', operator: '=', property: property.name, value, matchCase }),
  );
  return { op: 'or', args: equalities };
}

function spatialRelation(operator: SpatialOperator, args: readonly unknown[], context: Cql2Context): Filter {
  const [left, right] = two(args, `s_${operator}`);
  if (!isProperty(left)) {
    if (!isProperty(right))
      throw refusal(`S_${operator.toUpperCase()} needs the geometry "geom" of the layer`);
    return spatialRelation(TURNED[operator] ?? operator, [right, left], context);
  }
  checkGeometryName(left.property, context);
  if (isProperty(right)) throw refusal('Two geometries of a layer cannot be compared');
  const { bbox, ...shape } = shapeOf(right, context);
  // A box is asked of the index as it is, and keeps straight edges in its own CRS.
  return bbox && operator === 'intersects' ? { op: 'bbox', bbox } : { op: 'spatial', operator, ...shape };
}

function checkGeometryName(name: unknown, { layer }: Cql2Context): void {
  if (typeof name !== 'string' || !isGeometryName(name, layer)) {
    throw refusal(`${shortly(name)} is no geometry; that of ${layer.name} is called geom`);
  }
}

function distance(op: 'dwithin' | 'beyond', args: readonly unknown[], context: Cql2Context): Filter {
  const [target, other, value, unit = 'm', ...more] = args;
  if (!isProperty(target) || more.length > 0)
    throw refusal(`${op} needs geom, a geometry, a distance and a unit`);
  checkGeometryName(target.property, context);
  const factor = typeof unit === 'string' ? UNITS.get(unit.toLowerCase()) : undefined;
  if (factor === undefined) throw refusal(`The unit ${shortly(unit)} is not known; use m or km`);
  if (typeof value !== 'number' || !(value >= 0) || !Number.isFinite(value)) {
    throw refusal(`The distance of ${op} must be 0 or more, got ${shortly(value)}`);
  }
  const { geometry, srid } = shapeOf(other, context);
  return { op: 'distance', within: op === 'dwithin', distanceM: value * factor, geometry, srid };
}
