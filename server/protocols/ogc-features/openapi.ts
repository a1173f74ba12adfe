/** The OpenAPI 3.0 document, exact for each collection: its filters, its CRS, its properties. */
import type { Language, Layer } from '../../../core/feature/layer.ts';
import { CQL2_LANGUAGES } from '../../../core/filter/cql2/cql2.ts';
import { markup } from '../../../core/xml/writer.ts';
import { HOME, pageReply } from '../../http/ogc-page.ts';
import type { OgcPart } from '../../http/ogc-part.ts';
import { GEOJSON_TYPE, json, readView } from '../../http/ogc-view.ts';
import { propertySchema } from '../../http/property-schema.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { crsList } from './crs-parameter.ts';
import { LIMIT } from './items-request.ts';
import { changeOperations, createOperation } from './openapi-edits.ts';
import { OPENAPI_TYPE } from './openapi-type.ts';
import { WORDS } from './words.ts';

export async function getApi(services: Services, parts: readonly OgcPart[], ask: Ask): Promise<Reply> {
  const view = readView(ask, [OPENAPI_TYPE, 'application/vnd.oai.openapi+json']);
  const layers = await services.catalogue.layers(ask.view);
  const document = apiDocument(layers, ask.publicUrl, view.language);
  const added = Object.assign({}, ...parts.map((part) => part.paths(view.language)));
  if (view.face === 'json') {
    return json(view, { ...document, paths: { ...document.paths, ...added } }, OPENAPI_TYPE);
  }
  const sections = Object.entries(document.paths).map(
    ([path, { get }]) => markup`<h2><code>GET ${path}</code></h2><p>${get.summary}</p>${parameterList(get)}`,
  );
  return pageReply({ title: WORDS.api[view.language], way: [] }, sections, ask, view);
}

function parameterList(get: object) {
  const parameters = ('parameters' in get ? get.parameters : []) as { name?: string; $ref?: string }[];
  const names = parameters.map((each) => each.name ?? each.$ref?.split('/').at(-1) ?? '');
  return (
    names.length > 0 && markup`<p class="note">${names.map((name) => markup`<code>${name}</code> `)}</p>`
  );
}

const ref = (name: string) => ({ $ref: `#/components/parameters/${name}` });

function apiDocument(layers: readonly Layer[], publicUrl: string, language: Language) {
  const common = [ref('f'), ref('lang')];
  const jsonAnswer = (summary: string) => ({
    get: { summary, parameters: common, responses: { 200: JSON_ANSWER, ...ERRORS } },
  });
  const perLayer = layers.flatMap((layer) => layerPaths(layer, language, common));
  return {
    openapi: '3.0.3',
    info: {
      title: WORDS.service[language],
      description: WORDS.serviceDescription[language],
      version: '1.0.0',
    },
    servers: [{ url: `${publicUrl}/ogc` }],
    paths: Object.fromEntries([
      ['/', jsonAnswer(HOME[language])],
      ['/conformance', jsonAnswer(WORDS.conformance[language])],
      ['/api', jsonAnswer(WORDS.api[language])],
      ['/collections', jsonAnswer(WORDS.collections[language])],
      ...perLayer,
    ] as [string, ReturnType<typeof jsonAnswer>][]),
    components: { parameters: PARAMETERS },
  };
}

function layerPaths(
  layer: Layer,
  language: Language,
  common: readonly object[],
): readonly [string, object][] {
  const path = `/collections/${layer.name}`;
  const title = layer.title[language];
  const crs = { type: 'string', format: 'uri', enum: crsList(layer) };
  const features = {
    description: title,
    content: { [GEOJSON_TYPE]: { schema: { type: 'object' } }, 'text/html': HTML },
  };
  const get = (summary: string, parameters: readonly object[], answer: object = JSON_ANSWER) => ({
    get: { tags: [layer.name], summary, parameters, responses: { 200: answer, ...ERRORS } },
  });
  const crsParameter = { name: 'crs', in: 'query', required: false, schema: crs };
  const filters = [
    { name: 'id', in: 'query', required: false, schema: { type: 'string' } },
    ...layer.properties.map((property) => ({
      name: property.name,
      in: 'query',
      required: false,
      description: property.label[language],
      schema: openApiSchema(propertySchema(property, language)),
    })),
  ];
  const names = { type: 'string', enum: ['id', ...layer.properties.map(({ name }) => name)] };
  return [
    [path, get(title, common)],
    [`${path}/queryables`, get(`${title}: ${WORDS.queryables[language]}`, common)],
    [`${path}/schema`, get(`${title}: ${WORDS.schema[language]}`, common)],
    [
      `${path}/items`,
      {
        ...(layer.editable && createOperation(layer, language)),
        ...get(
          `${title}: ${WORDS.items[language]}`,
          [
            ...['bbox', 'limit', 'datetime', 'offset', 'cursor', 'skipGeometry', 'filter', 'filter-lang'].map(
              ref,
            ),
            { name: 'bbox-crs', in: 'query', required: false, schema: crs },
            { name: 'filter-crs', in: 'query', required: false, schema: crs },
            crsParameter,
            {
              name: 'properties',
              in: 'query',
              required: false,
              style: 'form',
              explode: false,
              schema: { type: 'array', items: names },
            },
            ref('sortby'),
            ...filters,
            ...common,
          ],
          features,
        ),
      },
    ],
    [
      `${path}/items/{featureId}`,
      {
        ...get(`${title}: id`, [ref('featureId'), crsParameter, ...common], features),
        ...(layer.editable && changeOperations(layer, language, ref('featureId'))),
      },
    ],
  ];
}

/** OpenAPI 3.0 does not know every word of JSON Schema. */
function openApiSchema(schema: Record<string, unknown>): Record<string, unknown> {
  const { 'x-codelist': _codes, ...rest } = schema;
  return rest;
}

const HTML = { schema: { type: 'string' } } as const;
const JSON_ANSWER = {
  description: 'JSON or HTML',
  content: { 'application/json': { schema: { type: 'object' } }, 'text/html': HTML },
} as const;
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { type: 'object' } } },
});
const ERRORS = {
  400: problem('A parameter is wrong; "detail" says which and why'),
  404: problem('No such collection or object'),
  406: problem('The format is not offered'),
  500: problem('Our fault'),
  503: problem('The database does not answer; try again'),
} as const;

const query = (name: string, schema: object, description: string, extra: object = {}) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
  ...extra,
});

const PARAMETERS = {
  f: query('f', { type: 'string', enum: ['json', 'html'] }, 'Format; wins over Accept'),
  lang: query('lang', { type: 'string', enum: ['pl', 'en'] }, 'Language; wins over Accept-Language'),
  featureId: { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } },
  bbox: query(
    'bbox',
    { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
    'Lower corner, then upper corner, in the axis order of bbox-crs (default: longitude, latitude)',
    { style: 'form', explode: false },
  ),
  limit: query(
    'limit',
    { type: 'integer', minimum: 1, maximum: LIMIT.highest, default: LIMIT.standard },
    'Objects on a page',
    { style: 'form', explode: false },
  ),
  datetime: query(
    'datetime',
    { type: 'string' },
    'RFC 3339 moment or interval; open ends are ".." or empty. Compared with the version dates of the register',
    { style: 'form', explode: false },
  ),
  offset: query(
    'offset',
    { type: 'integer', minimum: 0 },
    'Objects to skip; the next links use a cursor instead',
  ),
  cursor: query('cursor', { type: 'string' }, 'Place in a listing, from a next link'),
  filter: query(
    'filter',
    { type: 'string' },
    "CQL2, for example storeys_above >= 3 AND S_INTERSECTS(geom, POINT(16.93 52.41)); properties are those of 'queryables'",
  ),
  'filter-lang': query(
    'filter-lang',
    { type: 'string', enum: CQL2_LANGUAGES, default: CQL2_LANGUAGES[0] },
    'Language of filter',
  ),
  skipGeometry: query('skipGeometry', { type: 'boolean', default: false }, 'Leave the geometry out'),
  sortby: query(
    'sortby',
    { type: 'string' },
    'Property names, separated by commas; "-" before a name reverses',
    {
      style: 'form',
      explode: false,
    },
  ),
} as const;
