/** The list of tilesets of a layer, and one of them (20-057, 10 and 9). */
import { layerNamed } from '../../../../core/feature/check-query.ts';
import type { Layer, Text } from '../../../../core/feature/layer.ts';
import { reprojectBbox } from '../../../../core/geo/bbox.ts';
import { CRS84_URI, crsUri } from '../../../../core/geo/crs.ts';
import { TILE_GRIDS, type TileGrid } from '../../../../core/geo/tile-grid.ts';
import { jsonReply } from '../../../http/json.ts';
import { href } from '../../../http/links.ts';
import { chooseLanguage } from '../../../http/negotiate.ts';
import type { Ask, Route } from '../../../http/protocol.ts';
import type { Services } from '../../../services.ts';
import { gridAddress, gridNamed, wellKnownUri } from './tile-matrix-sets.ts';

export interface TilesetKind {
  /** Below the collection. */
  readonly folder: string;
  readonly rel: string;
  readonly dataType: 'vector' | 'map';
  readonly contentType: string;
  readonly title: Text;
}

const REL = 'http://www.opengis.net/def/rel/ogc/1.0';

export const KINDS: readonly TilesetKind[] = [
  {
    folder: 'tiles',
    rel: `${REL}/tilesets-vector`,
    dataType: 'vector',
    contentType: 'application/vnd.mapbox-vector-tile',
    title: { pl: 'Kafle wektorowe', en: 'Vector tiles' },
  },
  {
    folder: 'map/tiles',
    rel: `${REL}/tilesets-map`,
    dataType: 'map',
    contentType: 'image/png',
    title: { pl: 'Kafle mapy', en: 'Map tiles' },
  },
];

export function tilesets({ catalogue }: Services, kind: TilesetKind): Route['handle'] {
  return async (ask) => {
    const layer = layerNamed(await catalogue.layers(ask.view), ask.route['layer'] ?? '');
    const title = layer.title[chooseLanguage(ask)];
    return jsonReply({
      links: [
        { href: addressOf(layer, kind, '', ask), rel: 'self', type: 'application/json' },
        {
          href: href(ask.publicUrl, `/ogc/collections/${layer.name}`),
          rel: 'collection',
          type: 'application/json',
        },
      ],
      tilesets: Object.values(TILE_GRIDS).map((grid) => describe(layer, grid, kind, title, ask)),
    });
  };
}

export function tileset({ catalogue }: Services, kind: TilesetKind): Route['handle'] {
  return async (ask) => {
    const layer = layerNamed(await catalogue.layers(ask.view), ask.route['layer'] ?? '');
    const grid = gridNamed(ask.route['grid'] ?? '');
    const { extent } = await catalogue.status(layer.name, ask.view);
    const document = describe(layer, grid, kind, layer.title[chooseLanguage(ask)], ask);
    if (!extent) return jsonReply(document);
    const [minX, minY, maxX, maxY] = extent;
    const box = reprojectBbox({ minX, minY, maxX, maxY, srid: layer.srid }, 4326);
    return jsonReply({
      ...document,
      boundingBox: { lowerLeft: [box.minX, box.minY], upperRight: [box.maxX, box.maxY], crs: CRS84_URI },
    });
  };
}

function describe(
  layer: Layer,
  grid: TileGrid,
  { dataType, contentType, ...kind }: TilesetKind,
  title: string,
  ask: Pick<Ask, 'publicUrl'>,
) {
  const self = addressOf(layer, kind, `/${grid.name}`, ask);
  const uri = wellKnownUri(grid);
  return {
    title: `${title} (${grid.name})`,
    dataType,
    crs: crsUri(grid.srid),
    tileMatrixSetId: grid.name,
    ...(uri === undefined ? {} : { tileMatrixSetURI: uri }),
    links: [
      { href: self, rel: 'self', type: 'application/json' },
      { href: gridAddress(grid, ask.publicUrl), rel: `${REL}/tiling-scheme`, type: 'application/json' },
      {
        href: `${self}/{tileMatrix}/{tileRow}/{tileCol}`,
        rel: 'item',
        type: contentType,
        templated: true,
      },
    ],
  };
}

const addressOf = (
  { name }: Layer,
  { folder }: Pick<TilesetKind, 'folder'>,
  tail: string,
  { publicUrl }: Pick<Ask, 'publicUrl'>,
): string => href(publicUrl, `/ogc/collections/${name}/${folder}${tail}`);
