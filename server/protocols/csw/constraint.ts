/** Constraints (07-006r1, 10.8.4.12): OGC Filter 1.1 and CQL text, over the queryables of the catalogue. */
import { invalidParameter } from '../../../core/errors.ts';
import type { SortKey } from '../../../core/feature/query.ts';
import type { Filter } from '../../../core/filter/ast.ts';
import { parseCql2 } from '../../../core/filter/cql2/cql2.ts';
import { parseFes } from '../../../core/filter/fes.ts';
import { filterableProperty } from '../../../core/filter/typed-literal.ts';
import { parseCrs } from '../../../core/geo/crs.ts';
import { queryableName, RECORDS } from '../../../core/metadata/record-queryables.ts';
import { childOf, childrenOf, childText, textOf, type XmlElement } from '../../../core/xml/element.ts';
import { parseXml } from '../../../core/xml/reader.ts';

const CRS84 = parseCrs('CRS:84');
const QUOTED = /('(?:[^']|'')*')/;
const QUERYABLE = /\b(?:dc|dct|dcterms|dcmiBox|apiso|csw|ows|gmd):[\w:/]*\w|\bAnyText\b/gi;

/** @param element csw:Constraint or csw:Query's child of that name */
export function readConstraint(element: XmlElement | undefined): Filter | undefined {
  if (!element) return undefined;
  const filter = childOf(element, 'Filter');
  if (filter) return filterOf(filter);
  const text = childText(element, 'CqlText');
  if (text !== undefined) return cqlFilter(text);
  throw invalidParameter('constraint', `Line ${element.line}: Constraint needs ogc:Filter or csw:CqlText`);
}

/** @param language FILTER or CQL_TEXT */
export function readConstraintText(text: string, language: string): Filter {
  if (language.toUpperCase() === 'CQL_TEXT') return cqlFilter(text);
  if (language.toUpperCase() === 'FILTER') return filterOf(parseXml(text));
  throw invalidParameter('constraintLanguage', 'constraintLanguage is FILTER or CQL_TEXT');
}

const filterOf = (element: XmlElement): Filter =>
  parseFes(withQueryables(element), { layer: RECORDS, layerNames: [RECORDS.name], defaultCrs: CRS84 });

function cqlFilter(text: string): Filter {
  const known = text
    .split(QUOTED)
    .map((part, index) => (index % 2 === 0 ? part.replace(QUERYABLE, (name) => queryableName(name)) : part))
    .join('');
  return parseCql2(known, 'cql2-text', { layer: RECORDS, crs: CRS84 });
}

/** The filter with the names that the layer of records has, in the words of FES 2.0. */
function withQueryables(element: XmlElement): XmlElement {
  if (element.local === 'PropertyName' || element.local === 'ValueReference') {
    return { ...element, local: 'ValueReference', text: queryableName(element.text) };
  }
  const attributes = element.attributes['escape']
    ? { ...element.attributes, escapeChar: element.attributes['escape'] }
    : element.attributes;
  return { ...element, attributes, children: element.children.map(withQueryables) };
}

/** `dc:title:A,dct:modified:D` */
export function readSortText(text: string): readonly SortKey[] {
  return text.split(',').map((part) => {
    const [, name = '', order = 'A'] = /^\s*(.*?)(?::([AD]))?\s*$/i.exec(part) ?? [];
    return sortKey(name, order);
  });
}

/** @param element ogc:SortBy */
export const readSort = (element: XmlElement | undefined): readonly SortKey[] =>
  (element ? childrenOf(element, 'SortProperty') : []).map((key) =>
    sortKey(childText(key, 'PropertyName') ?? '', textOf(childOf(key, 'SortOrder')) ?? 'ASC'),
  );

function sortKey(name: string, order: string): SortKey {
  const { name: property } = filterableProperty(RECORDS, queryableName(name), 'sortBy');
  return { property, descending: /^D/i.test(order) };
}
