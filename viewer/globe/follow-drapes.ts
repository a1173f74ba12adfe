import type { CesiumWidget, ImageryLayer, Rectangle } from '@cesium/engine';
import { effect } from '@preact/signals';
import { tilesKey } from '../state/shown-city.ts';
import { theme } from '../state/theme.ts';
import { catalogue, layers, settingOf } from '../state/twin-state.ts';
import { makeDrapedLayers } from './draped-layers.ts';
import { makeOutsideImagery, outsideKey } from './outside-imagery.ts';
import { rectangleOf } from './rectangle-of.ts';

/** Where the city's data lie. */
function drapeBounds(): Rectangle {
  const state = catalogue.peek();
  return rectangleOf(state.kind === 'ready' ? state.value.city.extent : null, 2177);
}

/** Changes that come together, as from a slider, are drawn once. */
const REDRAPE_MS = 120;

/** The visible 2D layers laid on the terrain, as the plan stacks them: those of outside services lowest. */
export function followDrapes({ scene }: CesiumWidget): () => void {
  const bounds = drapeBounds();
  let shown: ImageryLayer | undefined;
  const outside = new Map<string, ImageryLayer>();
  // Cesium draws the lowest picture on to the horizon by its edges, so nothing lies under those of others.
  let clear: ImageryLayer | undefined;
  const lying = () => outside.size + (clear ? 1 : 0);
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
      scene.imageryLayers.add(shown, lying() + stale.length);
      scene.requestRender();
    }, REDRAPE_MS);
  });
  const stopOutside = effect(() => {
    const wanted = layers.value
      .filter(({ cascaded }) => cascaded)
      .map((layer) => ({ layer, ...settingOf(layer), key: outsideKey(layer) }))
      .filter(({ visible }) => visible);
    for (const [key, imagery] of outside) {
      if (wanted.some((each) => each.key === key)) continue;
      scene.imageryLayers.remove(imagery);
      outside.delete(key);
    }
    if (wanted.length > 0 && !clear) {
      clear = makeDrapedLayers([], theme.peek(), bounds);
      scene.imageryLayers.add(clear, 0);
    }
    for (const [place, { layer, opacity, key }] of wanted.entries()) {
      const known = outside.get(key);
      const imagery = known ?? makeOutsideImagery(layer, opacity);
      imagery.alpha = opacity;
      if (known) continue;
      outside.set(key, imagery);
      scene.imageryLayers.add(imagery, 1 + place);
    }
    scene.requestRender();
  });
  return () => {
    stop();
    stopOutside();
    stopWaiting();
    clearTimeout(timer);
  };
}
