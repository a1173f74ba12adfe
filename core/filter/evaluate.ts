/** Filters over features in memory, with the three-valued logic of SQL: null compares to nothing. */
import { invalidParameter, notSupported } from '../errors.ts';
import type { Feature } from '../feature/feature.ts';
import type { Layer, PropertyDeclaration } from '../feature/layer.ts';
import { boxGeometry } from '../geo/box-geometry.ts';
import { crsOf, reproject } from '../geo/crs.ts';
import type { Geometry } from '../geo/geometry.ts';
import { distanceBetween, geometriesIntersect, type Relation, relate } from '../geo/relate.ts';
import { structuralFault } from '../geo/structure.ts';
import type { ComparisonOperator, Filter, Literal, SpatialOperator } from './ast.ts';
import { compareValues } from './compare-values.ts';
import { likePattern } from './like.ts';
import { filterableProperty, typedLiteral } from './typed-literal.ts';

/** Undefined is SQL's "unknown". */
export type Truth = boolean | undefined;

/**
 * A filter made ready for the features of one layer, whose geometries are in the layer's CRS.
 * @throws TwinError invalid-parameter for an unknown property or a literal of another type.
 */
export function compileFilter(filter: Filter, layer: Layer): (feature: Feature) => Truth {
  switch (filter.op) {
    case 'and':
    case 'or':
      return junction(
        filter.op === 'and',
        filter.args.map((arg) => compileFilter(arg, layer)),
      );
    case 'not': {
      const inner = compileFilter(filter.arg, layer);
      return (feature) => negated(inner(feature));
    }
    case 'ids': {
      const ids = new Set(filter.ids);
      return (feature) => ids.has(feature.id);
    }
    case 'bbox': {
      const box = boxGeometry(filter.bbox, layer.srid);
      return onGeometry((geometry) => box !== undefined && geometriesIntersect(geometry, box));
    }
    case 'spatial': {
      const other = usableShape(filter.geometry, filter.srid, layer);
      return onGeometry((geometry) => holds(filter.operator, geometry, other));
    }
    case 'distance': {
      refuseDegrees(layer);
      const other = usableShape(filter.geometry, filter.srid, layer);
      return onGeometry((geometry) => distanceBetween(geometry, other) <= filter.distanceM === filter.within);
    }
    default:
      return compileComparison(filter, filterableProperty(layer, filter.property, 'filter'));
  }
}

/**
 * The geometry of a filter in the CRS of the layer.
 * @throws TwinError invalid-parameter when it is none: open rings, lines of one point, numbers that are not.
 */
export function usableShape(geometry: Geometry, srid: number, layer: Layer): Geometry {
  const shape = reproject(geometry, srid, layer.srid);
  const fault = structuralFault(geometry) ?? structuralFault(shape);
  if (fault) throw invalidParameter('filter', `The geometry of the filter cannot be used: ${fault}`);
  return shape;
}

/** Distances are measured in the storage CRS, which must be metric. */
export function refuseDegrees(layer: Layer): void {
  if (crsOf(layer.srid).unit === 'degree') {
    throw notSupported(
      `Layer ${layer.name} is stored in degrees (EPSG:${layer.srid}); distances cannot be asked of it`,
      'filter',
    );
  }
}

type PropertyFilter = Extract<Filter, { property: string }>;

function compileComparison(
  filter: PropertyFilter,
  property: PropertyDeclaration,
): (feature: Feature) => Truth {
  const read = (feature: Feature) => comparableValue(feature, property);
  const wantedOf = (literal: Literal) => comparable(property, typedLiteral(property, literal));
  switch (filter.op) {
    case 'compare': {
      const fold = foldCase(property, filter.matchCase);
      const wanted = fold(wantedOf(filter.value));
      return (feature) => compared(filter.operator, fold(read(feature)), wanted);
    }
    case 'like': {
      const pattern = likePattern(property, filter.pattern, filter.matchCase ?? true);
      return (feature) => {
        const value = read(feature);
        return value === null ? undefined : pattern.test(String(value));
      };
    }
    case 'between': {
      const [lower, upper] = [wantedOf(filter.lower), wantedOf(filter.upper)];
      return (feature) => both(compared('>=', read(feature), lower), compared('<=', read(feature), upper));
    }
    case 'in': {
      const values = filter.values.map(wantedOf);
      return junction(
        false,
        values.map((value) => (feature: Feature) => compared('=', read(feature), value)),
      );
    }
    case 'is-null':
      return (feature) => read(feature) === null;
  }
}

/** A property as it compares: moments as milliseconds, since their texts may differ in precision. */
export function comparableValue(feature: Feature, property: PropertyDeclaration): Literal {
  return comparable(property, shownValue(feature, property));
}

/** A property as it is shown: moments as UTC text. */
export function shownValue(feature: Feature, property: PropertyDeclaration): Literal {
  const raw = property.name === 'id' ? feature.id : (feature.properties[property.name] ?? null);
  return property.type === 'datetime' || property.type === 'date' ? typedLiteral(property, raw) : raw;
}

const comparable = (property: PropertyDeclaration, literal: Literal): Literal =>
  property.type === 'datetime' && literal !== null ? Date.parse(String(literal)) : literal;

const foldCase =
  (property: PropertyDeclaration, matchCase = true) =>
  (value: Literal): Literal =>
    !matchCase && property.type === 'text' && typeof value === 'string' ? value.toLowerCase() : value;

function compared(operator: ComparisonOperator, left: Literal, right: Literal): Truth {
  if (left === null || right === null) return undefined;
  return compareValues(left, operator, right);
}

const negated = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);

function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

function junction(isAnd: boolean, parts: readonly ((feature: Feature) => Truth)[]) {
  return (feature: Feature): Truth => {
    let unknown = false;
    for (const part of parts) {
      const truth = part(feature);
      if (truth === undefined) unknown = true;
      else if (truth !== isAnd) return !isAnd;
    }
    return unknown ? undefined : isAnd;
  };
}

function onGeometry(test: (geometry: Geometry) => boolean): (feature: Feature) => Truth {
  return (feature) => (feature.geometry ? test(feature.geometry) : undefined);
}

const dimensionOf = (geometry: Geometry): 0 | 1 | 2 => {
  if (geometry.type === 'Point' || geometry.type === 'MultiPoint') return 0;
  return geometry.type === 'LineString' || geometry.type === 'MultiLineString' ? 1 : 2;
};

/** The named relations in terms of the nine intersections (OGC 06-103r4, 6.1.15.3). */
function holds(operator: SpatialOperator, a: Geometry, b: Geometry): boolean {
  if (!geometriesIntersect(a, b)) return operator === 'disjoint';
  const relation = relate(a, b);
  switch (operator) {
    case 'intersects':
      return true;
    case 'disjoint':
      return false;
    case 'within':
      return isWithin(relation);
    case 'contains':
      return isWithin(relate(b, a));
    case 'touches':
      return relation['interior/interior'] < 0;
    case 'crosses':
      return isCrossing(relation, dimensionOf(a), dimensionOf(b));
    case 'overlaps':
      return (
        dimensionOf(a) === dimensionOf(b) &&
        relation['interior/interior'] === dimensionOf(a) &&
        relation['interior/exterior'] >= 0 &&
        relation['exterior/interior'] >= 0
      );
    case 'equals':
      return isWithin(relation) && isWithin(relate(b, a));
  }
}

const isWithin = (relation: Relation): boolean =>
  relation['interior/interior'] >= 0 &&
  relation['interior/exterior'] < 0 &&
  relation['boundary/exterior'] < 0;

function isCrossing(relation: Relation, dimensionA: number, dimensionB: number): boolean {
  if (dimensionA < dimensionB)
    return relation['interior/interior'] >= 0 && relation['interior/exterior'] >= 0;
  if (dimensionA > dimensionB)
    return relation['interior/interior'] >= 0 && relation['exterior/interior'] >= 0;
  return dimensionA === 1 && relation['interior/interior'] === 0;
}
