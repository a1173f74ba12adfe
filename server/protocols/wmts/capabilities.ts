/** GetCapabilities (07-057r7, 7.1). Titles are in the language asked for. */
import type { Language, Layer, LayerStatus } from '../../../core/feature/layer.ts';
import { reprojectBbox } from '../../../core/geo/bbox.ts';
import { crsOf, crsUrn } from '../../../core/geo/crs.ts';
import { scaleDenominator, TILE_GRIDS, TILE_SIZE_PX, type TileGrid } from '../../../core/geo/tile-grid.ts';
import { withStaleness } from '../../../core/metadata/metadata-record.ts';
import { comparedSequence, updateSequenceOf } from '../../../core/metadata/update-sequence.ts';
import { type Markup, markup } from '../../../core/xml/writer.ts';
import { legendSize } from '../../../tiles/picture/legend.ts';
import { type TimeExtent, timeExtent } from '../../access/time-dimension.ts';
import type { View } from '../../access/view.ts';
import type { Kvp } from '../../http/kvp.ts';
import { href } from '../../http/links.ts';
import { languageOf, parseWishes } from '../../http/negotiate.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { WmtsError } from './exceptions.ts';

export const VERSION = '1.0.0';
export const STYLE_NAME = 'default';
export const TILE_FORMAT = 'image/png';
/** The dimension, and its variable in addresses of tiles. */
export const TIME = 'Time';

const WORDS = {
  title: { pl: 'Bliźniak: mapa miasta w kaflach (WMTS)', en: 'Blizniak: map of the city as tiles (WMTS)' },
  abstract: {
    pl: 'Warstwy cyfrowego bliźniaka miasta jako kafle w układach EPSG:2177, EPSG:2180 i EPSG:3857.',
    en: "Layers of the city's digital twin as tiles in EPSG:2177, EPSG:2180 and EPSG:3857.",
  },
  provider: { pl: 'Bliźniak', en: 'Blizniak' },
  style: { pl: 'Styl domyślny', en: 'Default style' },
  time: { pl: 'Stan miasta zapisany w chwili', en: 'The city as it was recorded at a moment' },
} as const;

interface Writing {
  readonly language: Language;
  readonly publicUrl: string;
  readonly view: View;
  readonly now: Date;
}

/** @throws WmtsError VersionNegotiationFailed when none of `acceptVersions` is offered */
export async function getCapabilities(services: Services, kvp: Kvp, ask: Ask): Promise<Reply> {
  const versions = kvp.list('acceptVersions');
  if (versions && !versions.includes(VERSION)) {
    throw new WmtsError('VersionNegotiationFailed', `Only version ${VERSION} is offered`, 'acceptVersions');
  }
  const wish = kvp.get('language');
  const wishes = parseWishes(ask.headers['accept-language']).map(({ value }) => value);
  const writing = {
    language: languageOf(wish === undefined ? wishes : [wish]),
    ...{ publicUrl: ask.publicUrl, view: ask.view, now: new Date() },
  };
  const layers = await services.catalogue.layers(ask.view);
  const described = await Promise.all(
    layers.map(async (layer) => ({
      layer,
      status: await services.catalogue.status(layer.name, ask.view),
    })),
  );
  const statuses = described.map(({ status }) => status);
  const updateSequence = updateSequenceOf(statuses, ask.view.scenario?.revision);
  const compared = comparedSequence(kvp.get('updateSequence'), updateSequence);
  if (compared === 'newer') {
    const message = `updateSequence is ${updateSequence} now; leave the parameter out`;
    throw new WmtsError('InvalidUpdateSequence', message, 'updateSequence');
  }
  const elements = described.map(({ layer, status }) => layerElement(layer, status, writing));
  return {
    status: 200,
    headers: {
      'content-type': 'application/xml',
      'content-language': writing.language,
      vary: 'Accept-Language',
    },
    body: (compared === 'current'
      ? markup`${root(updateSequence)}</Capabilities>\n`
      : documentOf(elements, updateSequence, writing)
    ).text,
  };
}

/** Alone, where nothing has changed for the client (06-121r9, 7.3.4). */
const root = (updateSequence: number): Markup => markup`<?xml version="1.0" encoding="UTF-8"?>
<Capabilities version="${VERSION}" updateSequence="${updateSequence}" xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/wmts/1.0 http://schemas.opengis.net/wmts/1.0/wmtsGetCapabilities_response.xsd">`;

function documentOf(layers: readonly Markup[], updateSequence: number, writing: Writing): Markup {
  const { language, publicUrl } = writing;
  return markup`${root(updateSequence)}
<ows:ServiceIdentification><ows:Title>${WORDS.title[language]}</ows:Title><ows:Abstract>${WORDS.abstract[language]}</ows:Abstract><ows:ServiceType>OGC WMTS</ows:ServiceType><ows:ServiceTypeVersion>${VERSION}</ows:ServiceTypeVersion><ows:Fees>none</ows:Fees><ows:AccessConstraints>none</ows:AccessConstraints></ows:ServiceIdentification>
<ows:ServiceProvider><ows:ProviderName>${WORDS.provider[language]}</ows:ProviderName><ows:ServiceContact/></ows:ServiceProvider>
<ows:OperationsMetadata>
${operation('GetCapabilities', `${publicUrl}/wmts/1.0.0/WMTSCapabilities.xml`, publicUrl)}${operation('GetTile', `${publicUrl}/wmts/1.0.0/`, publicUrl)}</ows:OperationsMetadata>
<Contents>
${layers}${Object.values(TILE_GRIDS).map(matrixSet)}</Contents>
<ServiceMetadataURL xlink:href="${publicUrl}/wmts/1.0.0/WMTSCapabilities.xml"/>
</Capabilities>
`;
}

function operation(name: string, address: string, publicUrl: string): Markup {
  const get = (target: string, encoding: string) =>
    markup`<ows:Get xlink:href="${target}"><ows:Constraint name="GetEncoding"><ows:AllowedValues><ows:Value>${encoding}</ows:Value></ows:AllowedValues></ows:Constraint></ows:Get>`;
  return markup`<ows:Operation name="${name}"><ows:DCP><ows:HTTP>${get(`${publicUrl}/wmts?`, 'KVP')}${get(address, 'RESTful')}</ows:HTTP></ows:DCP></ows:Operation>
`;
}

function layerElement(layer: Layer, status: LayerStatus, writing: Writing): Markup {
  const { language, publicUrl, view, now } = writing;
  const { widthPx, heightPx } = legendSize(layer, language);
  const legend = href(publicUrl, '/wms', {
    ...{ service: 'WMS', version: '1.3.0', request: 'GetLegendGraphic', sld_version: '1.1.0' },
    ...{ layer: layer.name, style: STYLE_NAME, format: 'image/png', language },
  });
  const grids = Object.values(TILE_GRIDS).map(
    ({ name }) => markup`<TileMatrixSetLink><TileMatrixSet>${name}</TileMatrixSet></TileMatrixSetLink>`,
  );
  const time = timeExtent(status, view, now);
  const template = `${publicUrl}/wmts/1.0.0/${encodeURIComponent(layer.name)}/{Style}/${time ? `{${TIME}}/` : ''}{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png`;
  return markup`<Layer><ows:Title>${layer.title[language]}</ows:Title><ows:Abstract>${withStaleness(layer.description, layer, status, now)[language]}</ows:Abstract>${boundingBox(layer, status.extent)}<ows:Identifier>${layer.name}</ows:Identifier><Style isDefault="true"><ows:Title>${WORDS.style[language]}</ows:Title><ows:Identifier>${STYLE_NAME}</ows:Identifier><LegendURL format="image/png" xlink:href="${legend}" width="${widthPx}" height="${heightPx}"/></Style><Format>${TILE_FORMAT}</Format>${time && dimension(time, language)}${grids}<ResourceURL format="${TILE_FORMAT}" resourceType="tile" template="${template}"/></Layer>
`;
}

/** Values as WMS tells them: from the first load to now, by the second. */
const dimension = ({ extent, ...time }: TimeExtent, language: Language): Markup =>
  markup`<Dimension><ows:Title>${WORDS.time[language]}</ows:Title><ows:Identifier>${TIME}</ows:Identifier><ows:UOM>ISO8601</ows:UOM><Default>${time.default}</Default><Current>true</Current><Value>${extent}</Value></Dimension>`;

function boundingBox(layer: Layer, extent: LayerStatus['extent']): Markup | undefined {
  if (!extent) return undefined;
  const [minX, minY, maxX, maxY] = extent;
  const box = reprojectBbox({ minX, minY, maxX, maxY, srid: layer.srid }, 4326);
  const down = (degrees: number) => (Math.floor(degrees * 1e7) / 1e7).toFixed(7);
  const up = (degrees: number) => (Math.ceil(degrees * 1e7) / 1e7).toFixed(7);
  return markup`<ows:WGS84BoundingBox><ows:LowerCorner>${down(box.minX)} ${down(box.minY)}</ows:LowerCorner><ows:UpperCorner>${up(box.maxX)} ${up(box.maxY)}</ows:UpperCorner></ows:WGS84BoundingBox>`;
}

/** Level 0 of the Mercator grid and those after it are those of the well-known set. */
const WELL_KNOWN: Readonly<Partial<Record<string, string>>> = {
  WebMercatorQuad: 'urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible',
};

function matrixSet(grid: TileGrid): Markup {
  const { name, srid, originX, originY, maxLevel } = grid;
  const isNorthingFirst = crsOf(srid).authorityOrder === 'northing-easting';
  // In the order of the CRS (07-057r7, 6.1), whose definition the URN names.
  const corner = isNorthingFirst ? `${originY} ${originX}` : `${originX} ${originY}`;
  const known = WELL_KNOWN[name];
  const levels = Array.from(
    { length: maxLevel + 1 },
    (_, z) =>
      markup`<TileMatrix><ows:Identifier>${z}</ows:Identifier><ScaleDenominator>${scaleDenominator(grid, z)}</ScaleDenominator><TopLeftCorner>${corner}</TopLeftCorner><TileWidth>${TILE_SIZE_PX}</TileWidth><TileHeight>${TILE_SIZE_PX}</TileHeight><MatrixWidth>${2 ** z}</MatrixWidth><MatrixHeight>${2 ** z}</MatrixHeight></TileMatrix>
`,
  );
  return markup`<TileMatrixSet><ows:Identifier>${name}</ows:Identifier><ows:SupportedCRS>${crsUrn(srid)}</ows:SupportedCRS>${known && markup`<WellKnownScaleSet>${known}</WellKnownScaleSet>`}
${levels}</TileMatrixSet>
`;
}
