import { effect } from '@preact/signals';
import ImageLayer from 'ol/layer/Image.js';
import type OlMap from 'ol/Map.js';
import ImageCanvasSource from 'ol/source/ImageCanvas.js';
import { paintedSiting } from '../siting/painted-siting.ts';
import { paintPoints } from '../siting/siting-ink.ts';

/** Above the registers, below what a scenario changes. */
const ABOVE_REGISTERS = 432;

/** Draws whom the sites serve on the plan while the work space of siting is open. */
export function followSitingMap(map: OlMap): () => void {
  const source = new ImageCanvasSource({
    projection: map.getView().getProjection(),
    ratio: 1.2,
    canvasFunction: ([minE = 0, , , maxN = 0], resolution, pixelRatio, [width = 1, height = 1]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [Math.ceil(width), Math.ceil(height)];
      const painted = paintedSiting.peek();
      const context = canvas.getContext('2d');
      const pxPerM = pixelRatio / resolution;
      if (painted && context) {
        paintPoints(context, painted, (e, n) => [(e - minE) * pxPerM, (maxN - n) * pxPerM], pxPerM);
      }
      return canvas;
    },
  });
  const layer = new ImageLayer({ source, zIndex: ABOVE_REGISTERS, visible: false });
  map.addLayer(layer);
  return effect(() => {
    layer.setVisible(paintedSiting.value !== undefined);
    source.changed();
  });
}
