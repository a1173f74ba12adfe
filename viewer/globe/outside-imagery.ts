/** Layers of outside services on the terrain: tiles of our own WMTS, as the plan shows them. */
import {
  ImageryLayer,
  type ImageryProvider,
  UrlTemplateImageryProvider,
  WebMercatorTilingScheme,
} from '@cesium/engine';
import { TILE_GRIDS } from '../../core/geo/tile-grid.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { outsideState, outsideTiles, readOutsideStates } from '../state/outside-states.ts';
import { tilesKey } from '../state/shown-city.ts';
import { rectangleOf } from './rectangle-of.ts';

/** Same text = same pictures: another one is asked for anew, as when its service has come back. */
export const outsideKey = (layer: WireLayer): string =>
  `${layer.name} ${tilesKey(layer.name)} ${outsideState(layer)?.state ?? ''}`;

/** Beyond the extent that its service tells, nothing is asked for. */
export function makeOutsideImagery(layer: WireLayer, opacity: number): ImageryLayer {
  const provider = new UrlTemplateImageryProvider({
    url: outsideTiles(layer, 'WebMercatorQuad'),
    tilingScheme: new WebMercatorTilingScheme(),
    rectangle: rectangleOf(layer.status.extent, layer.srid),
    maximumLevel: TILE_GRIDS.WebMercatorQuad.maxLevel,
    enablePickFeatures: false,
  });
  // The ground under a tile that failed stays as it is; the list of layers says why.
  provider.errorEvent.addEventListener(() => void readOutsideStates().catch(() => {}));
  return new ImageryLayer(provider as unknown as ImageryProvider, { alpha: opacity });
}
