/** Stored queries (09-025r2, 14): the one that every WFS has (7.9.3.6), and those that staff keep. */
import { invalidParameter, TwinError } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { GML_NAMESPACE, typeName, xmlNamesOf } from '../../../core/formats/gml.ts';
import { escapeText, type Markup, markup, raw } from '../../../core/xml/writer.ts';
import { requireRight } from '../../access/require-right.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { StoredQueryDefinition } from '../../services/stored-queries.ts';
import { WfsError } from './exceptions.ts';
import { GET_FEATURE_BY_ID, type Query, WFS_NAMESPACE } from './request.ts';
import { calledQuery, QUERY_LANGUAGE, tryDefinition } from './stored-query-definition.ts';
import { valuesOf } from './stored-query-parameters.ts';
import type { WfsServices } from './wfs-services.ts';

function rootAttributes(layers: readonly Layer[]): Markup {
  const { prefix, namespace } = xmlNamesOf(layers);
  return markup`xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="${GML_NAMESPACE}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:${raw(prefix)}="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/wfs/2.0 http://schemas.opengis.net/wfs/2.0/wfs.xsd"`;
}

const GET_BY_ID: StoredQueryDefinition = {
  id: GET_FEATURE_BY_ID,
  titles: [{ language: 'en', text: 'Feature by its resource id (gml:id)' }],
  abstracts: [],
  parameters: [
    {
      ...{ name: 'id', type: 'string', isGeometry: false, abstracts: [] },
      titles: [{ language: 'en', text: 'Resource id, as in gml:id' }],
    },
  ],
  returns: [],
  isPrivate: true,
  query: '',
};

export async function listStoredQueries(
  { storedQueries }: WfsServices,
  layers: readonly Layer[],
): Promise<Reply> {
  const queries = [GET_BY_ID, ...(await storedQueries.all())];
  return xmlReply(
    markup`<?xml version="1.0" encoding="UTF-8"?>
<wfs:ListStoredQueriesResponse ${rootAttributes(layers)}>
${queries.map((query) => markup`<wfs:StoredQuery id="${query.id}">${spoken('Title', query.titles)}${returnedBy(query, layers).map((name) => markup`<wfs:ReturnFeatureType>${name}</wfs:ReturnFeatureType>`)}</wfs:StoredQuery>\n`)}</wfs:ListStoredQueriesResponse>
`.text,
  );
}

/** @throws TwinError invalid-parameter for an id that is not there */
export async function describeStoredQueries(
  { storedQueries }: WfsServices,
  layers: readonly Layer[],
  ids: readonly string[] | undefined,
): Promise<Reply> {
  const queries = [GET_BY_ID, ...(await storedQueries.all())];
  const asked = ids ? [...new Set(ids)].map((id) => queryNamed(id, queries)) : queries;
  return xmlReply(
    markup`<?xml version="1.0" encoding="UTF-8"?>
<wfs:DescribeStoredQueriesResponse ${rootAttributes(layers)}>
${asked.map((query) => description(query, layers))}</wfs:DescribeStoredQueriesResponse>
`.text,
  );
}

function description(query: StoredQueryDefinition, layers: readonly Layer[]): Markup {
  const parameters = query.parameters.map(
    ({ name, type, isGeometry, titles, abstracts }) =>
      markup`<wfs:Parameter name="${name}" type="${isGeometry ? 'gml' : 'xsd'}:${type}">${spoken('Title', titles)}${spoken('Abstract', abstracts)}</wfs:Parameter>\n`,
  );
  return markup`<wfs:StoredQueryDescription id="${query.id}">${spoken('Title', query.titles)}${spoken('Abstract', query.abstracts)}
${parameters}<wfs:QueryExpressionText returnFeatureTypes="${returnedBy(query, layers).join(' ')}" language="${QUERY_LANGUAGE}" isPrivate="${String(query.isPrivate)}">${raw(query.isPrivate ? '' : query.query)}</wfs:QueryExpressionText>
</wfs:StoredQueryDescription>
`;
}

const spoken = (name: string, texts: StoredQueryDefinition['titles']) =>
  texts.map(({ language, text }) =>
    raw(
      `<wfs:${name}${language === undefined ? '' : ` xml:lang="${escapeText(language)}"`}>${escapeText(text)}</wfs:${name}>`,
    ),
  );

/** Of the types that this door has. */
const returnedBy = ({ returns }: StoredQueryDefinition, layers: readonly Layer[]): readonly string[] =>
  layers.filter(({ name }) => returns.length === 0 || returns.includes(name)).map(typeName);

/** All or none (09-025r2, 14.5). @throws WfsError DuplicateStoredQueryIdValue; TwinError */
export async function createStoredQueries(
  { catalogue, featuresFor, storedQueries }: WfsServices,
  definitions: readonly StoredQueryDefinition[],
  { view, signal }: Ask,
): Promise<Reply> {
  requireRight(view.who, 'describe');
  const layers = await catalogue.layers(view);
  for (const definition of definitions) {
    if (definition.id === GET_FEATURE_BY_ID) throw duplicate(definition.id);
    await tryDefinition(definition, layers, featuresFor(view), signal);
  }
  try {
    await storedQueries.create(definitions, view);
  } catch (error) {
    throw error instanceof TwinError && error.kind === 'conflict' ? duplicate(error.parameter ?? '') : error;
  }
  return done('CreateStoredQueryResponse');
}

const duplicate = (id: string): WfsError =>
  new WfsError(
    'DuplicateStoredQueryIdValue',
    `There is a stored query "${id}" already; drop it first, or choose another id`,
    id,
  );

/** @throws TwinError invalid-parameter for an id that is not there */
export async function dropStoredQuery(
  { storedQueries }: WfsServices,
  id: string,
  { view }: Ask,
): Promise<Reply> {
  requireRight(view.who, 'describe');
  if (id === GET_FEATURE_BY_ID) throw invalidParameter('id', `Every WFS has ${id}; it cannot be dropped`);
  if (!(await storedQueries.drop(id, view))) {
    throw invalidParameter('id', `There is no stored query "${id.slice(0, 200)}"`);
  }
  return done('DropStoredQueryResponse');
}

const done = (name: string): Reply =>
  xmlReply(
    `<?xml version="1.0" encoding="UTF-8"?>\n<wfs:${name} xmlns:wfs="${WFS_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${WFS_NAMESPACE} http://schemas.opengis.net/wfs/2.0/wfs.xsd" status="OK"/>\n`,
  );

/**
 * Queries as they are written, in the place of those that are called by name; only GetFeatureById, whose answer has a form
 * of its own, stays.
 * @throws TwinError for an id that is not there or a value that is not of its type
 */
export async function withStoredQueries<R extends { readonly queries: readonly Query[] }>(
  request: R,
  { storedQueries }: WfsServices,
): Promise<R> {
  if (request.queries.every((query) => !isKept(query))) return request;
  const kept = await storedQueries.all();
  const queries = request.queries.map((query): Query => {
    if (query.kind === 'ad-hoc' || !isKept(query)) return query;
    const definition = queryNamed(query.id, kept);
    const called = calledQuery(definition, valuesOf(definition.parameters, query.parameters));
    return { ...called, srsName: called.srsName ?? query.parameters.get('srsname') };
  });
  return { ...request, queries };
}

const isKept = (query: Query): boolean => query.kind === 'stored' && query.id !== GET_FEATURE_BY_ID;

function queryNamed(id: string, queries: readonly StoredQueryDefinition[]): StoredQueryDefinition {
  const found = queries.find((query) => query.id === id);
  if (found) return found;
  throw invalidParameter(
    'storedQuery_Id',
    `There is no stored query "${id.slice(0, 200)}"; ListStoredQueries tells those that there are, ${GET_FEATURE_BY_ID} among them`,
  );
}

const xmlReply = (body: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body,
});
