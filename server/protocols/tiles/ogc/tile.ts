import { notFound } from '../../../../core/errors.ts';
import { isInGrid } from '../../../../core/geo/tile-grid.ts';
import type { Route } from '../../../http/protocol.ts';
import type { Services } from '../../../services.ts';
import { whole } from '../tile-address.ts';
import { noSuchTile, tileReply } from '../tile-reply.ts';
import { gridNamed } from './tile-matrix-sets.ts';
import type { TilesetKind } from './tilesets.ts';

/** `…/{tileMatrix}/{tileRow}/{tileCol}` (20-057, 7.1): the row stands before the column. */
export function ogcTile({ vectorTiles, mapTiles }: Services, { dataType }: TilesetKind): Route['handle'] {
  const sources = dataType === 'vector' ? vectorTiles : mapTiles;
  return (ask) => {
    const { layer = '', grid: name = '', z: level = '', y: row = '', x: column = '' } = ask.route;
    const grid = gridNamed(name);
    const z = whole('tileMatrix', level);
    const y = whole('tileRow', row);
    const x = whole('tileCol', column);
    if (!isInGrid(grid, z, x, y)) {
      throw noSuchTile(z, x, y, `levels of ${name} are 0 to ${grid.maxLevel}, rows and columns 0 to 2^z - 1`);
    }
    return tileReply(
      ask,
      (known) => sources(ask.view).get({ layer, grid: grid.name, z, x, y }, ask.signal, known),
      () => notFound(`There is no collection "${layer.slice(0, 100)}"`, 'collectionId'),
    );
  };
}
