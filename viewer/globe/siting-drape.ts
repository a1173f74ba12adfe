import { type CesiumWidget, ImageryLayer, Rectangle } from '@cesium/engine';
import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import { paintedSiting } from '../siting/painted-siting.ts';
import { type Painted, paintPoints } from '../siting/siting-ink.ts';
import { onePicture } from './one-picture.ts';

const LONGEST_SIDE_PX = 4096;
/** Finer than this nothing is seen from above a city. */
const FINEST_PX_PER_M = 1;
const MARGIN_M = 150;
/** Sites that move are drawn when they rest. */
const REDRAPE_MS = 150;
const M_PER_DEG = 111_320;

/** Lays on the terrain whom the sites serve. */
export function followSitingDrape({ scene }: CesiumWidget): () => void {
  let shown: ImageryLayer | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const painted = paintedSiting.value;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const next = painted && drapeOf(painted);
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

function drapeOf(painted: Painted): ImageryLayer | undefined {
  const { points } = painted;
  if (points.length === 0) return undefined;
  const lonLats = points.map(({ e, n }) => toLonLat([e, n]));
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
  paintPoints(context, painted, place, pxPerM);
  return new ImageryLayer(onePicture(canvas, Rectangle.fromDegrees(west, south, east, north)));
}

const least = (values: readonly number[]): number =>
  values.reduce((lowest, value) => Math.min(lowest, value), Number.POSITIVE_INFINITY);
