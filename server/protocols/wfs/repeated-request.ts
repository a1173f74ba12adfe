/** A request as an address that repeats it by GET, whichever encoding it came in: what links between pages are made of. */
import { elementText } from '../../../core/xml/element-text.ts';
import type { Ask } from '../../http/protocol.ts';
import { KEPT_REQUEST, type KeptRequests } from './kept-requests.ts';
import type { Query, WfsRequest } from './request.ts';
import { VERSION } from './request.ts';

/** The address of the same request with some parameters replaced; undefined takes one away. */
export type Repeat = (changes: Readonly<Record<string, string | number | undefined>>) => string;

/** Longer queries are kept here instead of being written into the address, whose length is limited. */
const LONGEST_QUERY = 8_000;

type Pageable = Extract<WfsRequest, { operation: 'GetFeature' | 'GetFeatureWithLock' | 'GetPropertyValue' }>;

export function repeatOf(request: Pageable, ask: Ask, kept: KeptRequests): Repeat {
  let base: URLSearchParams | undefined;
  return (changes) => {
    base ??= ask.method === 'POST' ? posted(request, ask, kept) : ask.query;
    const query = new URLSearchParams();
    const changed = new Set(Object.keys(changes).map((name) => name.toLowerCase()));
    for (const [name, value] of base) if (!changed.has(name.toLowerCase())) query.append(name, value);
    for (const [name, value] of Object.entries(changes)) {
      if (value !== undefined) query.append(name, String(value));
    }
    return `${ask.publicUrl}${ask.path}?${query}`;
  };
}

function posted(request: Pageable, ask: Ask, kept: KeptRequests): URLSearchParams {
  const asked = pairs(whatIsAsked(request));
  const text = asked.toString();
  const query =
    text.length <= LONGEST_QUERY ? asked : new URLSearchParams({ [KEPT_REQUEST]: kept.keep(text) });
  for (const [name, value] of pairs(whichPart(request))) query.append(name, value);
  for (const [name, value] of ask.query) if (!query.has(name)) query.append(name, value);
  return query;
}

const pairs = (values: Readonly<Record<string, string | undefined>>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  );

/** The key-value pairs that `kvp-request.ts` reads as this request, without its page. */
function whatIsAsked(request: Pageable): Record<string, string | undefined> {
  const { operation, presentation, queries } = request;
  return {
    service: 'WFS',
    version: operation === 'GetFeature' ? request.version : VERSION,
    request: operation,
    ...queryPairs(queries),
    ...(operation === 'GetPropertyValue' ? { valueReference: request.valueReference } : {}),
    outputFormat: presentation.outputFormat,
  };
}

function whichPart({ presentation }: Pageable): Record<string, string | undefined> {
  const { resultType, startIndex, count } = presentation;
  return {
    resultType: resultType === 'hits' ? resultType : undefined,
    startIndex: startIndex === 0 ? undefined : String(startIndex),
    count: String(count),
  };
}

/** Only the answer to one query has pages. */
function queryPairs([query, ...more]: readonly Query[]): Record<string, string | undefined> {
  if (!query || more.length > 0) return {};
  if (query.kind === 'stored') return { storedQuery_Id: query.id, ...Object.fromEntries(query.parameters) };
  return {
    typeNames: query.typeName,
    resourceId: query.resourceIds.join(','),
    bbox: query.bbox,
    filter: query.filter && elementText(query.filter),
    cql_filter: query.cql,
    srsName: query.srsName,
    propertyName: query.propertyNames?.join(','),
    sortBy: query.sortBy
      .map(({ reference, descending }) => `${reference} ${descending ? 'DESC' : 'ASC'}`)
      .join(','),
  };
}
