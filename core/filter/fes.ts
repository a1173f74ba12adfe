/** OGC Filter Encoding 2.0 (09-026r2), 1.1 (04-095) and 1.0 (02-059) into the one filter tree. */
import { invalidParameter, notSupported } from '../errors.ts';
import { parseGmlId } from '../feature/identifier.ts';
import type { LayerDeclaration } from '../feature/layer.ts';
import { ringOfBbox } from '../geo/bbox.ts';
import { type CrsReference, crsOf } from '../geo/crs.ts';
import { readEnvelope, readGmlGeometry } from '../geo/gml-geometry.ts';
import { type GmlFrame, PLAIN_FRAME } from '../geo/gml-geometry-frame.ts';
import { childOf, childText, type XmlElement } from '../xml/element.ts';
import {
  type ComparisonOperator,
  EVERYTHING,
  type Filter,
  MIRRORED,
  NOTHING,
  type SpatialOperator,
} from './ast.ts';
import { temporalFilter } from './fes-temporal.ts';
import { readValueReference, type ValueReference } from './fes-value-reference.ts';

export interface FesContext {
  readonly layer: LayerDeclaration;
  /** Names of every layer, which tell a resource id of another one from a business id with a hyphen. */
  readonly layerNames: readonly string[];
  /** CRS of geometries that name none: the default CRS of the layer. */
  readonly defaultCrs: CrsReference;
  /** Reads a spelling of a CRS, where the rule of the house for its axes does not hold. */
  readonly resolveCrs?: GmlFrame['resolveCrs'];
}

export const FES_NAMESPACE = 'http://www.opengis.net/fes/2.0';

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  PropertyIsEqualTo: '=',
  PropertyIsNotEqualTo: '<>',
  PropertyIsLessThan: '<',
  PropertyIsLessThanOrEqualTo: '<=',
  PropertyIsGreaterThan: '>',
  PropertyIsGreaterThanOrEqualTo: '>=',
};

const SPATIAL: Readonly<Record<string, SpatialOperator>> = {
  Intersects: 'intersects',
  Disjoint: 'disjoint',
  Within: 'within',
  Contains: 'contains',
  Touches: 'touches',
  Crosses: 'crosses',
  Overlaps: 'overlaps',
  Equals: 'equals',
};

/** How the versions name a predicate of identifiers, and its attribute. */
const IDENTIFIERS: ReadonlyMap<string, string> = new Map([
  ['ResourceId', 'rid'],
  ['GmlObjectId', '{http://www.opengis.net/gml}id'],
  ['FeatureId', 'fid'],
]);

const TEMPORAL = new Set(['After', 'Before', 'During', 'TEquals']);

const METRES_PER_UNIT: Readonly<Record<string, number>> = { m: 1, metre: 1, meter: 1, metres: 1, km: 1000 };

/**
 * The predicate inside `fes:Filter`. Literals stay text; the source gives them the type of their property.
 * @throws TwinError invalid-parameter (parameter `filter`) that names the element and its line
 */
export function parseFes(filter: XmlElement, context: FesContext): Filter {
  if (filter.local !== 'Filter') throw fault(filter, 'is not a fes:Filter');
  const predicates = filter.children;
  if (predicates.length > 0 && predicates.every(({ local }) => IDENTIFIERS.has(local))) {
    return resourceIds(predicates, context);
  }
  const [only, ...more] = predicates;
  if (!only || more.length > 0) throw fault(filter, 'needs exactly one predicate (or several ResourceId)');
  return parsePredicate(only, context);
}

function parsePredicate(element: XmlElement, context: FesContext): Filter {
  const { local } = element;
  if (local === 'And' || local === 'Or') {
    if (element.children.length < 2) throw fault(element, 'needs at least two predicates');
    const args = element.children.map((child) => parsePredicate(child, context));
    return { op: local === 'And' ? 'and' : 'or', args };
  }
  if (local === 'Not') {
    const [only, ...more] = element.children;
    if (!only || more.length > 0) throw fault(element, 'needs exactly one predicate');
    return { op: 'not', arg: parsePredicate(only, context) };
  }
  const comparison = COMPARISONS[local];
  if (comparison) return compare(element, comparison, context);
  const spatial = SPATIAL[local];
  if (spatial) return relation(element, spatial, context);
  if (TEMPORAL.has(local)) return temporalFilter(element, context.layer);
  switch (local) {
    case 'PropertyIsLike':
      return like(element, context);
    case 'PropertyIsBetween':
      return between(element, context);
    // Absent values are written by leaving the element out, so nothing is ever nil in our documents.
    case 'PropertyIsNil':
    case 'PropertyIsNull':
      return isNull(reference(element, context));
    case 'ResourceId':
    case 'GmlObjectId':
    case 'FeatureId':
      return resourceIds([element], context);
    case 'BBOX':
      return bbox(element, context);
    case 'DWithin':
    case 'Beyond':
      return distance(element, context);
    default:
      throw notSupported(`Line ${element.line}: the operator ${local} is not supported`, 'filter');
  }
}

function compare(element: XmlElement, operator: ComparisonOperator, context: FesContext): Filter {
  const target = reference(element, context);
  const literal = childOf(element, 'Literal');
  if (!literal) throw fault(element, 'needs a Literal beside its ValueReference');
  if (literal.children.length > 0) throw fault(literal, 'must be a simple value');
  const value = literal.text;
  if (target.kind === 'never-given') return NOTHING;
  // The literal may stand first: 5 < storeys is storeys > 5.
  const literalFirst = element.children.indexOf(literal) === 0;
  const effective = literalFirst ? MIRRORED[operator] : operator;
  if (target.kind === 'gml-id') {
    const ids: Filter = { op: 'ids', ids: [idOfResource(value.trim(), context) ?? ''] };
    if (effective === '=') return ids;
    if (effective === '<>') return { op: 'not', arg: ids };
    throw fault(element, 'cannot order by @gml:id');
  }
  return {
    op: 'compare',
    operator: effective,
    property: target.name,
    value,
    ...(element.attributes['matchCase'] === 'false' ? { matchCase: false } : {}),
  };
}

function like(element: XmlElement, context: FesContext): Filter {
  const target = reference(element, context);
  const literal = childOf(element, 'Literal');
  if (!literal) throw fault(element, 'needs a Literal beside its ValueReference');
  const { wildCard, singleChar, escape: escapeOfOld, escapeChar = escapeOfOld } = element.attributes;
  if (!wildCard || !singleChar || !escapeChar) {
    throw fault(element, 'needs the attributes wildCard, singleChar and escapeChar');
  }
  if (target.kind === 'never-given') return NOTHING;
  return {
    op: 'like',
    property: target.kind === 'gml-id' ? 'id' : target.name,
    pattern: likePatternOf(literal.text, { wildCard, singleChar, escapeChar }),
    ...(element.attributes['matchCase'] === 'false' ? { matchCase: false } : {}),
  };
}

/** A pattern of FES with its own signs in the signs of the tree. */
function likePatternOf(
  text: string,
  signs: { readonly wildCard: string; readonly singleChar: string; readonly escapeChar: string },
): string {
  let pattern = '';
  for (let i = 0; i < text.length; ) {
    if (text.startsWith(signs.escapeChar, i) && i + signs.escapeChar.length < text.length) {
      i += signs.escapeChar.length;
      const [character = ''] = text.slice(i);
      pattern += literally(character);
      i += character.length;
    } else if (text.startsWith(signs.wildCard, i)) {
      pattern += '%';
      i += signs.wildCard.length;
    } else if (text.startsWith(signs.singleChar, i)) {
      pattern += '_';
      i += signs.singleChar.length;
    } else {
      pattern += literally(text.charAt(i));
      i++;
    }
  }
  return pattern;
}

const literally = (character: string): string => (/[%_\\]/.test(character) ? `\\${character}` : character);

function between(element: XmlElement, context: FesContext): Filter {
  const target = reference(element, context);
  const [lower, upper] = ['LowerBoundary', 'UpperBoundary'].map((name) =>
    childText(childOf(element, name), 'Literal'),
  );
  if (lower === undefined || upper === undefined) {
    throw fault(element, 'needs a Literal in LowerBoundary and in UpperBoundary');
  }
  if (target.kind === 'never-given') return NOTHING;
  return { op: 'between', property: target.kind === 'gml-id' ? 'id' : target.name, lower, upper };
}

function isNull(target: ValueReference): Filter {
  if (target.kind === 'never-given') return EVERYTHING;
  return target.kind === 'property' ? { op: 'is-null', property: target.name } : NOTHING;
}

function resourceIds(elements: readonly XmlElement[], context: FesContext): Filter {
  const ids = elements.map((element) => {
    const attribute = IDENTIFIERS.get(element.local) ?? 'rid';
    const rid = element.attributes[attribute]?.trim();
    if (!rid) throw fault(element, `needs the attribute ${attribute.replace(/^.*\}/, 'gml:')}`);
    const id = idOfResource(rid, context);
    if (id === undefined) {
      throw invalidParameter('rid', `Resource "${rid.slice(0, 200)}" is not of type ${context.layer.name}`);
    }
    return id;
  });
  return { op: 'ids', ids };
}

/** The business id behind a resource id; undefined when the id is of another layer. */
export function idOfResource(rid: string, { layer, layerNames }: FesContext): string | undefined {
  const named = parseGmlId(rid);
  if (named?.layer === layer.name) return named.id;
  return named && layerNames.includes(named.layer) ? undefined : rid;
}

function bbox(element: XmlElement, context: FesContext): Filter {
  const envelope = childOf(element, 'Envelope') ?? childOf(element, 'Box');
  if (!envelope) throw fault(element, 'needs a gml:Envelope');
  spatialReference(element, context);
  return { op: 'bbox', bbox: readEnvelope(envelope, frameOf(context)) };
}

function relation(element: XmlElement, operator: SpatialOperator, context: FesContext): Filter {
  return { op: 'spatial', operator, ...operandOf(element, context) };
}

function distance(element: XmlElement, context: FesContext): Filter {
  const measure = childOf(element, 'Distance');
  const value = Number(measure?.text.trim() || Number.NaN);
  const unit = measure?.attributes['uom'] ?? measure?.attributes['units'] ?? 'm';
  const factor = METRES_PER_UNIT[unit.replace(/^.*[:/#]/, '').toLowerCase()];
  if (!Number.isFinite(value) || value < 0) throw fault(element, 'needs a Distance of 0 or more');
  if (factor === undefined) throw fault(element, `has an unknown unit "${unit.slice(0, 50)}"; use m or km`);
  return {
    op: 'distance',
    within: element.local === 'DWithin',
    distanceM: value * factor,
    ...operandOf(element, context),
  };
}

const NO_OPERAND: ReadonlySet<string> = new Set(['ValueReference', 'PropertyName', 'Distance']);

function operandOf(element: XmlElement, context: FesContext) {
  spatialReference(element, context);
  const operand = element.children.find(({ local }) => !NO_OPERAND.has(local));
  if (!operand) throw fault(element, 'needs a GML geometry');
  if (operand.local === 'Envelope' || operand.local === 'Box') {
    const box = readEnvelope(operand, frameOf(context));
    return { geometry: { type: 'Polygon', coordinates: [ringOfBbox(box)] }, srid: box.srid } as const;
  }
  return readGmlGeometry(operand, frameOf(context));
}

/** Every layer has one geometry, so the reference of a spatial operator can only name that or be left out. */
function spatialReference(element: XmlElement, context: FesContext): void {
  const text = childText(element, 'ValueReference') ?? childText(element, 'PropertyName');
  if (text === undefined) return;
  const target = readValueReference(text, context.layer, true);
  if (target.kind !== 'geometry') {
    throw invalidParameter('filter', `Line ${element.line}: ${text.slice(0, 100)} is not a geometry`);
  }
}

function reference(
  element: XmlElement,
  { layer }: FesContext,
): Exclude<ValueReference, { kind: 'geometry' }> {
  const text = childText(element, 'ValueReference') ?? childText(element, 'PropertyName');
  if (text === undefined) throw fault(element, 'needs a ValueReference');
  const target = readValueReference(text, layer, false);
  if (target.kind === 'geometry') {
    throw invalidParameter(
      'filter',
      `Line ${element.line}: ${text.slice(0, 100)} is a geometry; compare it with spatial operators`,
    );
  }
  return target;
}

function frameOf({ defaultCrs, resolveCrs = PLAIN_FRAME.resolveCrs }: FesContext): GmlFrame {
  crsOf(defaultCrs.srid);
  return { ...PLAIN_FRAME, crs: defaultCrs, resolveCrs };
}

function fault(element: XmlElement, message: string): Error {
  return invalidParameter('filter', `Line ${element.line}: ${element.local} ${message}`);
}
