/** Metadata as ISO 19115:2003 in the XML of ISO 19139 (gmd), Polish with English beside it, as INSPIRE asks for them. */
import type { Text } from '../feature/layer.ts';
import { crsUri } from '../geo/crs.ts';
import { crsTitle } from '../geo/crs-title.ts';
import { type Markup, markup, raw } from '../xml/writer.ts';
import type { DataQuality, MetadataRecord } from './metadata-record.ts';

const CODES = 'http://standards.iso.org/iso/19139/resources/gmxCodelists.xml';
/** Where a day is asked for and none is known. */
const NO_DATE = markup`<gmd:date gco:nilReason="unknown"/>`;
const UNKNOWN: Text = { pl: 'Nie oceniono', en: 'Not assessed' };

/** Where a document names its second language. */
const LOCALE = /(PT_Locale id="|locale="#)en"/g;

/**
 * A document of one record, valid by the schemas of 2007-04-17.
 * @param among its number where several stand in one document, whose ids must differ
 */
export function isoMetadata(record: MetadataRecord, among?: number): string {
  const text = documentOf(record);
  return among === undefined ? text : text.replaceAll(LOCALE, `$1en-${among}"`);
}

function documentOf(record: MetadataRecord): string {
  const { id, level, date, srid, stewards, quality, lineage } = record;
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:gmx="http://www.isotc211.org/2005/gmx" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.isotc211.org/2005/gmd http://schemas.opengis.net/iso/19139/20070417/gmd/gmd.xsd">
<gmd:fileIdentifier>${plain(id)}</gmd:fileIdentifier>
<gmd:language>${language('pol')}</gmd:language>
<gmd:characterSet>${code('MD_CharacterSetCode', 'utf8')}</gmd:characterSet>
<gmd:hierarchyLevel>${code('MD_ScopeCode', level)}</gmd:hierarchyLevel>
${level === 'series' && markup`<gmd:hierarchyLevelName>${plain(record.title.pl)}</gmd:hierarchyLevelName>\n`}${contacts('contact', stewards)}<gmd:dateStamp>${day(date ?? new Date(0))}</gmd:dateStamp>
<gmd:metadataStandardName>${plain('ISO 19115:2003/19139')}</gmd:metadataStandardName>
<gmd:metadataStandardVersion>${plain('1.0')}</gmd:metadataStandardVersion>
<gmd:locale><gmd:PT_Locale id="en"><gmd:languageCode>${language('eng')}</gmd:languageCode><gmd:characterEncoding>${code('MD_CharacterSetCode', 'utf8')}</gmd:characterEncoding></gmd:PT_Locale></gmd:locale>
<gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier><gmd:RS_Identifier><gmd:code><gmx:Anchor xlink:href="${crsUri(srid)}">${crsTitle(srid, 'pl')}</gmx:Anchor></gmd:code></gmd:RS_Identifier></gmd:referenceSystemIdentifier></gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>
<gmd:identificationInfo>${identification(record)}</gmd:identificationInfo>
${distribution(record)}<gmd:dataQualityInfo><gmd:DQ_DataQuality>
<gmd:scope><gmd:DQ_Scope><gmd:level>${code('MD_ScopeCode', level)}</gmd:level></gmd:DQ_Scope></gmd:scope>
${qualityReports(quality)}<gmd:lineage><gmd:LI_Lineage>${both('statement', lineage)}</gmd:LI_Lineage></gmd:lineage>
</gmd:DQ_DataQuality></gmd:dataQualityInfo>
</gmd:MD_Metadata>
`.text;
}

function identification(record: MetadataRecord): Markup {
  const { id, title, abstract, keywords, topics, stewards, date, extent, licences } = record;
  return markup`<gmd:MD_DataIdentification>
<gmd:citation><gmd:CI_Citation>${both('title', title)}<gmd:date><gmd:CI_Date>${date ? markup`<gmd:date>${day(date)}</gmd:date>` : NO_DATE}<gmd:dateType>${code('CI_DateTypeCode', 'revision')}</gmd:dateType></gmd:CI_Date></gmd:date><gmd:identifier><gmd:MD_Identifier><gmd:code>${plain(id)}</gmd:code></gmd:MD_Identifier></gmd:identifier></gmd:CI_Citation></gmd:citation>
${both('abstract', abstract)}
${contacts('pointOfContact', stewards)}<gmd:descriptiveKeywords><gmd:MD_Keywords>${keywords.map((keyword) => both('keyword', keyword))}</gmd:MD_Keywords></gmd:descriptiveKeywords>
<gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:useConstraints>${code('MD_RestrictionCode', 'otherRestrictions')}</gmd:useConstraints>${licences.map((licence) => both('otherConstraints', licence))}</gmd:MD_LegalConstraints></gmd:resourceConstraints>
<gmd:spatialRepresentationType>${code('MD_SpatialRepresentationTypeCode', 'vector')}</gmd:spatialRepresentationType>
<gmd:language>${language('pol')}</gmd:language>
<gmd:characterSet>${code('MD_CharacterSetCode', 'utf8')}</gmd:characterSet>
${topics.map((topic) => markup`<gmd:topicCategory><gmd:MD_TopicCategoryCode>${topic}</gmd:MD_TopicCategoryCode></gmd:topicCategory>\n`)}${extent && extentMarkup(extent)}</gmd:MD_DataIdentification>`;
}

const extentMarkup = ([west, south, east, north]: NonNullable<MetadataRecord['extent']>): Markup =>
  markup`<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox><gmd:westBoundLongitude>${degrees(west)}</gmd:westBoundLongitude><gmd:eastBoundLongitude>${degrees(east)}</gmd:eastBoundLongitude><gmd:southBoundLatitude>${degrees(south)}</gmd:southBoundLatitude><gmd:northBoundLatitude>${degrees(north)}</gmd:northBoundLatitude></gmd:EX_GeographicBoundingBox></gmd:geographicElement></gmd:EX_Extent></gmd:extent>\n`;

const distribution = ({ formats }: MetadataRecord): Markup | undefined =>
  formats.length === 0
    ? undefined
    : markup`<gmd:distributionInfo><gmd:MD_Distribution>${formats.map(({ name, version }) => markup`<gmd:distributionFormat><gmd:MD_Format><gmd:name>${plain(name)}</gmd:name><gmd:version>${plain(version)}</gmd:version></gmd:MD_Format></gmd:distributionFormat>`)}</gmd:MD_Distribution></gmd:distributionInfo>\n`;

/** What is not assessed is said to be so: a result that is missing, with the reason in words. */
function qualityReports({ omissionPct, attributes, positionM }: DataQuality): readonly Markup[] {
  return [
    report('DQ_CompletenessOmission', { pl: 'Brakujące obiekty', en: 'Missing objects' }, omissionPct, '%'),
    report(
      'DQ_CompletenessOmission',
      { pl: 'Brakujące wartości wymaganych atrybutów', en: 'Missing values of required attributes' },
      attributes && Math.round((100 - attributes.filledPct) * 100) / 100,
      '%',
    ),
    report(
      'DQ_AbsoluteExternalPositionalAccuracy',
      { pl: 'Średni błąd położenia', en: 'Mean error of positions' },
      positionM,
      'm',
    ),
  ];
}

function report(kind: string, measure: Text, value: number | undefined, unit: string): Markup {
  const described =
    value === undefined
      ? { pl: `${measure.pl}: ${UNKNOWN.pl}`, en: `${measure.en}: ${UNKNOWN.en}` }
      : measure;
  const result =
    value === undefined
      ? markup`<gmd:result gco:nilReason="unknown"/>`
      : markup`<gmd:result><gmd:DQ_QuantitativeResult><gmd:valueUnit xlink:href="urn:ogc:def:uom:UCUM::${encodeURIComponent(unit)}"/><gmd:value><gco:Record>${value}</gco:Record></gmd:value></gmd:DQ_QuantitativeResult></gmd:result>`;
  return markup`<gmd:report><gmd:${raw(kind)}>${both('measureDescription', described)}${result}</gmd:${raw(kind)}></gmd:report>\n`;
}

const contacts = (role: 'contact' | 'pointOfContact', stewards: readonly Text[]): readonly Markup[] =>
  stewards.map(
    (steward) =>
      markup`<gmd:${raw(role)}><gmd:CI_ResponsibleParty>${both('organisationName', steward)}<gmd:role>${code('CI_RoleCode', role === 'contact' ? 'pointOfContact' : 'custodian')}</gmd:role></gmd:CI_ResponsibleParty></gmd:${raw(role)}>\n`,
  );

const plain = (text: string): Markup => markup`<gco:CharacterString>${text}</gco:CharacterString>`;

/** Free text in both languages (ISO 19139, PT_FreeText). */
const both = (name: string, { pl, en }: Text): Markup =>
  markup`<gmd:${raw(name)} xsi:type="gmd:PT_FreeText_PropertyType">${plain(pl)}<gmd:PT_FreeText><gmd:textGroup><gmd:LocalisedCharacterString locale="#en">${en}</gmd:LocalisedCharacterString></gmd:textGroup></gmd:PT_FreeText></gmd:${raw(name)}>`;

const code = (list: string, value: string): Markup =>
  markup`<gmd:${raw(list)} codeList="${CODES}#${list}" codeListValue="${value}">${value}</gmd:${raw(list)}>`;

const language = (value: 'pol' | 'eng'): Markup =>
  markup`<gmd:LanguageCode codeList="http://www.loc.gov/standards/iso639-2/" codeListValue="${value}">${value}</gmd:LanguageCode>`;

const day = (date: Date): Markup => markup`<gco:Date>${date.toISOString().slice(0, 10)}</gco:Date>`;
const degrees = (value: number): Markup => markup`<gco:Decimal>${value.toFixed(6)}</gco:Decimal>`;
