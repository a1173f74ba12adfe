import { type CesiumWidget, type ImageryLayer, Rectangle } from '@cesium/engine';
import { effect } from '@preact/signals';
import { reprojectBbox } from '../../core/geo/bbox.ts';
import { tilesKey } from '../state/shown-city.ts';
import { theme } from '../state/theme.ts';
import { catalogue, layers, settingOf } from '../state/twin-state.ts';
import { makeDrapedLayers } from './draped-layers.ts';

/** A little more than the city's data, in radians. */
function drapeBounds(): Rectangle {
  const state = catalogue.peek();
  const extent = state.kind === 'ready' ? state.value.city.extent : null;
  if (!extent) return Rectangle.MAX_VALUE;
  const [minX, minY, maxX, maxY] = extent;
  const box = reprojectBbox({ minX, minY, maxX, maxY, srid: 2177 }, 4326);
  return Rectangle.fromDegrees(box.minX, box.minY, box.maxX, box.maxY);
}

/** Changes that come together, as from a slider, are drawn once. */
const REDRAPE_MS = 120;

/** The visible 2D layers laid on the terrain, as the plan stacks them. */
export function followDrapes({ scene }: CesiumWidget): () => void {
  const bounds = drapeBounds();
  let shown: ImageryLayer | undefined;
  let stale: ImageryLayer[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const dropStale = () => {
    for (const layer of stale) scene.imageryLayers.remove(layer);
    stale = [];
    scene.requestRender();
  };
  // What was shown stays until what follows is there, so that the ground does not flash.
  const stopWaiting = scene.globe.tileLoadProgressEvent.addEventListener((left: number) => {
    if (left === 0 && stale.length > 0) dropStale();
  });
  const stop = effect(() => {
    const current = theme.value;
    const drapes = layers.value
      .filter(({ dimension, dataset, status }) => dimension === 2 && dataset === 'city' && status.count > 0)
      .map((layer) => ({ layer, ...settingOf(layer) }))
      .filter(({ visible }) => visible);
    for (const { layer } of drapes) tilesKey(layer.name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (shown) stale.push(shown);
      shown = makeDrapedLayers(drapes, current, bounds);
      scene.imageryLayers.add(shown, stale.length);
      scene.requestRender();
    }, REDRAPE_MS);
  });
  return () => {
    stop();
    stopWaiting();
    clearTimeout(timer);
  };
}
