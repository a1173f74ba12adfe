/** Layers of outside services on the terrain: tiles of our own WMTS, as the plan shows them. */
import {
  ImageryLayer,
  type ImageryProvider,
  Rectangle,
  UrlTemplateImageryProvider,
  WebMercatorTilingScheme,
} from '@cesium/engine';
import { reprojectBbox } from '../../core/geo/bbox.ts';
import { TILE_GRIDS } from '../../core/geo/tile-grid.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { outsideState, outsideTiles, readOutsideStates } from '../state/outside-states.ts';
import { tilesKey } from '../state/shown-city.ts';

/** Same text = same pictures: another one is asked for anew, as when its service has come back. */
export const outsideKey = (layer: WireLayer): string =>
  `${layer.name} ${tilesKey(layer.name)} ${outsideState(layer)?.state ?? ''}`;

/** Beyond the extent that its service tells, nothing is asked for. */
export function makeOutsideImagery(layer: WireLayer, opacity: number): ImageryLayer {
  const provider = new UrlTemplateImageryProvider({
    url: outsideTiles(layer, 'WebMercatorQuad'),
    tilingScheme: new WebMercatorTilingScheme(),
    rectangle: extentOf(layer),
    maximumLevel: TILE_GRIDS.WebMercatorQuad.maxLevel,
    enablePickFeatures: false,
  });
  // The ground under a tile that failed stays as it is; the list of layers says why.
  provider.errorEvent.addEventListener(() => void readOutsideStates().catch(() => {}));
  return new ImageryLayer(provider as unknown as ImageryProvider, { alpha: opacity });
}

function extentOf({ status, srid }: WireLayer): Rectangle {
  if (!status.extent) return Rectangle.MAX_VALUE;
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = status.extent;
  const box = reprojectBbox({ minX, minY, maxX, maxY, srid }, 4326);
  return Rectangle.fromDegrees(box.minX, box.minY, box.maxX, box.maxY);
}
