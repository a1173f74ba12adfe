import { invalidParameter, notFound } from '../../../core/errors.ts';
import { isInGrid, TILE_GRIDS, type TileGrid, tileGridOf } from '../../../core/geo/tile-grid.ts';
import type { Ask, Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { tileAddress } from './tile-address.ts';
import { noSuchTile, tileReply } from './tile-reply.ts';

/** `GET /tiles/vector/{layer}/{z}/{x}/{y}.mvt?tms=`: a Mapbox Vector Tile 2.1 of one layer. */
export function vectorTile({ vectorTiles }: Services): Route['handle'] {
  return (ask) => {
    const { layer = '' } = ask.route;
    const grid = gridAsked(ask);
    const { z, x, y } = tileAddress(ask, 'mvt');
    if (!isInGrid(grid, z, x, y)) {
      throw noSuchTile(
        z,
        x,
        y,
        `levels of ${grid.name} are 0 to ${grid.maxLevel}, columns and rows 0 to 2^z - 1`,
      );
    }
    return tileReply(
      ask,
      (known) => vectorTiles(ask.view).get({ layer, grid: grid.name, z, x, y }, ask.signal, known),
      () => noSuchLayer(layer),
    );
  };
}

/** @throws TwinError invalid-parameter for a grid that is not served. */
export function gridAsked(ask: Pick<Ask, 'query'>): TileGrid {
  const name = ask.query.get('tms') || 'WebMercatorQuad';
  const grid = tileGridOf(name);
  if (!grid) {
    const names = Object.keys(TILE_GRIDS).join(', ');
    throw invalidParameter('tms', `Unknown tile grid "${name.slice(0, 100)}"; use ${names}`);
  }
  return grid;
}

export const noSuchLayer = (layer: string) =>
  notFound(`There is no layer "${layer.slice(0, 100)}" of vector tiles; /api/layers lists them`, 'layer');
