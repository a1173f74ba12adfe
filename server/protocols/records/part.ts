/** What OGC API – Records adds to `/ogc`: conformance classes, the catalogue among the collections, its paths. */
import type { Language } from '../../../core/feature/layer.ts';
import { CQL2_LANGUAGES } from '../../../core/filter/cql2/cql2.ts';
import { CRS84_URI } from '../../../core/geo/crs.ts';
import { href } from '../../http/links.ts';
import { getItem, type OgcPart } from '../../http/ogc-part.ts';
import { GEOJSON_TYPE } from '../../http/ogc-view.ts';
import { SCHEMA_TYPE } from '../../http/property-schema.ts';

export const CATALOGUE = 'datasets';
export const CATALOGUE_PATH = `/ogc/collections/${CATALOGUE}`;
export const QUERYABLES_PATH = `${CATALOGUE_PATH}/queryables`;
export const CATALOGUE_TITLE = { pl: 'Katalog zbiorów danych', en: 'Catalogue of datasets' } as const;
const QUERYABLES_TITLE = { pl: 'Właściwości do filtrowania', en: 'Properties to filter by' } as const;
export const DESCRIPTION = {
  pl: 'Zbiory danych miasta: skąd są, kto za nie odpowiada, na jakich warunkach, jak są świeże i gdzie je pobrać.',
  en: 'Datasets of the city: where they come from, who answers for them, on which terms, how fresh they are, where to get them.',
} as const;

const CLASS = 'http://www.opengis.net/spec/ogcapi-records-1/1.0/conf';
const CLASSES = [
  'record-core',
  'record-collection',
  'record-core-query-parameters',
  'record-api',
  'sorting',
  'filtering',
  'json',
  'html',
].map((name) => `${CLASS}/${name}`);

/** The catalogue as a collection (20-004r1, 8.2). */
export const catalogueDocument = (publicUrl: string, language: Language) => ({
  id: CATALOGUE,
  type: 'Collection',
  itemType: 'record',
  title: CATALOGUE_TITLE[language],
  description: DESCRIPTION[language],
  // Extents stand in this system alone; who goes through all collections by Part 2 of Features finds it here too.
  ...{ crs: [CRS84_URI], storageCrs: CRS84_URI },
  conformsTo: CLASSES,
  links: [
    { href: href(publicUrl, CATALOGUE_PATH), rel: 'self', type: 'application/json' },
    {
      href: href(publicUrl, `${CATALOGUE_PATH}/items`),
      ...{ rel: 'items', type: GEOJSON_TYPE, title: CATALOGUE_TITLE[language] },
    },
    {
      href: href(publicUrl, QUERYABLES_PATH),
      rel: 'http://www.opengis.net/def/rel/ogc/1.0/queryables',
      ...{ type: SCHEMA_TYPE, title: QUERYABLES_TITLE[language] },
    },
    {
      href: href(publicUrl, '/csw', { service: 'CSW', request: 'GetCapabilities' }),
      ...{ rel: 'alternate', type: 'application/xml', title: 'CSW 2.0.2' },
    },
  ],
});

const parameter = (name: string, schema: object) => ({ name, in: 'query', required: false, schema });
const onlyCrs84 = { type: 'string', enum: [CRS84_URI], default: CRS84_URI };
const list = { type: 'array', items: { type: 'string' } };
export const RECORD_PARAMETERS = [
  parameter('q', list),
  parameter('bbox', { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 6 }),
  parameter('bbox-crs', onlyCrs84),
  parameter('crs', onlyCrs84),
  parameter('datetime', { type: 'string' }),
  parameter('type', list),
  parameter('ids', list),
  parameter('externalIds', list),
  parameter('filter', { type: 'string' }),
  parameter('filter-lang', { type: 'string', enum: CQL2_LANGUAGES, default: CQL2_LANGUAGES[0] }),
  parameter('filter-crs', onlyCrs84),
  parameter('sortby', list),
  parameter('limit', { type: 'integer', minimum: 1, maximum: 1000, default: 10 }),
  parameter('offset', { type: 'integer', minimum: 0, default: 0 }),
];

export const recordsPart: OgcPart = {
  conformance: CLASSES,
  links: [
    {
      path: CATALOGUE_PATH,
      rel: 'http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog',
      title: CATALOGUE_TITLE,
    },
  ],
  collections: (publicUrl, language) => [catalogueDocument(publicUrl, language)],
  paths: (language) => {
    const items = getItem(CATALOGUE_TITLE[language], [], GEOJSON_TYPE, 'text/html');
    return {
      [`/collections/${CATALOGUE}`]: getItem(CATALOGUE_TITLE[language], [], 'application/json', 'text/html'),
      [`/collections/${CATALOGUE}/queryables`]: getItem(
        QUERYABLES_TITLE[language],
        [],
        SCHEMA_TYPE,
        'text/html',
      ),
      [`/collections/${CATALOGUE}/items`]: { get: { ...items.get, parameters: RECORD_PARAMETERS } },
      [`/collections/${CATALOGUE}/items/{recordId}`]: getItem(
        CATALOGUE_TITLE[language],
        ['recordId'],
        GEOJSON_TYPE,
        'text/html',
      ),
    };
  },
};
