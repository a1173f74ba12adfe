/** wfs:StoredQueryDefinition (09-025r2, 14.2.2): read, and tried on the types that there are. */
import type { CancelSignal } from '../../../core/cancel.ts';
import { invalidParameter, missingParameter, TwinError } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { FeatureSource } from '../../../core/feature/source.ts';
import { allOf, NOTHING } from '../../../core/filter/ast.ts';
import { childrenOf, textOf, type XmlElement } from '../../../core/xml/element.ts';
import { elementText } from '../../../core/xml/element-text.ts';
import { parseXml } from '../../../core/xml/reader.ts';
import type { StoredQueryDefinition, StoredQueryParameter } from '../../services/stored-queries.ts';
import { featureType } from './feature-types.ts';
import type { AdHocQuery } from './request.ts';
import { selectionsOf } from './selection.ts';
import { parameterType, placesIn, sampleValues, withValues } from './stored-query-parameters.ts';
import { adHocQuery, localName } from './xml-query.ts';

export const QUERY_LANGUAGE = 'urn:ogc:def:queryLanguage:OGC-WFS::WFS_QueryExpression';
/** As 2.0.0 spelled it. */
const QUERY_LANGUAGES = [QUERY_LANGUAGE, 'urn:ogc:def:queryLanguage:OGC-WFS::WFSQueryExpression'];

const LONGEST_ID = 500;
const MOST_PARAMETERS = 50;
const LONGEST_QUERY = 64 * 1024;
/** Key-value pairs of every request, which a parameter of that name could not be told from. */
const RESERVED =
  /^(service|version|request|storedquery_id|outputformat|resulttype|count|startindex|cursor|resolve\w*|namespaces|srsname|valuereference|lockid|expiry|lockaction|at)$/i;

/** @throws TwinError that names what is at fault */
export function readDefinition(element: XmlElement): StoredQueryDefinition {
  const id = element.attributes['id']?.trim();
  if (!id)
    throw missingParameter('id', `Line ${element.line}: wfs:StoredQueryDefinition needs the attribute id`);
  if (id.length > LONGEST_ID || /\s/.test(id)) {
    throw invalidParameter('id', `The id of a stored query is a URI of at most ${LONGEST_ID} characters`);
  }
  const [expression, ...more] = childrenOf(element, 'QueryExpressionText');
  if (!expression || more.length > 0) {
    throw invalidParameter('QueryExpressionText', `${id} needs one wfs:QueryExpressionText`);
  }
  const language = expression.attributes['language'];
  if (language === undefined || !QUERY_LANGUAGES.includes(language)) {
    throw invalidParameter(
      'language',
      `The language "${(language ?? '').slice(0, 200)}" is not read; use ${QUERY_LANGUAGE}`,
    );
  }
  const [query, ...others] = expression.children;
  if (query?.local !== 'Query' || others.length > 0) {
    throw invalidParameter('QueryExpressionText', `${id} needs one wfs:Query in its wfs:QueryExpressionText`);
  }
  const parameters = childrenOf(element, 'Parameter').map(readParameter);
  checkParameters(parameters, query);
  const text = elementText(query);
  if (text.length > LONGEST_QUERY) {
    throw new TwinError('too-large', `The text of a stored query has at most ${LONGEST_QUERY} characters`);
  }
  return {
    id,
    ...wordsOf(element),
    parameters,
    returns: namesIn(expression.attributes['returnFeatureTypes']),
    isPrivate: /^(true|1)$/.test(expression.attributes['isPrivate'] ?? ''),
    query: text,
  };
}

const namesIn = (text = ''): readonly string[] =>
  text
    .split(/\s+/)
    .filter((name) => name !== '')
    .map(localName);

function readParameter(element: XmlElement): StoredQueryParameter {
  const { name = '', type = '' } = element.attributes;
  if (!/^[\p{L}_][\p{L}\p{N}_.-]{0,99}$/u.test(name)) {
    throw invalidParameter('name', `Line ${element.line}: "${name.slice(0, 100)}" is no name of a parameter`);
  }
  if (RESERVED.test(name)) {
    throw invalidParameter(name, `A parameter cannot be called ${name}: requests have one of that name`);
  }
  return { name, ...parameterType(name, type), ...wordsOf(element) };
}

function checkParameters(parameters: readonly StoredQueryParameter[], query: XmlElement): void {
  if (parameters.length > MOST_PARAMETERS) {
    throw invalidParameter('Parameter', `A stored query has at most ${MOST_PARAMETERS} parameters`);
  }
  const names = new Set(parameters.map(({ name }) => name.toLowerCase()));
  if (names.size < parameters.length) {
    throw invalidParameter('Parameter', 'Two parameters have the same name; capitals do not tell them apart');
  }
  const places = new Set(placesIn(query));
  for (const place of places) {
    if (!parameters.some(({ name }) => name === place)) {
      throw invalidParameter(place, `\${${place.slice(0, 100)}} names no wfs:Parameter of the definition`);
    }
  }
  const idle = parameters.find(({ name }) => !places.has(name));
  if (idle) throw invalidParameter(idle.name, `The query has no place \${${idle.name}} for its parameter`);
}

function wordsOf(element: XmlElement): Pick<StoredQueryParameter, 'titles' | 'abstracts'> {
  const spoken = (local: string) =>
    childrenOf(element, local).map((each) => ({
      language: each.attributes['{http://www.w3.org/XML/1998/namespace}lang'],
      text: textOf(each) ?? '',
    }));
  return { titles: spoken('Title'), abstracts: spoken('Abstract') };
}

/** The query that a call asks for. */
export function calledQuery(
  { parameters, query }: StoredQueryDefinition,
  values: ReadonlyMap<string, string>,
): AdHocQuery {
  return adHocQuery(withValues(parseXml(query), parameters, values));
}

/**
 * Tries the query on the types that there are, with values of the declared types.
 * @throws TwinError as the same query would get it
 */
export async function tryDefinition(
  definition: StoredQueryDefinition,
  layers: readonly Layer[],
  source: FeatureSource,
  signal: CancelSignal,
): Promise<void> {
  for (const name of definition.returns) featureType(layers, name, 'returnFeatureTypes');
  const samples = sampleValues(definition.parameters);
  const tried = async (values: ReadonlyMap<string, string>) => {
    const called = calledQuery(definition, values);
    for (const { query } of selectionsOf(called, layers)) {
      // Nothing is read: the source gives literals their types and looks at names first.
      const filter = allOf(query.filter, NOTHING) ?? NOTHING;
      for await (const _ of source.query({ ...query, filter, limit: 1 }, signal)) return called;
    }
    return called;
  };
  const written = parseXml(definition.query).attributes['typeNames']?.trim() ?? '';
  const place = /^\$\{([^{}]*)\}$/.exec(written)?.[1];
  if (place === undefined) {
    const { typeName = '' } = await tried(samples);
    if (definition.returns.length > 0 && !definition.returns.includes(typeName)) {
      throw invalidParameter('returnFeatureTypes', `The query answers with ${typeName}; name it there`);
    }
    return;
  }
  // For a type that the caller names it has to hold for one at least.
  let fault: unknown = invalidParameter('returnFeatureTypes', 'There are no feature types yet');
  for (const { name } of layers) {
    if (definition.returns.length > 0 && !definition.returns.includes(name)) continue;
    try {
      await tried(new Map([...samples, [place, name]]));
      return;
    } catch (error) {
      fault = error;
    }
  }
  throw fault;
}
