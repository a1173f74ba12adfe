import { type CesiumWidget, ImageryLayer, Rectangle } from '@cesium/engine';
import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import { onePicture } from './one-picture.ts';

/** A picture of a part of the city for the terrain. */
export interface DrapePainter {
  /** Places of EPSG:2177 that must be on it. */
  readonly places: readonly (readonly [number, number])[];
  /** @param place where a place of EPSG:2177 is drawn, pixels */
  readonly paint: (
    context: CanvasRenderingContext2D,
    place: (e: number, n: number) => readonly [x: number, y: number],
    pxPerM: number,
  ) => void;
}

const LONGEST_SIDE_PX = 4096;
/** Finer than this nothing is seen from above a city. */
const FINEST_PX_PER_M = 1;
const MARGIN_M = 150;
/** What moves is drawn when it rests. */
const REDRAPE_MS = 150;
const M_PER_DEG = 111_320;

/** Lays on the terrain what a signal says while it says something. */
export function followPaintedDrape(
  { scene }: CesiumWidget,
  wanted: () => DrapePainter | undefined,
): () => void {
  let shown: ImageryLayer | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const painter = wanted();
    clearTimeout(timer);
    timer = setTimeout(() => {
      const next = painter && drapeOf(painter);
      if (next) scene.imageryLayers.add(next);
      if (shown) scene.imageryLayers.remove(shown);
      shown = next;
      scene.requestRender();
    }, REDRAPE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

const toLonLat = transformBetween(2177, 4326);

function drapeOf({ places, paint }: DrapePainter): ImageryLayer | undefined {
  if (places.length === 0) return undefined;
  const lonLats = places.map(([e, n]) => toLonLat([e, n]));
  const lons = lonLats.map(([lon]) => lon);
  const lats = lonLats.map(([, lat]) => lat);
  const narrow = Math.cos(((lats[0] ?? 52) * Math.PI) / 180);
  const [west, east] = [
    least(lons) - MARGIN_M / M_PER_DEG / narrow,
    -least(lons.map((lon) => -lon)) + MARGIN_M / M_PER_DEG / narrow,
  ];
  const [south, north] = [
    least(lats) - MARGIN_M / M_PER_DEG,
    -least(lats.map((lat) => -lat)) + MARGIN_M / M_PER_DEG,
  ];
  const [widthM, heightM] = [(east - west) * M_PER_DEG * narrow, (north - south) * M_PER_DEG];
  const pxPerM = Math.min(FINEST_PX_PER_M, LONGEST_SIDE_PX / Math.max(widthM, heightM));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.ceil(widthM * pxPerM), Math.ceil(heightM * pxPerM)];
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const place = (e: number, n: number) => {
    const [lon, lat] = toLonLat([e, n]);
    return [
      ((lon - west) / (east - west)) * canvas.width,
      ((north - lat) / (north - south)) * canvas.height,
    ] as const;
  };
  paint(context, place, pxPerM);
  return new ImageryLayer(onePicture(canvas, Rectangle.fromDegrees(west, south, east, north)));
}

const least = (values: readonly number[]): number =>
  values.reduce((lowest, value) => Math.min(lowest, value), Number.POSITIVE_INFINITY);
