import { type Markup, markup } from '../../../core/xml/writer.ts';
import { KEPT_FOR_S } from './kept-requests.ts';
import { OUTPUT_FORMATS, SCHEMA_FORMATS } from './output-formats.ts';
import { COUNT_DEFAULT, VERSION } from './request.ts';
import { QUERY_LANGUAGE } from './stored-query-definition.ts';
import { VERSIONS } from './versions.ts';

/** Conformance classes of 09-025r2, table 13: what is declared TRUE is tested in test/conformance. */
const CONSTRAINTS: Readonly<Record<string, boolean>> = {
  ImplementsSimpleWFS: true,
  ImplementsBasicWFS: true,
  ImplementsTransactionalWFS: true,
  ImplementsLockingWFS: true,
  KVPEncoding: true,
  XMLEncoding: true,
  SOAPEncoding: false,
  ImplementsInheritance: false,
  ImplementsRemoteResolve: false,
  ImplementsResultPaging: true,
  ImplementsStandardJoins: false,
  ImplementsSpatialJoins: false,
  ImplementsTemporalJoins: false,
  ImplementsFeatureVersioning: false,
  ManageStoredQueries: true,
};

/** Of table 14. The links of a page lead through the state that it shows; a scenario has one state only, its present one. */
const paging = (isScenario: boolean) =>
  [
    ['PagingIsTransactionSafe', isScenario ? 'FALSE' : 'TRUE'],
    ['ResponseCacheTimeout', String(KEPT_FOR_S)],
  ] as const;

/** The operations with their addresses and parameters, then the constraints. @param extended what stands behind them */
export function operationsMetadata(url: string, isScenario: boolean, extended?: Markup): Markup {
  return markup`<ows:OperationsMetadata>
${operation('GetCapabilities', url, [
  ['AcceptVersions', VERSIONS],
  ['AcceptFormats', ['application/xml', 'text/xml']],
  [
    'Sections',
    [
      'ServiceIdentification',
      'ServiceProvider',
      'OperationsMetadata',
      'FeatureTypeList',
      'Filter_Capabilities',
    ],
  ],
])}${operation('DescribeFeatureType', url, [['outputFormat', SCHEMA_FORMATS]])}${operation(
  'GetFeature',
  url,
  [
    ['outputFormat', OUTPUT_FORMATS],
    ['resultType', ['results', 'hits']],
    ['resolve', ['none', 'local']],
  ],
  [defaultValue('CountDefault', String(COUNT_DEFAULT))],
)}${operation('GetPropertyValue', url, [
  ['outputFormat', SCHEMA_FORMATS],
  ['resultType', ['results', 'hits']],
  ['resolve', ['none', 'local']],
])}${operation('ListStoredQueries', url, [])}${operation('DescribeStoredQueries', url, [])}${createStoredQuery(url)}${operation('DropStoredQuery', url, [])}${transaction(url)}${operation('LockFeature', url, [['lockAction', ['ALL', 'SOME']]])}${operation(
  'GetFeatureWithLock',
  url,
  [
    ['outputFormat', SCHEMA_FORMATS],
    ['lockAction', ['ALL', 'SOME']],
    ['resultType', ['results']],
  ],
)}<ows:Parameter name="version"><ows:AllowedValues><ows:Value>${VERSION}</ows:Value></ows:AllowedValues></ows:Parameter>
<ows:Parameter name="AcceptLanguages"><ows:AllowedValues><ows:Value>pl</ows:Value><ows:Value>en</ows:Value></ows:AllowedValues></ows:Parameter>
${Object.entries(CONSTRAINTS).map(([name, holds]) => constraint(name, holds))}${paging(isScenario).map(([name, value]) => defaultValue(name, value))}<ows:Constraint name="QueryExpressions"><ows:AllowedValues><ows:Value>wfs:Query</ows:Value><ows:Value>wfs:StoredQuery</ows:Value></ows:AllowedValues></ows:Constraint>
${extended}</ows:OperationsMetadata>
`;
}

/** As XML only. */
const transaction = (url: string): Markup =>
  markup`<ows:Operation name="Transaction"><ows:DCP><ows:HTTP><ows:Post xlink:href="${url}"/></ows:HTTP></ows:DCP><ows:Parameter name="inputFormat"><ows:AllowedValues>${SCHEMA_FORMATS.map((value) => markup`<ows:Value>${value}</ows:Value>`)}</ows:AllowedValues></ows:Parameter>${defaultValue('AutomaticDataLocking', 'TRUE')}${defaultValue('PreservesSiblingOrder', 'FALSE')}</ows:Operation>
`;

/** As XML only. */
const createStoredQuery = (url: string): Markup =>
  markup`<ows:Operation name="CreateStoredQuery"><ows:DCP><ows:HTTP><ows:Post xlink:href="${url}"/></ows:HTTP></ows:DCP><ows:Parameter name="language"><ows:AllowedValues><ows:Value>${QUERY_LANGUAGE}</ows:Value></ows:AllowedValues></ows:Parameter></ows:Operation>
`;

function operation(
  name: string,
  url: string,
  parameters: readonly (readonly [string, readonly string[]])[],
  constraints: readonly Markup[] = [],
): Markup {
  return markup`<ows:Operation name="${name}"><ows:DCP><ows:HTTP><ows:Get xlink:href="${url}?"/><ows:Post xlink:href="${url}"/></ows:HTTP></ows:DCP>${parameters.map(
    ([parameter, values]) =>
      markup`<ows:Parameter name="${parameter}"><ows:AllowedValues>${values.map((value) => markup`<ows:Value>${value}</ows:Value>`)}</ows:AllowedValues></ows:Parameter>`,
  )}${constraints}</ows:Operation>
`;
}

const constraint = (name: string, holds: boolean): Markup => defaultValue(name, holds ? 'TRUE' : 'FALSE');

function defaultValue(name: string, value: string): Markup {
  return markup`<ows:Constraint name="${name}"><ows:NoValues/><ows:DefaultValue>${value}</ows:DefaultValue></ows:Constraint>
`;
}
