import {
  type Billboard,
  BillboardCollection,
  Cartesian3,
  Cartographic,
  type CesiumWidget,
  HorizontalOrigin,
  VerticalOrigin,
} from '@cesium/engine';
import { effect } from '@preact/signals';
import { nowMs } from '../live/live-state.ts';
import type { Selection } from '../state/link.ts';
import { quality } from '../state/quality.ts';
import { theme } from '../state/theme.ts';
import { VEHICLES } from '../state/vehicles-name.ts';
import { isStale, motions, selectedVehicle, vehicles, vehiclesShown } from '../transit/vehicle-state.ts';
import { VEHICLE_PX, vehicleSymbol } from '../transit/vehicle-symbol.ts';

/** What a picked billboard carries. */
class VehicleMark {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

/** The vehicle that was picked, if it is one. */
export function pickedVehicle(picked: unknown): Selection | undefined {
  const id = typeof picked === 'object' && picked !== null && 'id' in picked ? picked.id : undefined;
  return id instanceof VehicleMark ? { layer: VEHICLES, id: id.id } : undefined;
}

/** A picture of the globe costs more than one of the plan, and much more without a graphics card. */
const STEP_MS = { high: 50, low: 500 } as const;
/** Middle of a vehicle above the ground. */
const ABOVE_GROUND_M = 3;

/** Vehicles on their way as symbols, in sight through buildings. */
export function followVehicles({ scene }: CesiumWidget): () => void {
  const marks = new BillboardCollection({ scene });
  scene.primitives.add(marks);
  const drawn = new Map<string, Billboard>();
  const heights = new Map<string, number>();
  const where = new Cartographic();
  const scratch = new Cartesian3();
  const place = (id: string): Cartesian3 => {
    const [lon, lat] = motions.placeOf(id, performance.now()) ?? [0, 0];
    Cartographic.fromDegrees(lon, lat, 0, where);
    // Terrain that is still coming leaves it at the height of before.
    const groundM = scene.globe.getHeight(where) ?? heights.get(id) ?? 0;
    heights.set(id, groundM);
    return Cartesian3.fromDegrees(lon, lat, groundM + ABOVE_GROUND_M, undefined, scratch);
  };
  const stopShowing = effect(() => {
    marks.show = vehiclesShown.value;
    const known = new Set<string>();
    for (const vehicle of vehicles.value) {
      const { id, line, kind } = vehicle;
      known.add(id);
      const { key, canvas } = vehicleSymbol({
        ...{ line, kind, theme: theme.value },
        // The camera turns; a nose that points by the map would mislead.
        bearingDeg: null,
        isStale: isStale(vehicle, nowMs.value),
        isSelected: selectedVehicle.value?.id === id,
      });
      const mark =
        drawn.get(id) ??
        marks.add({
          id: new VehicleMark(id),
          position: place(id),
          verticalOrigin: VerticalOrigin.CENTER,
          horizontalOrigin: HorizontalOrigin.CENTER,
          width: VEHICLE_PX,
          height: VEHICLE_PX,
          disableDepthTestDistance: Number.POSITIVE_INFINITY,
        });
      drawn.set(id, mark);
      mark.setImage(key, canvas);
    }
    for (const [id, mark] of drawn) {
      if (known.has(id)) continue;
      marks.remove(mark);
      drawn.delete(id);
      heights.delete(id);
    }
    scene.requestRender();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const move = () => {
    timer = setTimeout(move, STEP_MS[quality.peek()]);
    if (document.hidden || !vehiclesShown.peek()) return;
    let hasMoved = false;
    for (const [id, mark] of drawn) {
      const position = place(id);
      if (Cartesian3.equalsEpsilon(mark.position, position, 0, 0.02)) continue;
      mark.position = position;
      hasMoved = true;
    }
    if (hasMoved) scene.requestRender();
  };
  move();
  return () => {
    stopShowing();
    clearTimeout(timer);
  };
}
