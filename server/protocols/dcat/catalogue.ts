/** The catalogue of datasets in DCAT-AP 2.1, from the records that CSW and OGC API – Records tell. */
import type { Text } from '../../../core/feature/layer.ts';
import type { DataUpkeep, MetadataRecord, TopicCategory } from '../../../core/metadata/metadata-record.ts';
import { href } from '../../http/links.ts';
import type { CatalogueRecord } from '../../services/metadata.ts';
import type { Prefixes, RdfNode, RdfValue } from './rdf.ts';

export const PREFIXES: Prefixes = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  geo: 'http://www.opengis.net/ont/geosparql#',
};

const EU = 'http://publications.europa.eu/resource/authority';
const THEMES: Readonly<Record<TopicCategory, string>> = {
  planningCadastre: 'REGI',
  structure: 'REGI',
  utilitiesCommunication: 'ENER',
  environment: 'ENVI',
  society: 'SOCI',
  transportation: 'TRAN',
  location: 'REGI',
  imageryBaseMapsEarthCover: 'REGI',
};

/** The shortest rhythm of the vocabulary of the EU that is not faster than a layer is due. */
const RHYTHMS: readonly (readonly [days: number, code: string])[] = [
  [0, 'UPDATE_CONT'],
  [1, 'DAILY'],
  [7, 'WEEKLY'],
  [31, 'MONTHLY'],
  [92, 'QUARTERLY'],
  [184, 'ANNUAL_2'],
  [366, 'ANNUAL'],
];
const rhythmOf = ({ everyDays }: DataUpkeep): string =>
  `${EU}/frequency/${RHYTHMS.find(([days]) => everyDays <= days)?.[1] ?? 'IRREG'}`;

const both = ({ pl, en }: Text): readonly RdfValue[] => [
  { text: pl, language: 'pl' },
  { text: en, language: 'en' },
];
const agent = (name: Text): RdfNode => ({ type: 'foaf:Agent', properties: { 'foaf:name': both(name) } });
const typed = (text: string, datatype: string): RdfValue => ({ text, datatype });

export interface DcatFrame {
  readonly publicUrl: string;
  readonly city: Text;
}

export function dcatCatalogue(records: readonly CatalogueRecord[], { publicUrl, city }: DcatFrame): RdfNode {
  const publisher = records[0]?.record.stewards[0] ?? city;
  return {
    id: href(publicUrl, '/dcat'),
    type: 'dcat:Catalog',
    properties: {
      'dct:title': both({ pl: `${city.pl}: zbiory danych`, en: `${city.en}: datasets` }),
      'dct:description': both({
        pl: 'Zbiory danych miasta: rejestry, plany, sieci, model 3D i inne warstwy.',
        en: 'Datasets of the city: registers, plans, networks, the 3D model and other layers.',
      }),
      'dct:publisher': [agent(publisher)],
      'dct:language': ['POL', 'ENG'].map((code) => ({ id: `${EU}/language/${code}` })),
      'foaf:homepage': [{ id: href(publicUrl, '/') }],
      'dcat:dataset': records.map(({ record }) => dataset(record, publicUrl)),
    },
  };
}

function dataset(record: MetadataRecord, publicUrl: string): RdfNode {
  const { id, date, upkeep, extent, quality } = record;
  const [steward] = record.stewards;
  const page = href(publicUrl, `/ogc/collections/datasets/items/${encodeURIComponent(id)}`);
  const assessed: Text =
    quality.omissionPct === undefined
      ? { pl: 'Kompletności nie oceniono.', en: 'Completeness was not assessed.' }
      : {
          pl: `Kompletność ${100 - quality.omissionPct}%.`,
          en: `Completeness ${100 - quality.omissionPct}%.`,
        };
  const filled = quality.attributes?.filledPct;
  const attributes: Text =
    filled === undefined
      ? { pl: '', en: '' }
      : {
          pl: ` Wartości wymaganych atrybutów: ${String(filled).replace('.', ',')}%.`,
          en: ` Values of required attributes: ${filled}%.`,
        };
  return {
    id: page,
    type: 'dcat:Dataset',
    properties: {
      'dct:identifier': [{ text: id }],
      'dct:title': both(record.title),
      'dct:description': both(record.abstract),
      'dcat:keyword': record.keywords.flatMap(both),
      'dcat:theme': [...new Set(record.topics.map((topic) => THEMES[topic]))].map((code) => ({
        id: `${EU}/data-theme/${code}`,
      })),
      'dct:publisher': steward ? [agent(steward)] : [],
      'dcat:contactPoint': steward
        ? [{ type: 'vcard:Organization', properties: { 'vcard:fn': both(steward) } }]
        : [],
      'dct:modified': date ? [typed(date.toISOString(), 'xsd:dateTime')] : [],
      'dct:accrualPeriodicity': upkeep ? [{ id: rhythmOf(upkeep) }] : [],
      'dct:accessRights': [
        { id: `${EU}/access-right/${(upkeep?.isOpen ?? true) ? 'PUBLIC' : 'RESTRICTED'}` },
      ],
      'dct:provenance': [
        {
          type: 'dct:ProvenanceStatement',
          properties: {
            'rdfs:label': both({
              pl: `${record.lineage.pl} ${assessed.pl}${attributes.pl}`,
              en: `${record.lineage.en} ${assessed.en}${attributes.en}`,
            }),
          },
        },
      ],
      'dct:spatial': extent
        ? [{ type: 'dct:Location', properties: { 'dcat:bbox': [typed(box(extent), 'geo:wktLiteral')] } }]
        : [],
      'dcat:landingPage': [{ id: page }],
      'dcat:distribution': upkeep ? distributions(record, upkeep.layer, publicUrl) : [],
    },
  };
}

const box = ([west, south, east, north]: readonly [number, number, number, number]): string =>
  `POLYGON((${[
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
    .map((corner) => corner.map((degrees) => degrees.toFixed(6)).join(' '))
    .join(',')}))`;

/** Ways to the data of a layer: address, file type of the vocabulary of the EU, media type. */
function distributions({ licences }: MetadataRecord, layer: string, publicUrl: string): readonly RdfNode[] {
  const wfs = { service: 'WFS', version: '2.0.0', request: 'GetFeature', typeNames: layer };
  const ways = [
    ['GeoJSON', href(publicUrl, `/ogc/collections/${layer}/items`), 'GEOJSON', 'application/geo+json'],
    ['GML 3.2', href(publicUrl, '/wfs', wfs), 'GML', 'application/gml+xml'],
    ['Atom', href(publicUrl, `/atom/datasets/${layer}`), 'ATOM', 'application/atom+xml'],
  ] as const;
  return ways.map(([title, address, fileType, mediaType]) => ({
    type: 'dcat:Distribution',
    properties: {
      'dct:title': [{ text: title }],
      'dcat:accessURL': [{ id: address }],
      'dct:format': [{ id: `${EU}/file-type/${fileType}` }],
      'dcat:mediaType': [{ id: `http://www.iana.org/assignments/media-types/${mediaType}` }],
      'dct:license': licences.map((licence) => ({
        type: 'dct:LicenseDocument',
        properties: { 'rdfs:label': both(licence) },
      })),
    },
  }));
}
