/** The trees of the store by tiles, standing on the terrain model. */
import { TREES } from '../../core/catalogue/greenery.ts';
import type { TiledStore } from '../../tiles/tileset/building-store.ts';
import { TALLEST_M, type TreeRow, WIDEST_M } from '../../tiles/tileset/tree-tiles.ts';
import type { View } from '../access/view.ts';
import { type LaidCity, laidTiles, propertiesOf } from './laid-tiles.ts';
import { sql } from './sql.ts';

const RULE = {
  tile: sql`twin.tree_tile(geom, height_m)`,
  // Registers tell no height above the sea.
  low: sql`null::float8`,
  high: sql`null::float8`,
};

export const postgisTrees = (city: LaidCity, view: View): TiledStore<TreeRow> =>
  laidTiles(city, view, {
    tables: [TREES.table],
    rule: () => RULE,
    reach: { asideM: WIDEST_M / 2, aboveM: TALLEST_M + 5, belowM: 12 },
    row: (layer, row, [at = [0, 0]], groundM) => {
      const heightM = groundM(at);
      return {
        ...{ id: row.id, at, properties: propertiesOf(layer, row) },
        groundM: Number.isNaN(heightM) ? undefined : heightM,
      };
    },
  });
