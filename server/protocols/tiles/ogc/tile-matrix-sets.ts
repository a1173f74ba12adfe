/** Grids as tile matrix sets in JSON (17-083r4, 7). */
import { notFound } from '../../../../core/errors.ts';
import { crsOf, crsUri } from '../../../../core/geo/crs.ts';
import {
  resolutionM,
  scaleDenominator,
  TILE_GRIDS,
  TILE_SIZE_PX,
  type TileGrid,
  tileGridOf,
} from '../../../../core/geo/tile-grid.ts';
import { jsonReply } from '../../../http/json.ts';
import { href } from '../../../http/links.ts';
import type { Ask, Reply } from '../../../http/protocol.ts';

export function tileMatrixSets({ publicUrl }: Pick<Ask, 'publicUrl'>): Reply {
  return jsonReply({
    tileMatrixSets: Object.values(TILE_GRIDS).map((grid) => ({
      id: grid.name,
      crs: crsUri(grid.srid),
      ...(wellKnownUri(grid) === undefined ? {} : { uri: wellKnownUri(grid) }),
      links: [{ href: gridAddress(grid, publicUrl), rel: 'self', type: 'application/json' }],
    })),
  });
}

export function tileMatrixSet(ask: Pick<Ask, 'route'>): Reply {
  const grid = gridNamed(ask.route['grid'] ?? '');
  const { name, srid, originX, originY, maxLevel } = grid;
  const isNorthingFirst = crsOf(srid).authorityOrder === 'northing-easting';
  return jsonReply({
    id: name,
    title: `${crsOf(srid).name}`,
    ...(wellKnownUri(grid) === undefined ? {} : { uri: wellKnownUri(grid) }),
    crs: crsUri(srid),
    orderedAxes: isNorthingFirst ? ['N', 'E'] : ['E', 'N'],
    tileMatrices: Array.from({ length: maxLevel + 1 }, (_, z) => ({
      id: String(z),
      scaleDenominator: scaleDenominator(grid, z),
      cellSize: resolutionM(grid, z),
      cornerOfOrigin: 'topLeft',
      // In the order of the CRS, as the axes above.
      pointOfOrigin: isNorthingFirst ? [originY, originX] : [originX, originY],
      tileWidth: TILE_SIZE_PX,
      tileHeight: TILE_SIZE_PX,
      matrixWidth: 2 ** z,
      matrixHeight: 2 ** z,
    })),
  });
}

/** @throws TwinError not-found */
export function gridNamed(name: string): TileGrid {
  const grid = tileGridOf(name);
  if (grid) return grid;
  const names = Object.keys(TILE_GRIDS).join(', ');
  throw notFound(`There is no tile matrix set "${name.slice(0, 100)}"; use ${names}`, 'tileMatrixSetId');
}

export const gridAddress = (grid: TileGrid, publicUrl: string): string =>
  href(publicUrl, `/ogc/tileMatrixSets/${grid.name}`);

/** The name in the register of OGC, for the one that is there. */
export const wellKnownUri = ({ name }: TileGrid): string | undefined =>
  name === 'WebMercatorQuad' ? 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad' : undefined;
