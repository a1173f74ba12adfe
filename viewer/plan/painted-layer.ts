import { effect } from '@preact/signals';
import ImageLayer from 'ol/layer/Image.js';
import type OlMap from 'ol/Map.js';
import ImageCanvasSource from 'ol/source/ImageCanvas.js';

/** A picture of the city for a canvas. */
export interface MapPainter {
  /** @param place where a place of EPSG:2177 is drawn, pixels */
  readonly paint: (
    context: CanvasRenderingContext2D,
    place: (e: number, n: number) => readonly [x: number, y: number],
    pxPerM: number,
    pxPerPoint: number,
  ) => void;
}

/** Draws on the plan what a signal says while it says something. @param zIndex where it lies among the layers */
export function followPaintedLayer(
  map: OlMap,
  zIndex: number,
  wanted: () => MapPainter | undefined,
): () => void {
  let painter: MapPainter | undefined;
  const source = new ImageCanvasSource({
    projection: map.getView().getProjection(),
    ratio: 1.2,
    canvasFunction: ([minE = 0, , , maxN = 0], resolution, pixelRatio, [width = 1, height = 1]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [Math.ceil(width), Math.ceil(height)];
      const context = canvas.getContext('2d');
      const pxPerM = pixelRatio / resolution;
      if (painter && context) {
        painter.paint(context, (e, n) => [(e - minE) * pxPerM, (maxN - n) * pxPerM], pxPerM, pixelRatio);
      }
      return canvas;
    },
  });
  const layer = new ImageLayer({ source, zIndex, visible: false });
  map.addLayer(layer);
  return effect(() => {
    painter = wanted();
    layer.setVisible(painter !== undefined);
    source.changed();
  });
}
