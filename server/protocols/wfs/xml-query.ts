/** Queries as XML (09-025r2, 7.9). */
import { missingParameter, notSupported } from '../../../core/errors.ts';
import { childOf, childrenOf, childText, textOf, type XmlElement } from '../../../core/xml/element.ts';
import { elementText } from '../../../core/xml/element-text.ts';
import type { AdHocQuery, Query, StoredQuery } from './request.ts';

/** @throws TwinError missing-parameter without one */
export function queriesOf(root: XmlElement): readonly Query[] {
  const queries = root.children.flatMap((child): readonly Query[] => {
    if (child.local === 'Query') return [adHocQuery(child)];
    return child.local === 'StoredQuery' ? [storedQuery(child)] : [];
  });
  if (queries.length === 0)
    throw missingParameter('Query', 'The request has no wfs:Query and no wfs:StoredQuery');
  return queries;
}

export function adHocQuery(element: XmlElement): AdHocQuery {
  const { typeNames = element.attributes['typeName'] ?? '' } = element.attributes;
  const names = typeNames.split(/\s+/).filter((name) => name !== '');
  if (names.length === 0) throw missingParameter('typeNames', 'wfs:Query needs the attribute typeNames');
  if (names.length > 1)
    throw notSupported('Joins are not offered; use one wfs:Query for each type', 'typeNames');
  const propertyNames = childrenOf(element, 'PropertyName').map((each) => textOf(each) ?? '');
  const sortBy = childOf(element, 'SortBy');
  return {
    kind: 'ad-hoc',
    typeName: localName(names[0] ?? ''),
    resourceIds: [],
    bbox: undefined,
    filter: childOf(element, 'Filter'),
    cql: undefined,
    srsName: element.attributes['srsName'],
    propertyNames: propertyNames.length > 0 ? propertyNames : undefined,
    sortBy: (sortBy ? childrenOf(sortBy, 'SortProperty') : []).map((key) => ({
      reference: childText(key, 'ValueReference') ?? childText(key, 'PropertyName') ?? '',
      descending: childText(key, 'SortOrder')?.toUpperCase() === 'DESC',
    })),
  };
}

function storedQuery(element: XmlElement): StoredQuery {
  const id = element.attributes['id'];
  if (!id) throw missingParameter('id', 'wfs:StoredQuery needs the attribute id');
  const parameters = childrenOf(element, 'Parameter').map(
    (each) => [(each.attributes['name'] ?? '').toLowerCase(), valueIn(each)] as const,
  );
  return { kind: 'stored', id, parameters: new Map(parameters) };
}

/** An element (a geometry) as text, which key-value pairs have, too. */
const valueIn = ({ children: [element], text }: XmlElement): string =>
  element ? elementText(element) : text.trim();

/** Prefixes are declared by the caller; names alone are unique here. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
