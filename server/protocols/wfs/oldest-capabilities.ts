/** GetCapabilities of WFS 1.0 (02-058, 12). */
import type { Language, LayerStatus } from '../../../core/feature/layer.ts';
import { plainText } from '../../../core/formats/coordinate-text.ts';
import { typeName, xmlNamesOf } from '../../../core/formats/gml.ts';
import { withStaleness } from '../../../core/metadata/metadata-record.ts';
import { type Markup, markup, raw } from '../../../core/xml/writer.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { type DescribedType, SERVICE_WORDS } from './capability-parts.ts';
import { defaultCrs } from './feature-types.ts';
import { OLD_WFS_NAMESPACE } from './versions.ts';

/** As Filter Encoding 1.0 names them in capabilities (02-059): `Intersect`, though the operator is `Intersects`. */
const SPATIAL = [
  'BBOX',
  'Equals',
  'Disjoint',
  'Intersect',
  'Touches',
  'Crosses',
  'Within',
  'Contains',
  'Overlaps',
  'Beyond',
  'DWithin',
] as const;

/** The version has no parameter `updateSequence`, but tells the number. */
export function oldestCapabilities(
  described: readonly DescribedType[],
  updateSequence: number,
  language: Language,
  ask: Ask,
): Reply {
  const layers = described.map(({ layer }) => layer);
  const { prefix, namespace } = xmlNamesOf(layers);
  const [first] = layers;
  const url = `${ask.publicUrl}/wfs`;
  const { text } = markup`<?xml version="1.0" encoding="UTF-8"?>
<WFS_Capabilities xmlns="${OLD_WFS_NAMESPACE}" xmlns:ogc="http://www.opengis.net/ogc" xmlns:${raw(prefix)}="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${OLD_WFS_NAMESPACE} http://schemas.opengis.net/wfs/1.0.0/WFS-capabilities.xsd" version="1.0.0" updateSequence="${updateSequence}">
<Service><Name>WFS</Name><Title>${SERVICE_WORDS.title[language]}</Title><Abstract>${SERVICE_WORDS.abstract[language]}</Abstract><Keywords>${SERVICE_WORDS.keywords[language].join(', ')}</Keywords><OnlineResource>${url}</OnlineResource><Fees>NONE</Fees><AccessConstraints>${first?.licence[language] ?? 'NONE'}</AccessConstraints></Service>
<Capability><Request>
${operation('GetCapabilities', url)}${operation('DescribeFeatureType', url, markup`<SchemaDescriptionLanguage><XMLSCHEMA/></SchemaDescriptionLanguage>`)}${operation('GetFeature', url, markup`<ResultFormat><GML2/></ResultFormat>`)}<Transaction>${post(url)}</Transaction>
</Request></Capability>
<FeatureTypeList><Operations><Query/></Operations>
${described.map((type) => featureType(type, language))}</FeatureTypeList>
<ogc:Filter_Capabilities><ogc:Spatial_Capabilities><ogc:Spatial_Operators>${SPATIAL.map((name) => raw(`<ogc:${name}/>`))}</ogc:Spatial_Operators></ogc:Spatial_Capabilities><ogc:Scalar_Capabilities><ogc:Logical_Operators/><ogc:Comparison_Operators><ogc:Simple_Comparisons/><ogc:Like/><ogc:Between/><ogc:NullCheck/></ogc:Comparison_Operators></ogc:Scalar_Capabilities></ogc:Filter_Capabilities>
</WFS_Capabilities>
`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml', 'content-language': language, vary: 'Accept-Language' },
    body: text,
  };
}

const operation = (name: string, url: string, form?: Markup): Markup =>
  markup`<${raw(name)}>${form}<DCPType><HTTP><Get onlineResource="${url}?"/></HTTP></DCPType>${post(url)}</${raw(name)}>
`;

const post = (url: string): Markup => markup`<DCPType><HTTP><Post onlineResource="${url}"/></HTTP></DCPType>`;

function featureType({ layer, status }: DescribedType, language: Language): Markup {
  const abstract = withStaleness(layer.description, layer, status, new Date())[language];
  const edits = markup`<Operations><Query/><Insert/><Update/><Delete/></Operations>`;
  return markup`<FeatureType><Name>${typeName(layer)}</Name><Title>${layer.title[language]}</Title><Abstract>${abstract}</Abstract><SRS>${defaultCrs(layer, '1.0.0').text}</SRS>${layer.editable && edits}${extent(status)}</FeatureType>
`;
}

/** Whatever its name says, in the CRS of the type (02-058, 12.3.4), rounded outwards; of a type without objects there is none. */
function extent({ extent: box }: LayerStatus): Markup | undefined {
  if (!box) return undefined;
  const [minX, minY, maxX, maxY] = box;
  const down = (value: number) => plainText(Math.floor(value * 1_000) / 1_000);
  const up = (value: number) => plainText(Math.ceil(value * 1_000) / 1_000);
  return markup`<LatLongBoundingBox minx="${down(minX)}" miny="${down(minY)}" maxx="${up(maxX)}" maxy="${up(maxY)}"/>`;
}
