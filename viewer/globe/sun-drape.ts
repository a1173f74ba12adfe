import { type CesiumWidget, type ImageryLayer, Rectangle, SingleTileImageryProvider } from '@cesium/engine';
import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import { paintSunMap } from '../sun/sun-ink.ts';
import { type SunMap, sunMap } from '../sun/sun-study.ts';

const toLonLat = transformBetween(2177, 4326);

/** Lays the map of hours of sun on the terrain while there is one. */
export function followSunDrape({ scene }: CesiumWidget): () => void {
  let shown: ImageryLayer | undefined;
  const clear = () => {
    if (shown) scene.imageryLayers.remove(shown);
    shown = undefined;
    scene.requestRender();
  };
  const stop = effect(() => {
    const state = sunMap.value;
    clear();
    if (state.kind !== 'ready') return;
    const { canvas, rectangle } = turnedNorth(state.value, paintSunMap(state.value));
    const provider = new SingleTileImageryProvider({
      url: canvas.toDataURL(),
      rectangle,
      tileWidth: canvas.width,
      tileHeight: canvas.height,
    });
    shown = scene.imageryLayers.addImageryProvider(provider);
    scene.requestRender();
  });
  return () => {
    stop();
    clear();
  };
}

/** The square of the grid as a picture of degrees: a grid lies turned against the meridians by its convergence. */
function turnedNorth(
  { box: [minE, minN, maxE, maxN] }: SunMap,
  map: HTMLCanvasElement,
): { readonly canvas: HTMLCanvasElement; readonly rectangle: Rectangle } {
  const corners = [
    [minE, maxN],
    [maxE, maxN],
    [minE, minN],
    [maxE, minN],
  ] as const;
  const places = corners.map((corner) => toLonLat(corner));
  const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)];
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const canvas = document.createElement('canvas');
  // Twice as fine as the cells, so that turning them keeps their edges.
  [canvas.width, canvas.height] = [map.width * 2, map.height * 2];
  const pixel = ([lon, lat]: readonly [number, number]) =>
    [
      ((lon - west) / (east - west)) * canvas.width,
      ((north - lat) / (north - south)) * canvas.height,
    ] as const;
  const [upperLeft, upperRight, lowerLeft] = places.map(([lon, lat]) => pixel([lon, lat]));
  const context = canvas.getContext('2d');
  if (context && upperLeft && upperRight && lowerLeft) {
    context.imageSmoothingEnabled = false;
    context.setTransform(
      (upperRight[0] - upperLeft[0]) / map.width,
      (upperRight[1] - upperLeft[1]) / map.width,
      (lowerLeft[0] - upperLeft[0]) / map.height,
      (lowerLeft[1] - upperLeft[1]) / map.height,
      upperLeft[0],
      upperLeft[1],
    );
    context.drawImage(map, 0, 0);
  }
  return { canvas, rectangle: Rectangle.fromDegrees(west, south, east, north) };
}
