/** GetCapabilities of WFS 1.1 (04-094, 13). */
import type { Language } from '../../../core/feature/layer.ts';
import { OLD_GML_NAMESPACE, typeName, xmlNamesOf } from '../../../core/formats/gml.ts';
import { crsUrn } from '../../../core/geo/crs.ts';
import { withStaleness } from '../../../core/metadata/metadata-record.ts';
import { type Markup, markup, raw } from '../../../core/xml/writer.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { recordAddress } from '../../http/record-address.ts';
import { type DescribedType, extent, SERVICE_WORDS } from './capability-parts.ts';
import { otherCrs } from './feature-types.ts';
import { SPATIAL } from './filter-capabilities.ts';
import { OLD_GML_TYPE, OLD_OUTPUT_FORMATS } from './output-formats.ts';
import { OLD_WFS_NAMESPACE, VERSIONS } from './versions.ts';

const COMPARISONS = [
  'LessThan',
  'GreaterThan',
  'LessThanEqualTo',
  'GreaterThanEqualTo',
  'EqualTo',
  'NotEqualTo',
  'Like',
  'Between',
  'NullCheck',
] as const;

/** @param isCurrent for a client that has the present document: then it is the root and the part that must not be absent */
export function oldCapabilities(
  described: readonly DescribedType[],
  updateSequence: number,
  language: Language,
  ask: Ask,
  isCurrent: boolean,
): Reply {
  const layers = described.map(({ layer }) => layer);
  const { prefix, namespace } = xmlNamesOf(layers);
  const { text } = markup`<?xml version="1.0" encoding="UTF-8"?>
<wfs:WFS_Capabilities xmlns:wfs="${OLD_WFS_NAMESPACE}" xmlns:ows="http://www.opengis.net/ows" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="${OLD_GML_NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:${raw(prefix)}="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${OLD_WFS_NAMESPACE} http://schemas.opengis.net/wfs/1.1.0/wfs.xsd" version="1.1.0" updateSequence="${updateSequence}">
${!isCurrent && sections(described, language, ask)}${filters()}</wfs:WFS_Capabilities>
`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml', 'content-language': language, vary: 'Accept-Language' },
    body: text,
  };
}

function sections(described: readonly DescribedType[], language: Language, ask: Ask): Markup {
  const [first] = described.map(({ layer }) => layer);
  return markup`<ows:ServiceIdentification><ows:Title>${SERVICE_WORDS.title[language]}</ows:Title><ows:Abstract>${SERVICE_WORDS.abstract[language]}</ows:Abstract><ows:Keywords>${SERVICE_WORDS.keywords[language].map((word) => markup`<ows:Keyword>${word}</ows:Keyword>`)}</ows:Keywords><ows:ServiceType>WFS</ows:ServiceType><ows:ServiceTypeVersion>1.1.0</ows:ServiceTypeVersion><ows:Fees>NONE</ows:Fees><ows:AccessConstraints>${first?.licence[language] ?? 'NONE'}</ows:AccessConstraints></ows:ServiceIdentification>
<ows:ServiceProvider><ows:ProviderName>${first?.steward[language] ?? SERVICE_WORDS.provider[language]}</ows:ProviderName><ows:ServiceContact/></ows:ServiceProvider>
${operations(`${ask.publicUrl}/wfs`)}<wfs:FeatureTypeList>
<wfs:Operations><wfs:Operation>Query</wfs:Operation></wfs:Operations>
${described.map((type) => featureType(type, language, ask.publicUrl))}</wfs:FeatureTypeList>
`;
}

function operations(url: string): Markup {
  const values = (name: string, list: readonly string[]) =>
    markup`<ows:Parameter name="${name}">${list.map((value) => markup`<ows:Value>${value}</ows:Value>`)}</ows:Parameter>`;
  const get = markup`<ows:Get xlink:href="${url}?"/>`;
  const operation = (name: string, byGet: boolean, parameters: readonly Markup[]) =>
    markup`<ows:Operation name="${name}"><ows:DCP><ows:HTTP>${byGet && get}<ows:Post xlink:href="${url}"/></ows:HTTP></ows:DCP>${parameters}</ows:Operation>
`;
  return markup`<ows:OperationsMetadata>
${operation('GetCapabilities', true, [values('AcceptVersions', VERSIONS), values('AcceptFormats', ['text/xml'])])}${operation('DescribeFeatureType', true, [values('outputFormat', [OLD_GML_TYPE])])}${operation('GetFeature', true, [values('resultType', ['results', 'hits']), values('outputFormat', OLD_OUTPUT_FORMATS)])}${operation('Transaction', false, [values('inputFormat', [OLD_GML_TYPE]), values('idgen', ['GenerateNew', 'UseExisting']), values('releaseAction', ['ALL', 'SOME'])])}</ows:OperationsMetadata>
`;
}

function featureType({ layer, status }: DescribedType, language: Language, publicUrl: string): Markup {
  const metadata = recordAddress(publicUrl, layer);
  const abstract = withStaleness(layer.description, layer, status, new Date())[language];
  const edits = ['Query', 'Insert', 'Update', 'Delete'].map(
    (name) => markup`<wfs:Operation>${name}</wfs:Operation>`,
  );
  return markup`<wfs:FeatureType><wfs:Name>${typeName(layer)}</wfs:Name><wfs:Title>${layer.title[language]}</wfs:Title><wfs:Abstract>${abstract}</wfs:Abstract><wfs:DefaultSRS>${crsUrn(layer.srid)}</wfs:DefaultSRS>${otherCrs(layer).map((urn) => markup`<wfs:OtherSRS>${urn}</wfs:OtherSRS>`)}${layer.editable && markup`<wfs:Operations>${edits}</wfs:Operations>`}<wfs:OutputFormats>${OLD_OUTPUT_FORMATS.map((format) => markup`<wfs:Format>${format}</wfs:Format>`)}</wfs:OutputFormats>${extent(layer, status) ?? WORLD}${metadata !== undefined && markup`<wfs:MetadataURL type="19139" format="text/xml">${metadata}</wfs:MetadataURL>`}</wfs:FeatureType>
`;
}

/** Of a type without objects: the element must be there. */
const WORLD = markup`<ows:WGS84BoundingBox><ows:LowerCorner>-180 -90</ows:LowerCorner><ows:UpperCorner>180 90</ows:UpperCorner></ows:WGS84BoundingBox>`;

const filters = (): Markup =>
  markup`<ogc:Filter_Capabilities>
<ogc:Spatial_Capabilities><ogc:GeometryOperands>${['Envelope', 'Point', 'LineString', 'Polygon'].map((name) => markup`<ogc:GeometryOperand>gml:${name}</ogc:GeometryOperand>`)}</ogc:GeometryOperands><ogc:SpatialOperators>${SPATIAL.map((name) => markup`<ogc:SpatialOperator name="${name}"/>`)}</ogc:SpatialOperators></ogc:Spatial_Capabilities>
<ogc:Scalar_Capabilities><ogc:LogicalOperators/><ogc:ComparisonOperators>${COMPARISONS.map((name) => markup`<ogc:ComparisonOperator>${name}</ogc:ComparisonOperator>`)}</ogc:ComparisonOperators></ogc:Scalar_Capabilities>
<ogc:Id_Capabilities><ogc:EID/><ogc:FID/></ogc:Id_Capabilities>
</ogc:Filter_Capabilities>
`;
