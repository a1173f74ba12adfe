/** GetCapabilities (WMS 1.3.0, 7.2; 1.1.1, 7.1). Titles are in the language asked for; the standard has room for one. */
import type { Language, Layer } from '../../../core/feature/layer.ts';
import { PIXEL_M } from '../../../core/feature/symbol.ts';
import {
  INSPIRE_COMMON,
  INSPIRE_VS,
  inspireCapabilities,
} from '../../../core/metadata/inspire-capabilities.ts';
import { comparedSequence } from '../../../core/metadata/update-sequence.ts';
import { type Markup, markup, raw } from '../../../core/xml/writer.ts';
import { MAP_FORMATS } from '../../../tiles/picture/encode.ts';
import { legendSize } from '../../../tiles/picture/legend.ts';
import type { Kvp } from '../../http/kvp.ts';
import { href } from '../../http/links.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { recordAddress } from '../../http/record-address.ts';
import { WmsError } from './exceptions.ts';
import { LEGEND_FORMATS } from './image-formats.ts';
import { INFO_FORMATS } from './info-formats.ts';
import { wishedLanguage } from './language.ts';
import {
  CRS_NAMES,
  type GroupNode,
  geographicBox,
  type LayerNode,
  type LayerTree,
  layerTree,
  writtenBoxes,
} from './layer-tree.ts';
import { groupName, LAYER_LIMIT, MAX_SIDE_PX, STYLE_NAME } from './map-request.ts';
import { negotiateVersion, type Version } from './versions.ts';
import type { WmsServices } from './wms-services.ts';
import { WORDS } from './words.ts';

interface Writing {
  readonly version: Version;
  readonly language: Language;
  readonly publicUrl: string;
  readonly contactEmail: string | undefined;
}

const TYPES = { '1.3.0': 'text/xml', '1.1.1': 'application/vnd.ogc.wms_xml' } as const;
const EXCEPTION_FORMATS = {
  '1.3.0': ['XML', 'INIMAGE', 'BLANK'],
  '1.1.1': ['application/vnd.ogc.se_xml', 'application/vnd.ogc.se_inimage', 'application/vnd.ogc.se_blank'],
} as const;

export async function getCapabilities(
  services: WmsServices,
  contactEmail: string | undefined,
  kvp: Kvp,
  ask: Ask,
): Promise<Reply> {
  const version = negotiateVersion(kvp.get('version'));
  const language = wishedLanguage(kvp, ask);
  const tree = await layerTree(services, ask);
  checkUpdateSequence(kvp.get('updateSequence'), tree.updateSequence);
  const writing: Writing = { version, language, publicUrl: ask.publicUrl, contactEmail };
  const document = version === '1.3.0' ? document130(tree, writing) : document111(tree, writing);
  return {
    status: 200,
    headers: {
      'content-type': TYPES[version],
      'content-language': language,
      vary: 'Accept-Language',
    },
    body: document.text,
  };
}

/** @throws WmsError where there is nothing new, or what the client names is newer than what there is (7.2.3.5) */
function checkUpdateSequence(asked: string | undefined, current: number): void {
  const compared = comparedSequence(asked, current);
  if (compared === 'current') {
    throw new WmsError('CurrentUpdateSequence', `Nothing has changed since ${current}`, 'updateSequence');
  }
  if (compared === 'newer') {
    const message = `updateSequence is ${current} now; leave the parameter out`;
    throw new WmsError('InvalidUpdateSequence', message, 'updateSequence');
  }
}

function document130(tree: LayerTree, writing: Writing): Markup {
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<WMS_Capabilities updateSequence="${tree.updateSequence}" version="1.3.0" xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sld="http://www.opengis.net/sld" xsi:schemaLocation="http://www.opengis.net/wms http://schemas.opengis.net/wms/1.3.0/capabilities_1_3_0.xsd http://www.opengis.net/sld http://schemas.opengis.net/sld/1.1.0/sld_capabilities.xsd${writing.contactEmail !== undefined && ` ${INSPIRE_VS} http://inspire.ec.europa.eu/schemas/inspire_vs/1.0/inspire_vs.xsd`}">
${service(tree, writing)}<Capability>
${requests(writing)}${exceptions(writing)}${ownStyles(writing)}${inspire(tree, writing)}${rootLayer(tree, writing)}</Capability>
</WMS_Capabilities>
`;
}

function document111(tree: LayerTree, writing: Writing): Markup {
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE WMT_MS_Capabilities SYSTEM "http://schemas.opengis.net/wms/1.1.1/capabilities_1_1_1.dtd">
<WMT_MS_Capabilities updateSequence="${tree.updateSequence}" version="1.1.1">
${service(tree, writing)}<Capability>
${requests(writing)}${exceptions(writing)}${ownStyles(writing)}${rootLayer(tree, writing)}</Capability>
</WMT_MS_Capabilities>
`;
}

/** Nothing for who has not said where to write to. */
function inspire({ groups, statuses }: LayerTree, writing: Writing): Markup | undefined {
  const { language, publicUrl, contactEmail } = writing;
  if (contactEmail === undefined) return undefined;
  const address = href(publicUrl, '/wms', { service: 'WMS', version: '1.3.0', request: 'GetCapabilities' });
  const organisation = groups[0]?.layers[0]?.layer.steward[language] ?? WORDS.provider[language];
  const described = { kind: 'view', address, organisation, contactEmail, statuses, language } as const;
  return markup`<inspire_vs:ExtendedCapabilities xmlns:inspire_vs="${INSPIRE_VS}" xmlns:inspire_common="${INSPIRE_COMMON}">${inspireCapabilities(described)}</inspire_vs:ExtendedCapabilities>
`;
}

function service({ groups }: LayerTree, writing: Writing): Markup {
  const { version, language, publicUrl, contactEmail } = writing;
  const first = groups[0]?.layers[0]?.layer;
  const limits =
    version === '1.3.0' &&
    markup`<LayerLimit>${LAYER_LIMIT}</LayerLimit><MaxWidth>${MAX_SIDE_PX}</MaxWidth><MaxHeight>${MAX_SIDE_PX}</MaxHeight>`;
  // 1.1.1 forbids words of our own in Name.
  const name = version === '1.3.0' ? 'WMS' : 'OGC:WMS';
  const provider = first?.steward[language] ?? WORDS.provider[language];
  return markup`<Service><Name>${name}</Name><Title>${WORDS.title[language]}</Title><Abstract>${WORDS.abstract[language]}</Abstract>${keywords(WORDS.keywords[language])}${resource(publicUrl)}<ContactInformation><ContactPersonPrimary><ContactPerson>${provider}</ContactPerson><ContactOrganization>${provider}</ContactOrganization></ContactPersonPrimary>${contactEmail !== undefined && markup`<ContactElectronicMailAddress>${contactEmail}</ContactElectronicMailAddress>`}</ContactInformation><Fees>none</Fees><AccessConstraints>${first?.licence[language] ?? 'none'}</AccessConstraints>${limits}</Service>
`;
}

const keywords = (words: readonly string[]): Markup =>
  markup`<KeywordList>${words.map((word) => markup`<Keyword>${word}</Keyword>`)}</KeywordList>`;

const element = (name: string, content: string | Markup): Markup =>
  markup`${raw(`<${name}>`)}${content}${raw(`</${name}>`)}`;

const resource = (address: string): Markup =>
  markup`<OnlineResource xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple" xlink:href="${address}"/>`;

function requests(writing: Writing): Markup {
  const { version, publicUrl } = writing;
  const operation = (name: string, formats: readonly string[]) =>
    markup`${element(
      name,
      markup`${formats.map((format) => markup`<Format>${format}</Format>`)}<DCPType><HTTP><Get>${resource(`${publicUrl}/wms?`)}</Get></HTTP></DCPType>`,
    )}
`;
  return markup`<Request>
${operation('GetCapabilities', [TYPES[version]])}${operation('GetMap', MAP_FORMATS)}${operation('GetFeatureInfo', INFO_FORMATS)}${operation(version === '1.3.0' ? 'sld:GetLegendGraphic' : 'GetLegendGraphic', LEGEND_FORMATS)}</Request>
`;
}

function exceptions({ version }: Writing): Markup {
  return markup`<Exception>${EXCEPTION_FORMATS[version].map((format) => markup`<Format>${format}</Format>`)}</Exception>
`;
}

/** SLD_BODY of our own layers (05-078r4, 6.3). */
function ownStyles({ version }: Writing): Markup {
  const name = raw(version === '1.3.0' ? 'sld:UserDefinedSymbolization' : 'UserDefinedSymbolization');
  const more = version === '1.3.0' ? raw(' InlineFeature="0" RemoteWCS="0"') : '';
  return markup`<${name} SupportSLD="1" UserLayer="0" UserStyle="1" RemoteWFS="0"${more}/>
`;
}

function rootLayer(tree: LayerTree, writing: Writing): Markup {
  const { version, language } = writing;
  const tag = version === '1.3.0' ? 'CRS' : 'SRS';
  const names = CRS_NAMES.map((name) => element(tag, name));
  return markup`<Layer><Title>${WORDS.title[language]}</Title><Abstract>${WORDS.abstract[language]}</Abstract>${keywords(WORDS.keywords[language])}${names}
${extent({ extent: tree.extent }, writing)}${tree.groups.map((group) => groupLayer(group, writing))}</Layer>
`;
}

function groupLayer({ group, layers }: GroupNode, writing: Writing): Markup {
  const title = group.title[writing.language];
  return markup`<Layer queryable="1"><Name>${groupName(group)}</Name><Title>${title}</Title><Abstract>${layers.map(({ layer }) => layer.title[writing.language]).join(', ')}</Abstract>${keywords([title])}
${layers.map((node) => namedLayer(node, writing))}</Layer>
`;
}

function namedLayer(node: LayerNode, writing: Writing): Markup {
  const { layer, abstract } = node;
  const { language } = writing;
  const queryable = layer.cascaded?.isQueryable === false ? '0' : '1';
  return markup`<Layer queryable="${queryable}"><Name>${layer.name}</Name><Title>${layer.title[language]}</Title><Abstract>${abstract[language]}</Abstract>${keywords([layer.group.title[language], layer.title[language]])}${extent(node, writing)}${dimensionsOf(node, writing)}<Attribution><Title>${layer.steward[language]}</Title></Attribution>${metadata(layer, writing)}${style(layer, writing)}${scales(layer, writing)}</Layer>
`;
}

/** The words of each version for ISO 19115 (06-042, 7.2.4.6.11; 01-068r3, 7.1.4.5.10). */
function metadata(layer: Layer, { version, publicUrl }: Writing): Markup | undefined {
  const address = recordAddress(publicUrl, layer);
  if (address === undefined) return undefined;
  const type = version === '1.3.0' ? 'ISO19115:2003' : 'TC211';
  return markup`<MetadataURL type="${type}"><Format>application/xml</Format>${resource(address)}</MetadataURL>`;
}

function extent(node: Pick<LayerNode, 'extent'>, { version }: Writing): Markup | undefined {
  if (!node.extent) return undefined;
  const lonLat = geographicBox(node.extent);
  if (version === '1.3.0') {
    const boxes = writtenBoxes(node.extent, true).map(
      ({ crs, minX, minY, maxX, maxY }) =>
        markup`<BoundingBox CRS="${crs}" minx="${minX}" miny="${minY}" maxx="${maxX}" maxy="${maxY}"/>`,
    );
    return markup`<EX_GeographicBoundingBox><westBoundLongitude>${lonLat.minX}</westBoundLongitude><eastBoundLongitude>${lonLat.maxX}</eastBoundLongitude><southBoundLatitude>${lonLat.minY}</southBoundLatitude><northBoundLatitude>${lonLat.maxY}</northBoundLatitude></EX_GeographicBoundingBox>${boxes}`;
  }
  const boxes = writtenBoxes(node.extent, false).map(
    ({ crs, minX, minY, maxX, maxY }) =>
      markup`<BoundingBox SRS="${crs}" minx="${minX}" miny="${minY}" maxx="${maxX}" maxy="${maxY}"/>`,
  );
  return markup`<LatLonBoundingBox minx="${lonLat.minX}" miny="${lonLat.minY}" maxx="${lonLat.maxX}" maxy="${lonLat.maxY}"/>${boxes}`;
}

function dimensionsOf({ layer, time }: LayerNode, { version }: Writing): readonly Markup[] {
  const history = time && {
    ...{ name: 'time', units: 'ISO8601', unitSymbol: undefined },
    ...{ ...time, multipleValues: false, nearestValue: false, current: true },
  };
  const own = (layer.dimensions ?? []).map((dimension) => ({
    unitSymbol: undefined,
    ...dimension,
    current: false,
  }));
  return [...(history ? [history] : []), ...own].map((dimension) => {
    const { name, units, unitSymbol, extent } = dimension;
    const flag = (isSet: boolean) => (isSet ? '1' : '0');
    const kind = markup` name="${name}" units="${units}"${unitSymbol !== undefined && markup` unitSymbol="${unitSymbol}"`}`;
    const values = markup`${dimension.default !== undefined && markup` default="${dimension.default}"`} multipleValues="${flag(dimension.multipleValues)}" nearestValue="${flag(dimension.nearestValue)}" current="${flag(dimension.current)}">${extent}`;
    return version === '1.3.0'
      ? markup`<Dimension${kind}${values}</Dimension>`
      : markup`<Dimension${kind}/><Extent name="${name}"${values}</Extent>`;
  });
}

function style(layer: Layer, { version, language, publicUrl }: Writing): Markup {
  // How large the legend of somebody else is shows when it is asked for.
  const isTheirs = layer.cascaded?.shows === 'pictures';
  const { widthPx, heightPx } = legendSize(layer, language);
  const size = !isTheirs && markup` width="${widthPx}" height="${heightPx}"`;
  const address = href(publicUrl, '/wms', {
    service: 'WMS',
    version,
    request: 'GetLegendGraphic',
    ...(version === '1.3.0' ? { sld_version: '1.1.0' } : {}),
    layer: layer.name,
    style: STYLE_NAME,
    format: 'image/png',
    language,
  });
  return markup`<Style><Name>${STYLE_NAME}</Name><Title>${WORDS.style[language]}</Title><LegendURL${size}><Format>image/png</Format>${resource(address)}</LegendURL></Style>`;
}

function scales({ maxScaleDenominator }: Layer, { version }: Writing): Markup | undefined {
  if (maxScaleDenominator === undefined) return undefined;
  if (version === '1.3.0') return markup`<MaxScaleDenominator>${maxScaleDenominator}</MaxScaleDenominator>`;
  // The diagonal of a pixel on the ground, metres (01-068r3, 7.1.4.5.9).
  return markup`<ScaleHint min="0" max="${(maxScaleDenominator * PIXEL_M * Math.SQRT2).toFixed(4)}"/>`;
}
