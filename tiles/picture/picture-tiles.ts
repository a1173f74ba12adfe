/** Map pictures of one layer, cut by a grid. */
import type { Layer } from '../../core/feature/layer.ts';
import { isInGrid, TILE_SIZE_PX, tileBounds, tileGridOf } from '../../core/geo/tile-grid.ts';
import type { TileSource } from '../source.ts';
import { CLEAR } from './colour.ts';
import type { MapSource } from './map-source.ts';
import type { PictureMaker } from './picture-maker.ts';
import { pictureVersion } from './picture-version.ts';
import { planLayer } from './plan-layer.ts';
import { readLayers } from './read-layers.ts';

const FORMAT = 'image/png';

export interface PictureTilesOf {
  /** Those that may be known. */
  readonly layers: () => Promise<readonly Layer[]>;
  readonly maps: MapSource;
  readonly pictures: PictureMaker;
}

/** Tiles of 256 pixels as PNG, clear where nothing is drawn, in the style of the layer. */
export function pictureTiles({ layers, maps, pictures }: PictureTilesOf): TileSource {
  return {
    async get({ layer: name, grid: gridName, z, x, y }, signal, knownEtag) {
      const grid = tileGridOf(gridName);
      if (!grid || !isInGrid(grid, z, x, y)) return undefined;
      const layer = (await layers()).find((each) => each.name === name);
      if (!layer) return undefined;
      const frame = { bbox: tileBounds(grid, z, x, y), widthPx: TILE_SIZE_PX, heightPx: TILE_SIZE_PX };
      const plan = planLayer(frame, layer);
      const plans = plan ? [plan] : [];
      const versions = await maps.versions(plans, signal);
      const etag = pictureVersion([
        frame,
        FORMAT,
        name,
        plan && layer.style,
        layer.critical?.properties,
        versions,
      ]);
      if (etag === knownEtag) return 'unchanged';
      const picture = {
        frame,
        background: CLEAR,
        layers: await readLayers(maps, plans, frame, signal, versions),
      };
      const bytes = await pictures.make({ picture, format: FORMAT, isOpaque: false }, signal);
      return { bytes, contentType: FORMAT, etag };
    },
  };
}
