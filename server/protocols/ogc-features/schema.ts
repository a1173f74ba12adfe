/** JSON Schemas of a layer: what it returns, and what it can be filtered by (Part 3, queryables; Part 5). */
import type { Layer } from '../../../core/feature/layer.ts';
import { markup } from '../../../core/xml/writer.ts';
import { href } from '../../http/links.ts';
import { pageReply } from '../../http/ogc-page.ts';
import { json, readView, type View } from '../../http/ogc-view.ts';
import { propertySchema, SCHEMA_TYPE } from '../../http/property-schema.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { layerOf } from './layer-path.ts';
import { WORDS } from './words.ts';

const GEOMETRY_FORMAT = {
  Point: 'geometry-point',
  MultiPoint: 'geometry-multipoint',
  LineString: 'geometry-linestring',
  MultiLineString: 'geometry-multilinestring',
  Polygon: 'geometry-polygon',
  MultiPolygon: 'geometry-multipolygon',
} as const satisfies Record<Layer['geometryType'], string>;

export async function getQueryables(services: Services, ask: Ask): Promise<Reply> {
  return schemaReply(await layerOf(services, ask), 'queryables', ask);
}

export async function getSchema(services: Services, ask: Ask): Promise<Reply> {
  return schemaReply(await layerOf(services, ask), 'schema', ask);
}

function schemaReply(layer: Layer, kind: 'queryables' | 'schema', ask: Ask): Reply {
  const view = readView(ask, [SCHEMA_TYPE, 'application/json']);
  if (view.face === 'html') return schemaPage(layer, kind, ask, view);
  const { language } = view;
  const id = {
    title: WORDS.identifier[language],
    type: 'string',
    ...(kind === 'schema' ? { 'x-ogc-role': 'id' } : {}),
  };
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: href(ask.publicUrl, ask.path),
    type: 'object',
    title: layer.title[language],
    description: layer.description[language],
    properties: {
      id,
      ...Object.fromEntries(
        layer.properties.map((property) => [property.name, propertySchema(property, language)]),
      ),
      geom: {
        title: WORDS.geometry[language],
        format: GEOMETRY_FORMAT[layer.geometryType],
        ...(kind === 'schema' ? { 'x-ogc-role': 'primary-geometry' } : {}),
      },
    },
    additionalProperties: false,
  };
  return json(view, document, SCHEMA_TYPE);
}

function schemaPage(layer: Layer, kind: 'queryables' | 'schema', ask: Ask, view: View): Reply {
  const { language } = view;
  const rows = layer.properties.map(
    (property) => markup`<tr><td><code>${property.name}</code></td><td>${property.label[language]}</td>
<td>${property.type}</td><td>${property.unit}</td><td>${property.codelist?.map(({ code, label }) => markup`<code>${code}</code> ${label[language]}<br>`)}</td></tr>`,
  );
  const heads = [WORDS.property, WORDS.meaning, WORDS.type, WORDS.unit, WORDS.value];
  const content = markup`<div class="scroll"><table><thead><tr>${heads.map((head) => markup`<th>${head[language]}</th>`)}</tr></thead>
<tbody><tr><td><code>id</code></td><td>${WORDS.identifier[language]}</td><td>text</td><td></td><td></td></tr>${rows}</tbody></table></div>`;
  const way = [
    { title: WORDS.collections[language], path: '/ogc/collections' },
    { title: layer.title[language], path: `/ogc/collections/${layer.name}` },
  ];
  return pageReply({ title: WORDS[kind][language], way }, content, ask, view);
}
