/** OGC API – Tiles 1.0 (20-057): what tiles add to `/ogc`. Vector tiles and pictures of each layer, in every grid. */
import { getItem, type OgcPart } from '../../../http/ogc-part.ts';
import type { Services } from '../../../services.ts';
import { ogcTile } from './tile.ts';
import { tileMatrixSet, tileMatrixSets } from './tile-matrix-sets.ts';
import { KINDS, tileset, tilesets } from './tilesets.ts';

const TILES = 'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf';

const TILE_MATRIX_SETS = {
  pl: 'Siatki kafli',
  en: 'Tile matrix sets',
} as const;

export function tilesPart(services: Services): OgcPart {
  return {
    conformance: [
      ...['core', 'tileset', 'tilesets-list', 'geodata-tilesets', 'mvt', 'png'].map(
        (name) => `${TILES}/${name}`,
      ),
      'http://www.opengis.net/spec/tms/2.0/conf/tilematrixset',
      'http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset',
    ],
    links: [
      {
        path: '/ogc/tileMatrixSets',
        rel: 'http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes',
        title: TILE_MATRIX_SETS,
      },
    ],
    collectionLinks: (layer) =>
      KINDS.map(({ folder, rel, title }) => ({ path: `/ogc/collections/${layer}/${folder}`, rel, title })),
    paths: (language) => ({
      '/tileMatrixSets': getItem(TILE_MATRIX_SETS[language], [], 'application/json'),
      '/tileMatrixSets/{tileMatrixSetId}': getItem(
        TILE_MATRIX_SETS[language],
        ['tileMatrixSetId'],
        'application/json',
      ),
      ...Object.fromEntries(
        KINDS.flatMap(({ folder, title, contentType }) => {
          const path = `/collections/{collectionId}/${folder}`;
          const place = ['collectionId', 'tileMatrixSetId'];
          return [
            [path, getItem(title[language], ['collectionId'], 'application/json')],
            [`${path}/{tileMatrixSetId}`, getItem(title[language], place, 'application/json')],
            [
              `${path}/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}`,
              getItem(title[language], [...place, 'tileMatrix', 'tileRow', 'tileCol'], contentType),
            ],
          ];
        }),
      ),
    }),
    routes: [
      { method: 'GET', path: '/ogc/tileMatrixSets', handle: tileMatrixSets },
      { method: 'GET', path: '/ogc/tileMatrixSets/:grid', handle: tileMatrixSet },
      ...KINDS.flatMap((kind) => {
        const path = `/ogc/collections/:layer/${kind.folder}`;
        return [
          { method: 'GET', path, handle: tilesets(services, kind) },
          { method: 'GET', path: `${path}/:grid`, handle: tileset(services, kind) },
          { method: 'GET', path: `${path}/:grid/:z/:y/:x`, handle: ogcTile(services, kind) },
        ] as const;
      }),
    ],
  };
}
