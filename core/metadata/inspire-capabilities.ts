/**
 * Extended capabilities of INSPIRE (schemas inspire_vs, inspire_dls and common 1.0), scenario 2: all that the records of
 * services ask for stands in the capabilities themselves, as there is no record of the service elsewhere.
 */
import type { Language, Layer, LayerStatus } from '../feature/layer.ts';
import { type Markup, markup } from '../xml/writer.ts';

export const INSPIRE_COMMON = 'http://inspire.ec.europa.eu/schemas/common/1.0';
export const INSPIRE_VS = 'http://inspire.ec.europa.eu/schemas/inspire_vs/1.0';
export const INSPIRE_DLS = 'http://inspire.ec.europa.eu/schemas/inspire_dls/1.0';

export interface InspireService {
  readonly kind: 'view' | 'download';
  /** Of the capabilities. */
  readonly address: string;
  readonly organisation: string;
  readonly contactEmail: string;
  readonly statuses: readonly Pick<LayerStatus, 'loadedAt'>[];
  readonly language: Language;
}

/** Part D.4 of the regulation on metadata (1205/2008). */
const KEYWORDS = { view: 'infoMapAccessService', download: 'infoFeatureAccessService' } as const;
const LANGUAGES = { pl: 'pol', en: 'eng' } as const satisfies Record<Language, string>;

/** The elements of `inspire_common:ExtendedCapabilitiesType`. Whether the service conforms has not been evaluated, and is said so. */
export function inspireCapabilities(service: InspireService): Markup {
  const { kind, address, organisation, contactEmail, statuses, language } = service;
  const dates = statuses.flatMap(({ loadedAt }) => (loadedAt === undefined ? [] : [Date.parse(loadedAt)]));
  const revised = dates.length > 0 ? dayOf(Math.max(...dates)) : undefined;
  const spoken = (one: Language) =>
    markup`<inspire_common:Language>${LANGUAGES[one]}</inspire_common:Language>`;
  return markup`<inspire_common:ResourceLocator><inspire_common:URL>${address}</inspire_common:URL><inspire_common:MediaType>${kind === 'view' ? 'text/xml' : 'application/xml'}</inspire_common:MediaType></inspire_common:ResourceLocator><inspire_common:ResourceType>service</inspire_common:ResourceType><inspire_common:TemporalReference>${revised && markup`<inspire_common:DateOfLastRevision>${revised}</inspire_common:DateOfLastRevision>`}</inspire_common:TemporalReference><inspire_common:Conformity><inspire_common:Specification><inspire_common:Title>Commission Regulation (EC) No 976/2009 of 19 October 2009 implementing Directive 2007/2/EC of the European Parliament and of the Council as regards the Network Services</inspire_common:Title><inspire_common:DateOfPublication>2009-10-20</inspire_common:DateOfPublication><inspire_common:URI>http://data.europa.eu/eli/reg/2009/976/oj</inspire_common:URI></inspire_common:Specification><inspire_common:Degree>notEvaluated</inspire_common:Degree></inspire_common:Conformity><inspire_common:MetadataPointOfContact><inspire_common:OrganisationName>${organisation}</inspire_common:OrganisationName><inspire_common:EmailAddress>${contactEmail}</inspire_common:EmailAddress></inspire_common:MetadataPointOfContact><inspire_common:MetadataDate>${revised ?? dayOf(0)}</inspire_common:MetadataDate><inspire_common:SpatialDataServiceType>${kind}</inspire_common:SpatialDataServiceType><inspire_common:MandatoryKeyword><inspire_common:KeywordValue>${KEYWORDS[kind]}</inspire_common:KeywordValue></inspire_common:MandatoryKeyword><inspire_common:SupportedLanguages><inspire_common:DefaultLanguage>${spoken('pl')}</inspire_common:DefaultLanguage><inspire_common:SupportedLanguage>${spoken('en')}</inspire_common:SupportedLanguage></inspire_common:SupportedLanguages><inspire_common:ResponseLanguage>${spoken(language)}</inspire_common:ResponseLanguage>`;
}

const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/** The identifiers of the data of a download service, the same as in its Atom feeds. */
export const dataSetIdentifiers = (
  layers: readonly Pick<Layer, 'name'>[],
  publicUrl: string,
): readonly Markup[] =>
  layers.map(
    ({ name }) =>
      markup`<inspire_dls:SpatialDataSetIdentifier><inspire_common:Code>${name}</inspire_common:Code><inspire_common:Namespace>${publicUrl}/ogc/collections/</inspire_common:Namespace></inspire_dls:SpatialDataSetIdentifier>`,
  );
