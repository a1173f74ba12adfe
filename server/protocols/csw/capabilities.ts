/** GetCapabilities (07-006r1, 10.4). */
import { invalidParameter } from '../../../core/errors.ts';
import type { Language } from '../../../core/feature/layer.ts';
import { type Markup, markup } from '../../../core/xml/writer.ts';
import {
  ELEMENT_SETS,
  OPERATIONS,
  type OperationName,
  OUTPUT_SCHEMAS,
  RECORD_TYPES,
  RESULT_TYPES,
  VERSION,
} from './request.ts';

const SECTIONS = [
  'ServiceIdentification',
  'ServiceProvider',
  'OperationsMetadata',
  'Filter_Capabilities',
] as const;
type Section = (typeof SECTIONS)[number];

const WORDS = {
  title: { pl: 'Bliźniak: katalog danych miasta (CSW)', en: 'Blizniak: catalogue of the city’s data (CSW)' },
  abstract: {
    pl: 'Metadane warstw cyfrowego bliźniaka i zbiorów przekazanych do katalogu, według ISO 19139.',
    en: 'Metadata of the layers of the digital twin and of data sets handed in, by ISO 19139.',
  },
} as const;

const QUERYABLES = [
  'Identifier',
  'Title',
  'Abstract',
  'Subject',
  'Type',
  'Format',
  'Modified',
  'AnyText',
  'BoundingBox',
];
const OUTPUT_FORMAT = ['outputFormat', ['application/xml']] as const;
const SHOWN = [OUTPUT_FORMAT, ['outputSchema', OUTPUT_SCHEMAS], ['ElementSetName', ELEMENT_SETS]] as const;
const PARAMETERS: Readonly<Record<OperationName, readonly (readonly [string, readonly string[]])[]>> = {
  GetCapabilities: [['sections', SECTIONS]],
  DescribeRecord: [OUTPUT_FORMAT, ['typeName', RECORD_TYPES]],
  GetRecords: [
    ...SHOWN,
    ['typeNames', RECORD_TYPES],
    ['resultType', RESULT_TYPES],
    ['CONSTRAINTLANGUAGE', ['FILTER', 'CQL_TEXT']],
  ],
  GetRecordById: SHOWN,
  GetDomain: [],
  Transaction: [],
};

/** @param url of the service, without parameters */
export function capabilities(
  url: string,
  asked: readonly string[] | undefined,
  language: Language,
  provider: string,
): string {
  const sections = sectionsOf(asked);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<csw:Capabilities xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ows="http://www.opengis.net/ows" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/cat/csw/2.0.2 http://schemas.opengis.net/csw/2.0.2/CSW-discovery.xsd" version="${VERSION}">
${
  sections.has('ServiceIdentification') &&
  markup`<ows:ServiceIdentification><ows:Title>${WORDS.title[language]}</ows:Title><ows:Abstract>${WORDS.abstract[language]}</ows:Abstract><ows:ServiceType>CSW</ows:ServiceType><ows:ServiceTypeVersion>${VERSION}</ows:ServiceTypeVersion><ows:Fees>NONE</ows:Fees><ows:AccessConstraints>NONE</ows:AccessConstraints></ows:ServiceIdentification>\n`
}${
  sections.has('ServiceProvider') &&
  markup`<ows:ServiceProvider><ows:ProviderName>${provider}</ows:ProviderName><ows:ServiceContact/></ows:ServiceProvider>\n`
}${sections.has('OperationsMetadata') && operations(url)}${sections.has('Filter_Capabilities') && FILTER_CAPABILITIES}</csw:Capabilities>
`.text;
}

function sectionsOf(asked: readonly string[] | undefined): ReadonlySet<Section> {
  if (!asked || asked.includes('All')) return new Set(SECTIONS);
  const unknown = asked.find((name) => !SECTIONS.some((section) => section === name));
  if (unknown !== undefined) {
    throw invalidParameter(
      'sections',
      `There is no section "${unknown.slice(0, 100)}"; use ${SECTIONS.join(', ')}`,
    );
  }
  return new Set(SECTIONS.filter((section) => asked.includes(section)));
}

const operations = (url: string): Markup => markup`<ows:OperationsMetadata>
${OPERATIONS.map(
  (name) =>
    markup`<ows:Operation name="${name}"><ows:DCP><ows:HTTP>${name !== 'Transaction' && markup`<ows:Get xlink:href="${url}?"/>`}<ows:Post xlink:href="${url}"/></ows:HTTP></ows:DCP>${PARAMETERS[name].map(([parameter, values]) => parameterOf(parameter, values))}${
      name === 'GetRecords' &&
      markup`<ows:Constraint name="SupportedISOQueryables">${QUERYABLES.map((each) => markup`<ows:Value>apiso:${each}</ows:Value>`)}</ows:Constraint>`
    }</ows:Operation>\n`,
)}${parameterOf('service', ['CSW'])}${parameterOf('version', [VERSION])}<ows:Constraint name="PostEncoding"><ows:Value>XML</ows:Value></ows:Constraint>
</ows:OperationsMetadata>
`;

const parameterOf = (name: string, values: readonly string[]): Markup =>
  markup`<ows:Parameter name="${name}">${values.map((value) => markup`<ows:Value>${value}</ows:Value>`)}</ows:Parameter>`;

const COMPARISONS = [
  'EqualTo',
  'NotEqualTo',
  'LessThan',
  'GreaterThan',
  'LessThanEqualTo',
  'GreaterThanEqualTo',
  'Like',
  'Between',
  'NullCheck',
];
const SPATIAL = [
  'BBOX',
  'Intersects',
  'Within',
  'Contains',
  'Disjoint',
  'Overlaps',
  'Touches',
  'Crosses',
  'Equals',
];

const FILTER_CAPABILITIES = markup`<ogc:Filter_Capabilities><ogc:Spatial_Capabilities><ogc:GeometryOperands><ogc:GeometryOperand>gml:Envelope</ogc:GeometryOperand><ogc:GeometryOperand>gml:Point</ogc:GeometryOperand><ogc:GeometryOperand>gml:Polygon</ogc:GeometryOperand></ogc:GeometryOperands><ogc:SpatialOperators>${SPATIAL.map((name) => markup`<ogc:SpatialOperator name="${name}"/>`)}</ogc:SpatialOperators></ogc:Spatial_Capabilities><ogc:Scalar_Capabilities><ogc:LogicalOperators/><ogc:ComparisonOperators>${COMPARISONS.map((name) => markup`<ogc:ComparisonOperator>${name}</ogc:ComparisonOperator>`)}</ogc:ComparisonOperators></ogc:Scalar_Capabilities><ogc:Id_Capabilities><ogc:EID/></ogc:Id_Capabilities></ogc:Filter_Capabilities>
`;
