/** The one stored query that every WFS has (09-025r2, 7.9.3.6). */
import { invalidParameter } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { typeName, xmlNamesOf } from '../../../core/formats/gml.ts';
import { type Markup, markup, raw } from '../../../core/xml/writer.ts';
import type { Reply } from '../../http/protocol.ts';
import { GET_FEATURE_BY_ID } from './request.ts';

function rootAttributes(layers: readonly Layer[]): Markup {
  const { prefix, namespace } = xmlNamesOf(layers);
  return markup`xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:${raw(prefix)}="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/wfs/2.0 http://schemas.opengis.net/wfs/2.0/wfs.xsd"`;
}

const TITLE = 'Feature by its resource id (gml:id)';

export function listStoredQueries(layers: readonly Layer[]): Reply {
  return xmlReply(
    markup`<?xml version="1.0" encoding="UTF-8"?>
<wfs:ListStoredQueriesResponse ${rootAttributes(layers)}>
<wfs:StoredQuery id="${GET_FEATURE_BY_ID}"><wfs:Title xml:lang="en">${TITLE}</wfs:Title>${layers.map((layer) => markup`<wfs:ReturnFeatureType>${typeName(layer)}</wfs:ReturnFeatureType>`)}</wfs:StoredQuery>
</wfs:ListStoredQueriesResponse>
`.text,
  );
}

/** @throws TwinError invalid-parameter for an id that is not there */
export function describeStoredQueries(layers: readonly Layer[], ids: readonly string[] | undefined): Reply {
  for (const id of ids ?? []) checkStoredQuery(id);
  const types = layers.map(typeName).join(' ');
  return xmlReply(
    markup`<?xml version="1.0" encoding="UTF-8"?>
<wfs:DescribeStoredQueriesResponse ${rootAttributes(layers)}>
<wfs:StoredQueryDescription id="${GET_FEATURE_BY_ID}"><wfs:Title xml:lang="en">${TITLE}</wfs:Title>
<wfs:Parameter name="id" type="xsd:string"><wfs:Title xml:lang="en">Resource id, as in gml:id</wfs:Title></wfs:Parameter>
<wfs:QueryExpressionText returnFeatureTypes="${types}" language="urn:ogc:def:queryLanguage:OGC-WFS::WFS_QueryExpression" isPrivate="true"/>
</wfs:StoredQueryDescription>
</wfs:DescribeStoredQueriesResponse>
`.text,
  );
}

export function checkStoredQuery(id: string): void {
  if (id !== GET_FEATURE_BY_ID) {
    throw invalidParameter(
      'storedQuery_Id',
      `There is no stored query "${id.slice(0, 200)}"; there is ${GET_FEATURE_BY_ID}`,
    );
  }
}

const xmlReply = (body: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body,
});
