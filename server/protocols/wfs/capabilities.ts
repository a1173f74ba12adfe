/** GetCapabilities (09-025r2, 8). Every constraint says what this server does, not what it might. */

import { invalidParameter } from '../../../core/errors.ts';
import type { Language, Layer, LayerStatus } from '../../../core/feature/layer.ts';
import { GML_NAMESPACE, typeName, xmlNamesOf } from '../../../core/formats/gml.ts';
import { crsUrn } from '../../../core/geo/crs.ts';
import {
  dataSetIdentifiers,
  INSPIRE_COMMON,
  INSPIRE_DLS,
  inspireCapabilities,
} from '../../../core/metadata/inspire-capabilities.ts';
import { withStaleness } from '../../../core/metadata/metadata-record.ts';
import { comparedSequence, updateSequenceOf } from '../../../core/metadata/update-sequence.ts';
import { escapeText, type Markup, markup, raw } from '../../../core/xml/writer.ts';
import { href } from '../../http/links.ts';
import { languageOf, parseWishes } from '../../http/negotiate.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { recordAddress } from '../../http/record-address.ts';
import { type DescribedType, extent, SERVICE_WORDS } from './capability-parts.ts';
import { WfsError } from './exceptions.ts';
import { otherCrs } from './feature-types.ts';
import { filterCapabilities } from './filter-capabilities.ts';
import { oldCapabilities } from './old-capabilities.ts';
import { oldestCapabilities } from './oldest-capabilities.ts';
import { operationsMetadata } from './operations-metadata.ts';
import { OUTPUT_FORMATS } from './output-formats.ts';
import { VERSION, type WfsRequest } from './request.ts';
import { VERSIONS, type WfsVersion } from './versions.ts';
import type { WfsServices } from './wfs-services.ts';

type GetCapabilitiesRequest = Extract<WfsRequest, { operation: 'GetCapabilities' }>;

const SECTIONS = [
  'ServiceIdentification',
  'ServiceProvider',
  'OperationsMetadata',
  'FeatureTypeList',
  'Filter_Capabilities',
] as const;
type Section = (typeof SECTIONS)[number];

export async function getCapabilities(
  services: WfsServices,
  request: GetCapabilitiesRequest,
  ask: Ask,
  contactEmail?: string,
): Promise<Reply> {
  const version = negotiatedVersion(request);
  const asked = sectionsOf(request.sections);
  const tags = request.languages ?? parseWishes(ask.headers['accept-language']).map(({ value }) => value);
  const language = languageOf(tags);
  const layers = await services.catalogue.layers(ask.view);
  const described = await Promise.all(
    layers.map(async (layer) => ({
      layer,
      status: await services.catalogue.status(layer.name, ask.view),
    })),
  );
  const statuses = described.map(({ status }) => status);
  const updateSequence = updateSequenceOf(statuses, ask.view.scenario?.revision);
  if (version === '1.0.0') return oldestCapabilities(described, updateSequence, language, ask);
  const compared = comparedSequence(request.updateSequence, updateSequence);
  if (compared === 'newer') {
    const message = `updateSequence is ${updateSequence} now; leave the parameter out`;
    throw new WfsError('InvalidUpdateSequence', message, 'updateSequence');
  }
  // Where nothing has changed for the client, the root alone (06-121r9, 7.3.4; 05-008c1, 7.3.4).
  const isCurrent = compared === 'current';
  if (version === '1.1.0') return oldCapabilities(described, updateSequence, language, ask, isCurrent);
  const sections: ReadonlySet<Section> = isCurrent ? new Set() : asked;
  const types = sections.has('FeatureTypeList')
    ? described.map(({ layer, status }) => featureType(layer, status, language, ask.publicUrl))
    : [];
  const [firstLayer] = layers;
  const { prefix, namespace } = xmlNamesOf(layers);
  const document = markup`<?xml version="1.0" encoding="UTF-8"?>
<wfs:WFS_Capabilities xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="${GML_NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:${raw(prefix)}="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/wfs/2.0 http://schemas.opengis.net/wfs/2.0/wfs.xsd" version="${VERSION}" updateSequence="${updateSequence}">
${sections.has('ServiceIdentification') && identification(language, firstLayer)}${
  sections.has('ServiceProvider') &&
  markup`<ows:ServiceProvider><ows:ProviderName>${firstLayer?.steward[language] ?? SERVICE_WORDS.provider[language]}</ows:ProviderName>${contact(contactEmail)}</ows:ServiceProvider>
`
}${sections.has('OperationsMetadata') && operationsMetadata(`${ask.publicUrl}/wfs`, ask.view.scenario !== undefined, inspire(described, contactEmail, language, ask))}${
  types.length > 0 &&
  markup`<wfs:FeatureTypeList>
${types}</wfs:FeatureTypeList>
`
}${sections.has('Filter_Capabilities') && filterCapabilities(layers)}</wfs:WFS_Capabilities>
`;
  return {
    status: 200,
    headers: {
      'content-type': 'application/xml',
      'content-language': language,
      vary: 'Accept-Language',
    },
    body: document.text,
  };
}

const contact = (email: string | undefined): Markup =>
  email === undefined
    ? markup`<ows:ServiceContact/>`
    : markup`<ows:ServiceContact><ows:ContactInfo><ows:Address><ows:ElectronicMailAddress>${email}</ows:ElectronicMailAddress></ows:Address></ows:ContactInfo></ows:ServiceContact>`;

/** Nothing for who has not said where to write to, or has no data. */
function inspire(
  described: readonly DescribedType[],
  contactEmail: string | undefined,
  language: Language,
  { publicUrl }: Ask,
): Markup | undefined {
  const [first] = described;
  if (contactEmail === undefined || !first) return undefined;
  const service = inspireCapabilities({
    ...{ kind: 'download', contactEmail, language, organisation: first.layer.steward[language] },
    address: href(publicUrl, '/wfs', { service: 'WFS', version: VERSION, request: 'GetCapabilities' }),
    statuses: described.map(({ status }) => status),
  });
  const layers = described.map(({ layer }) => layer);
  return markup`<ows:ExtendedCapabilities><inspire_dls:ExtendedCapabilities xmlns:inspire_dls="${INSPIRE_DLS}" xmlns:inspire_common="${INSPIRE_COMMON}" xsi:schemaLocation="${INSPIRE_DLS} http://inspire.ec.europa.eu/schemas/inspire_dls/1.0/inspire_dls.xsd">${service}${dataSetIdentifiers(layers, publicUrl)}</inspire_dls:ExtendedCapabilities></ows:ExtendedCapabilities>
`;
}

/**
 * The first acceptable version that is offered; the newest when nothing is said. A client of older ways says `version`:
 * it gets that one, else the next lower one, else the lowest (05-008c1, 7.3).
 * @throws WfsError VersionNegotiationFailed (OGC 06-121r9, 7.3.2)
 */
function negotiatedVersion({ acceptVersions, version }: GetCapabilitiesRequest): WfsVersion {
  if (acceptVersions === undefined) {
    if (version === undefined) return VERSION;
    return VERSIONS.find((offered) => isAtMost(offered, version)) ?? '1.0.0';
  }
  for (const accepted of acceptVersions) {
    const offered = VERSIONS.find((each) => each === accepted);
    if (offered) return offered;
  }
  throw new WfsError(
    'VersionNegotiationFailed',
    `None of the versions ${acceptVersions.join(', ').slice(0, 200)} is offered; offered: ${VERSIONS.join(', ')}`,
    'acceptVersions',
  );
}

/** Versions of one digit between points; what is no version is taken for the newest. */
function isAtMost(offered: string, asked: string): boolean {
  return !/^\d+(\.\d+){0,2}$/.test(asked) || offered <= asked.padEnd(5, '.0');
}

function sectionsOf(asked: readonly string[] | undefined): ReadonlySet<Section> {
  if (asked === undefined || asked.includes('All')) return new Set(SECTIONS);
  for (const name of asked) {
    if (!SECTIONS.some((section) => section === name)) {
      throw invalidParameter(
        'sections',
        `There is no section "${name.slice(0, 100)}"; use ${SECTIONS.join(', ')}`,
      );
    }
  }
  return new Set(SECTIONS.filter((section) => asked.includes(section)));
}

function identification(language: Language, layer: Layer | undefined): Markup {
  return markup`<ows:ServiceIdentification><ows:Title xml:lang="${language}">${SERVICE_WORDS.title[language]}</ows:Title><ows:Abstract xml:lang="${language}">${SERVICE_WORDS.abstract[language]}</ows:Abstract><ows:Keywords>${SERVICE_WORDS.keywords[language].map((word) => markup`<ows:Keyword xml:lang="${language}">${word}</ows:Keyword>`)}</ows:Keywords><ows:ServiceType codeSpace="http://www.opengeospatial.org/">WFS</ows:ServiceType><ows:ServiceTypeVersion>${VERSION}</ows:ServiceTypeVersion><ows:Fees>NONE</ows:Fees><ows:AccessConstraints>${layer?.licence[language] ?? 'NONE'}</ows:AccessConstraints></ows:ServiceIdentification>
`;
}

function featureType(layer: Layer, status: LayerStatus, language: Language, publicUrl: string): Markup {
  const metadata = recordAddress(publicUrl, layer);
  const other: Language = language === 'pl' ? 'en' : 'pl';
  const both = (name: string, text: Layer['title']) =>
    [language, other].map((each) =>
      raw(`<wfs:${name} xml:lang="${each}">${escapeText(text[each])}</wfs:${name}>`),
    );
  return markup`<wfs:FeatureType><wfs:Name>${typeName(layer)}</wfs:Name>${both('Title', layer.title)}${both('Abstract', withStaleness(layer.description, layer, status, new Date()))}<wfs:DefaultCRS>${crsUrn(layer.srid)}</wfs:DefaultCRS>${otherCrs(layer).map((urn) => markup`<wfs:OtherCRS>${urn}</wfs:OtherCRS>`)}<wfs:OutputFormats>${OUTPUT_FORMATS.map((format) => markup`<wfs:Format>${format}</wfs:Format>`)}</wfs:OutputFormats>${extent(layer, status)}${metadata !== undefined && markup`<wfs:MetadataURL xlink:href="${metadata}"/>`}</wfs:FeatureType>
`;
}
