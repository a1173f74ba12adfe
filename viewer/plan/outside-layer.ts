import { effect } from '@preact/signals';
import TileLayer from 'ol/layer/Tile.js';
import type OlMap from 'ol/Map.js';
import XYZ from 'ol/source/XYZ.js';
import TileGrid from 'ol/tilegrid/TileGrid.js';
import { TILE_GRIDS, TILE_SIZE_PX } from '../../core/geo/tile-grid.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { recoveries } from '../state/connection.ts';
import { outsideTiles, readOutsideStates } from '../state/outside-states.ts';
import { layers, settingOf } from '../state/twin-state.ts';
import { registerPlanProjection, resolutionOf } from './projection.ts';

/** Over the ground, under every layer of the city. */
const Z_INDEX = 0.5;
const GRID = TILE_GRIDS.EPSG2177;

const tileGrid = new TileGrid({
  origin: [GRID.originX, GRID.originY],
  tileSize: TILE_SIZE_PX,
  resolutions: Array.from({ length: GRID.maxLevel + 1 }, (_, z) => GRID.rootSizeM / TILE_SIZE_PX / 2 ** z),
});

/** Layers of outside services as pictures of our own WMTS, where the reader wants them. Returns how to stop. */
export function followOutsideLayers(map: OlMap): () => void {
  const shown = new Map<string, TileLayer<XYZ>>();
  const tell = () => void readOutsideStates().catch(() => {});
  const stop = effect(() => {
    for (const layer of layers.value.filter(({ cascaded }) => cascaded)) {
      const { visible, opacity } = settingOf(layer);
      let tiles = shown.get(layer.name);
      if (!tiles && visible) {
        tiles = makeTiles(layer, tell);
        shown.set(layer.name, tiles);
        map.addLayer(tiles);
      }
      tiles?.setVisible(visible);
      tiles?.setOpacity(opacity);
    }
  });
  const stopRecovering = effect(() => {
    if (recoveries.value > 0) for (const tiles of shown.values()) tiles.getSource()?.refresh();
  });
  return () => {
    stop();
    stopRecovering();
  };
}

function makeTiles(layer: WireLayer, tell: () => void): TileLayer<XYZ> {
  const source = new XYZ({
    projection: registerPlanProjection(),
    tileGrid,
    url: outsideTiles(layer, 'EPSG2177'),
    transition: 120,
  });
  source.on('tileloaderror', tell);
  source.once('tileloadend', tell);
  const { maxScaleDenominator } = layer;
  const maxResolution =
    maxScaleDenominator === undefined ? Infinity : resolutionOf(maxScaleDenominator) * 1.0001;
  return new TileLayer({ source, zIndex: Z_INDEX, maxResolution });
}
