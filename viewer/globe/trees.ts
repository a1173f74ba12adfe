/** Trees standing on the ground while their layer is shown. */
import { type Cesium3DTileset, type CesiumWidget, ShadowMode } from '@cesium/engine';
import { effect } from '@preact/signals';
import { quality } from '../state/quality.ts';
import { tilesKey } from '../state/shown-city.ts';
import { theme } from '../state/theme.ts';
import { layerNamed, settingOf } from '../state/twin-state.ts';
import { followLayerTiles } from './layer-tiles.ts';
import { lightTiles } from './scene.ts';

/** The layer of trees. */
export const TREES = 'trees';
/** Pixels of error: software graphics see trees from a third of the distance. */
const MOST_ERROR_PX = { high: 8, low: 24 } as const;
const CACHE_BYTES = 96 * 1024 * 1024;

export function followTrees({ scene }: CesiumWidget): () => void {
  let shown: Cesium3DTileset | undefined;
  const stopTiles = followLayerTiles(scene, {
    kind: 'trees',
    layers: [TREES],
    key: () => {
      const layer = layerNamed(TREES);
      const isShown = layer !== undefined && layer.status.count > 0 && settingOf(layer).visible;
      return isShown ? `${tilesKey(TREES)} ${quality.value}` : undefined;
    },
    options: () => ({
      maximumScreenSpaceError: MOST_ERROR_PX[quality.peek()],
      shadows: quality.peek() === 'high' ? ShadowMode.CAST_ONLY : ShadowMode.DISABLED,
      cacheBytes: CACHE_BYTES,
    }),
    dress: (tileset) => {
      shown = tileset;
      lightTiles(tileset, theme.peek());
    },
  });
  const stopLight = effect(() => {
    const current = theme.value;
    if (shown && !shown.isDestroyed()) lightTiles(shown, current);
    scene.requestRender();
  });
  return () => {
    stopTiles();
    stopLight();
  };
}
