/**
 * Feeds of a download service (INSPIRE Technical Guidance for Download Services 3.1, 5: Atom) and the OpenSearch
 * description that leads to them.
 */
import type { Language, Layer, LayerStatus } from '../../../core/feature/layer.ts';
import { reprojectBbox } from '../../../core/geo/bbox.ts';
import { crsOf, crsUri } from '../../../core/geo/crs.ts';
import { CITY_HEIGHTS } from '../../../core/geo/height-systems.ts';
import { recordId } from '../../../core/metadata/metadata-record.ts';
import { ORDER_FORMAT_FACTS, skipOf } from '../../../core/order/order-formats.ts';
import type { OrderFormat } from '../../../core/wire/order.ts';
import { type Markup, markup, raw } from '../../../core/xml/writer.ts';

/** What whole layers are offered in; ETRS89 by latitude and longitude is what the directive asks for. */
export const ATOM_FORMATS: readonly OrderFormat[] = ['gml', 'gpkg', 'shp', 'geojson'];
export const ATOM_SRIDS = [2177, 2180, 4258] as const;

const ATOM = 'http://www.w3.org/2005/Atom';
const DLS = 'http://inspire.ec.europa.eu/schemas/inspire_dls/1.0';
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A layer that is there. */
export interface AtomDataset {
  readonly layer: Layer;
  readonly status: LayerStatus & { readonly loadedAt: string };
}

export interface AtomFrame {
  /** Where the world sees the service, with the state of the city in front. */
  readonly publicUrl: string;
  readonly language: Language;
  readonly city: string;
}

const WORDS = {
  pl: {
    service: (city: string) => `${city}: usługa pobierania danych (ATOM)`,
    subtitle: 'Warstwy całego miasta jako paczki, w formatach i układach do wyboru',
    package: (layer: string, format: string, crs: string) => `${layer}: ${format}, ${crs}`,
  },
  en: {
    service: (city: string) => `${city}: download service (ATOM)`,
    subtitle: 'Layers of the whole city as packages, in formats and systems to choose from',
    package: (layer: string, format: string, crs: string) => `${layer}: ${format}, ${crs}`,
  },
} as const;

const namespaceOf = ({ publicUrl }: AtomFrame): string => `${publicUrl}/ogc/collections/`;
const feedOf = ({ publicUrl }: AtomFrame, { name }: Layer): string => `${publicUrl}/atom/datasets/${name}`;
/** The ISO 19139 record of a layer in the catalogue service, which the Technical Guidance asks for. */
const recordAddress = ({ publicUrl }: AtomFrame, layer: Layer): string =>
  `${publicUrl}/csw?${new URLSearchParams({
    ...{ service: 'CSW', version: '2.0.2', request: 'GetRecordById', id: recordId(layer) },
    ...{ outputSchema: 'http://www.isotc211.org/2005/gmd', elementSetName: 'full' },
  })}`;
export const packageAddress = (publicUrl: string, layer: string, format: OrderFormat, srid: number): string =>
  `${publicUrl}/atom/files/${layer}/${format}-${srid}.zip`;

/** The feed of the service: an entry for each layer. @param self address of this document */
export function serviceFeed(frame: AtomFrame, datasets: readonly AtomDataset[], self: string): string {
  const { publicUrl, language, city } = frame;
  const entries = datasets.map(
    ({ layer, status }) => markup`
  <entry>
    <id>${feedOf(frame, layer)}</id>
    <title>${layer.title[language]}</title>
    <inspire_dls:spatial_dataset_identifier_code>${layer.name}</inspire_dls:spatial_dataset_identifier_code>
    <inspire_dls:spatial_dataset_identifier_namespace>${namespaceOf(frame)}</inspire_dls:spatial_dataset_identifier_namespace>
    <link rel="alternate" type="application/atom+xml" hreflang="${language}" href="${feedOf(frame, layer)}" title="${layer.title[language]}"/>
    <link rel="describedby" type="application/xml" href="${recordAddress(frame, layer)}"/>
    <link rel="related" type="application/json" href="${publicUrl}/ogc/collections/${layer.name}"/>
    <author><name>${layer.steward[language]}</name></author>
    <rights>${layer.licence[language]}</rights>
    <updated>${status.loadedAt}</updated>
    <summary>${layer.description[language]}</summary>
    ${polygonOf(layer, status)}${ATOM_SRIDS.map((srid) => categoryOf(srid))}
  </entry>`,
  );
  return markup`${head(frame)}
  <id>${publicUrl}/atom/service.xml</id>
  <title>${WORDS[language].service(city)}</title>
  <subtitle>${WORDS[language].subtitle}</subtitle>
  <link rel="self" type="application/atom+xml" hreflang="${language}" href="${self}"/>
  <link rel="search" type="application/opensearchdescription+xml" href="${publicUrl}/atom/opensearch.xml"/>
  <updated>${latest(datasets)}</updated>
  <author><name>${city}</name></author>${entries}
</feed>
`.text;
}

/** The feed of a layer: an entry for each format and CRS that all of it can be had in. */
export function datasetFeed(frame: AtomFrame, { layer, status }: AtomDataset, self: string): string {
  const { publicUrl, language } = frame;
  const entries = ATOM_SRIDS.flatMap((srid) =>
    ATOM_FORMATS.filter(
      (format) => skipOf(layer, format, { srid, heights: CITY_HEIGHTS }, status.count) === undefined,
    ).map((format) => {
      const address = packageAddress(publicUrl, layer.name, format, srid);
      const title = WORDS[language].package(
        layer.title[language],
        ORDER_FORMAT_FACTS[format].title[language],
        `EPSG:${srid} ${crsOf(srid).name}`,
      );
      return markup`
  <entry>
    <id>${address}</id>
    <title>${title}</title>
    <link rel="alternate" type="application/zip" hreflang="${language}" href="${address}" title="${title}"/>
    <updated>${status.loadedAt}</updated>
    ${polygonOf(layer, status)}${categoryOf(srid)}
  </entry>`;
    }),
  );
  return markup`${head(frame)}
  <id>${feedOf(frame, layer)}</id>
  <title>${layer.title[language]}</title>
  <subtitle>${layer.description[language]}</subtitle>
  <link rel="self" type="application/atom+xml" hreflang="${language}" href="${self}"/>
  <link rel="up" type="application/atom+xml" href="${publicUrl}/atom/service.xml"/>
  <link rel="describedby" type="application/xml" href="${recordAddress(frame, layer)}"/>
  <link rel="related" type="application/json" href="${publicUrl}/ogc/collections/${layer.name}"/>
  <rights>${layer.licence[language]}</rights>
  <updated>${status.loadedAt}</updated>
  <author><name>${layer.steward[language]}</name></author>${entries}
</feed>
`.text;
}

/** How feeds and packages are found (OpenSearch 1.1, with the parameters of the Technical Guidance). */
export function openSearch(frame: AtomFrame, datasets: readonly AtomDataset[]): string {
  const { publicUrl, language, city } = frame;
  const search = `${publicUrl}/atom/search`;
  const named =
    'spatial_dataset_identifier_code={inspire_dls:spatial_dataset_identifier_code?}&spatial_dataset_identifier_namespace={inspire_dls:spatial_dataset_identifier_namespace?}';
  const queries = datasets.map(
    ({ layer }) => markup`
  <Query role="example" inspire_dls:spatial_dataset_identifier_namespace="${namespaceOf(frame)}" inspire_dls:spatial_dataset_identifier_code="${layer.name}" inspire_dls:crs="${crsUri(ATOM_SRIDS[0])}" language="${language}" title="${layer.title[language]}" count="1"/>`,
  );
  return markup`${xmlHead()}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/" xmlns:inspire_dls="${DLS}">
  <ShortName>Blizniak</ShortName>
  <Description>${WORDS[language].service(city)}</Description>
  <Url type="application/opensearchdescription+xml" rel="self" template="${publicUrl}/atom/opensearch.xml"/>
  <Url type="application/atom+xml" rel="results" template="${search}?q={searchTerms}&amp;language={language?}"/>
  <Url type="application/atom+xml" rel="describedby" template="${search}?${named}&amp;language={language?}"/>
  <Url type="application/zip" rel="results" template="${search}?${named}&amp;crs={inspire_dls:crs?}&amp;language={language?}"/>
  <LongName>${WORDS[language].service(city)}</LongName>${queries}
  <Language>pl</Language>
  <Language>en</Language>
  <OutputEncoding>UTF-8</OutputEncoding>
  <InputEncoding>UTF-8</InputEncoding>
</OpenSearchDescription>
`.text;
}

const xmlHead = (): Markup => raw(XML);

const head = ({ language }: AtomFrame): Markup =>
  markup`${xmlHead()}<feed xmlns="${ATOM}" xmlns:georss="http://www.georss.org/georss" xmlns:inspire_dls="${DLS}" xml:lang="${language}">`;

const categoryOf = (srid: number): Markup =>
  markup`<category term="${crsUri(srid)}" label="EPSG:${srid} ${crsOf(srid).name}"/>`;

const latest = (datasets: readonly AtomDataset[]): string =>
  datasets
    .map(({ status }) => status.loadedAt)
    .toSorted()
    .at(-1) ?? new Date(0).toISOString();

/** Its box: latitude, then longitude, the first corner again at the end (GeoRSS Simple). */
function polygonOf({ srid }: Layer, { extent }: LayerStatus): Markup | undefined {
  if (!extent) return undefined;
  const [minX, minY, maxX, maxY] = extent;
  const box = reprojectBbox({ minX, minY, maxX, maxY, srid }, 4326);
  if (!box) return undefined;
  const [south, west, north, east] = [box.minY, box.minX, box.maxY, box.maxX].map((degrees) =>
    degrees.toFixed(7),
  );
  return markup`<georss:polygon>${south} ${west} ${south} ${east} ${north} ${east} ${north} ${west} ${south} ${west}</georss:polygon>`;
}
