import { effect } from '@preact/signals';
import type OlMap from 'ol/Map.js';
import { unByKey } from 'ol/Observable.js';
import { transformBetween } from '../../core/geo/crs.ts';
import { nowMs } from '../live/live-state.ts';
import type { Selection } from '../state/link.ts';
import { theme } from '../state/theme.ts';
import { showsPlan } from '../state/twin-state.ts';
import { VEHICLES } from '../state/vehicles-name.ts';
import { isStale, motions, selectedVehicle, vehicles, vehiclesShown } from '../transit/vehicle-state.ts';
import { VEHICLE_PX, vehicleSymbol } from '../transit/vehicle-symbol.ts';

/** Often enough that no step is seen: at 50 km/h a vehicle moves 0.6 m meanwhile. */
const STEP_MS = 40;
/** How far from the middle of a vehicle one may click. */
const NEAR_PX = 15;

interface Drawn {
  readonly id: string;
  readonly canvas: HTMLCanvasElement;
}

/**
 * Vehicles on their way, above all else, on a sheet of their own: the map below is not drawn anew whenever they move.
 * Returns how to ask what is at a pixel, and how to stop.
 */
export function addVehicleOverlay(map: OlMap): {
  at(pixel: number[]): Selection | undefined;
  stop(): void;
} {
  const sheet = document.createElement('canvas');
  sheet.className = 'vehicle-sheet';
  map.getViewport()?.append(sheet);
  const toCity = transformBetween(4326, 2177);
  let shown: readonly Drawn[] = [];
  const pixelOf = (id: string, ms: number): readonly [number, number] | undefined => {
    const lonLat = motions.placeOf(id, ms);
    // Null before the map is drawn for the first time.
    const pixel: readonly number[] | null = lonLat ? map.getPixelFromCoordinate([...toCity(lonLat)]) : null;
    const [x, y] = pixel ?? [];
    return x === undefined || y === undefined ? undefined : [x, y];
  };
  const draw = () => {
    const [width = 0, height = 0] = map.getSize() ?? [];
    const density = devicePixelRatio;
    if (sheet.width !== Math.round(width * density) || sheet.height !== Math.round(height * density)) {
      sheet.width = Math.round(width * density);
      sheet.height = Math.round(height * density);
    }
    const context = sheet.getContext('2d');
    if (!context) return;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    const ms = performance.now();
    const half = VEHICLE_PX / 2;
    for (const { id, canvas } of shown) {
      const [x, y] = pixelOf(id, ms) ?? [Number.NaN, Number.NaN];
      if (!(x > -half && y > -half && x < width + half && y < height + half)) continue;
      context.drawImage(canvas, x - half, y - half, VEHICLE_PX, VEHICLE_PX);
    }
  };
  const stopShowing = effect(() => {
    const selectedId = selectedVehicle.value?.id;
    const all = vehiclesShown.value ? vehicles.value : [];
    shown = all
      .map((vehicle): Drawn => {
        const { id, line, kind, bearingDeg } = vehicle;
        const { canvas } = vehicleSymbol({
          ...{ line, kind, bearingDeg },
          isStale: isStale(vehicle, nowMs.value),
          isSelected: selectedId === id,
          theme: theme.value,
        });
        return { id, canvas };
      })
      // The selected one lies on top.
      .toSorted((a, b) => Number(a.id === selectedId) - Number(b.id === selectedId));
    draw();
  });
  const followMap = map.on('postrender', draw);
  const timer = setInterval(() => {
    if (shown.length > 0 && !document.hidden && showsPlan.peek()) draw();
  }, STEP_MS);
  return {
    at: ([x = 0, y = 0]) => {
      const ms = performance.now();
      const near = shown.findLast(({ id }) => {
        const [atX, atY] = pixelOf(id, ms) ?? [Number.NaN, Number.NaN];
        return Math.hypot(atX - x, atY - y) <= NEAR_PX;
      });
      return near && { layer: VEHICLES, id: near.id };
    },
    stop: () => {
      stopShowing();
      unByKey(followMap);
      clearInterval(timer);
      sheet.remove();
    },
  };
}
