import { effect } from '@preact/signals';
import ImageLayer from 'ol/layer/Image.js';
import type OlMap from 'ol/Map.js';
import ImageStatic from 'ol/source/ImageStatic.js';
import { paintSunMap } from '../sun/sun-ink.ts';
import { sunMap } from '../sun/sun-study.ts';

/** Above the registers, below what a scenario changes. */
const ABOVE_REGISTERS = 430;

/** Lays the map of hours of sun on the plan while there is one. */
export function followSunMap(map: OlMap): () => void {
  const layer = new ImageLayer<ImageStatic>({ zIndex: ABOVE_REGISTERS });
  map.addLayer(layer);
  const projection = map.getView().getProjection();
  return effect(() => {
    const state = sunMap.value;
    layer.setSource(
      state.kind === 'ready'
        ? new ImageStatic({
            url: paintSunMap(state.value).toDataURL(),
            imageExtent: [...state.value.box],
            projection,
            interpolate: false,
          })
        : null,
    );
  });
}
