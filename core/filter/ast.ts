/**
 * The one filter tree. FES, CQL2, KVP and OData grammars all parse into it; the store turns it into SQL and
 * `evaluate.ts` runs it over features in memory. Geometries are in the house order, with their srid.
 */
import type { Bbox } from '../geo/bbox.ts';
import type { Geometry } from '../geo/geometry.ts';

export type Literal = string | number | boolean | null;

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type SpatialOperator =
  | 'intersects'
  | 'disjoint'
  | 'within'
  | 'contains'
  | 'touches'
  | 'crosses'
  | 'overlaps'
  | 'equals';

export type Filter =
  | { readonly op: 'and' | 'or'; readonly args: readonly Filter[] }
  | { readonly op: 'not'; readonly arg: Filter }
  | {
      readonly op: 'compare';
      readonly operator: ComparisonOperator;
      readonly property: string;
      readonly value: Literal;
      /** Default true. */
      readonly matchCase?: boolean;
    }
  | {
      /** `%` any run, `_` one character; a backslash escapes them. */
      readonly op: 'like';
      readonly property: string;
      readonly pattern: string;
      readonly matchCase?: boolean;
    }
  | { readonly op: 'between'; readonly property: string; readonly lower: Literal; readonly upper: Literal }
  | { readonly op: 'in'; readonly property: string; readonly values: readonly Literal[] }
  | { readonly op: 'is-null'; readonly property: string }
  | { readonly op: 'ids'; readonly ids: readonly string[] }
  | { readonly op: 'bbox'; readonly bbox: Bbox }
  | {
      readonly op: 'spatial';
      readonly operator: SpatialOperator;
      readonly geometry: Geometry;
      readonly srid: number;
    }
  | {
      readonly op: 'distance';
      readonly within: boolean;
      readonly geometry: Geometry;
      readonly srid: number;
      readonly distanceM: number;
    };

/** Every property that a filter reads, so that a policy can refuse hidden ones. */
export function propertiesOf(filter: Filter): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: Filter): void => {
    if ('args' in node) node.args.forEach(visit);
    else if ('arg' in node) visit(node.arg);
    else if ('property' in node) names.add(node.property);
  };
  visit(filter);
  return names;
}

/** Conjunction without needless nesting; undefined when nothing is asked. */
export function allOf(...filters: readonly (Filter | undefined)[]): Filter | undefined {
  const given = filters.filter((filter) => filter !== undefined);
  return given.length > 1 ? { op: 'and', args: given } : given[0];
}

/** Nothing is unknown here: true for all rows, or for none. */
export const EVERYTHING: Filter = { op: 'and', args: [] };
export const NOTHING: Filter = { op: 'or', args: [] };

/** The operator that says the same with its sides changed over: 5 < storeys is storeys > 5. */
export const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};
