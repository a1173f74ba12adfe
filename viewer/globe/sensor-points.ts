import {
  type Billboard,
  BillboardCollection,
  Cartesian3,
  Cartographic,
  type CesiumWidget,
  HorizontalOrigin,
  type Scene,
  sampleTerrainMostDetailed,
  VerticalOrigin,
} from '@cesium/engine';
import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import type { WireSensor } from '../../core/wire/live.ts';
import { atMs, sensorsOnMap } from '../live/live-state.ts';
import { lookOf } from '../live/sensor-look.ts';
import { SYMBOL_PX, sensorSymbol } from '../live/sensor-symbol.ts';
import type { Selection } from '../state/link.ts';
import { sensorsShown } from '../state/live-view.ts';
import { SENSORS } from '../state/sensors-name.ts';

/** What a picked billboard carries. */
class SensorMark {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

/** The sensor that was picked, if it is one. */
export function pickedSensor(picked: unknown): Selection | undefined {
  const id = typeof picked === 'object' && picked !== null && 'id' in picked ? picked.id : undefined;
  return id instanceof SensorMark ? { layer: SENSORS, id: id.id } : undefined;
}

interface DrawnMark {
  readonly mark: Billboard;
  place: string;
  look: string;
}

/**
 * Sensors as symbols on the ground, in sight through buildings.
 * @param groundM ellipsoidal height of the ground until that of the terrain is known
 */
export function followSensors({ scene }: CesiumWidget, groundM: number): () => void {
  // Clamped by Cesium they would lie kilometres deep wherever the terrain out of sight is coarse.
  const marks = new BillboardCollection();
  scene.primitives.add(marks);
  const toDegrees = transformBetween(2177, 4326);
  const drawn = new Map<number, DrawnMark>();
  const addMark = ({ id }: WireSensor) => {
    const mark = marks.add({
      id: new SensorMark(String(id)),
      position: Cartesian3.ZERO,
      verticalOrigin: VerticalOrigin.CENTER,
      horizontalOrigin: HorizontalOrigin.CENTER,
      width: SYMBOL_PX,
      height: SYMBOL_PX,
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
    });
    const added = { mark, place: '', look: '' };
    drawn.set(id, added);
    return added;
  };
  const stop = effect(() => {
    marks.show = sensorsShown.value;
    const known = new Set<number>();
    const placed = new Map<Billboard, Cartographic>();
    for (const sensor of sensorsOnMap.value) {
      known.add(sensor.id);
      const shown = drawn.get(sensor.id) ?? addMark(sensor);
      const { key, canvas } = sensorSymbol(lookOf(sensor, atMs.value));
      const place = sensor.at.join();
      if (shown.place !== place) {
        const [lon, lat] = toDegrees(sensor.at);
        placed.set(shown.mark, Cartographic.fromDegrees(lon, lat, groundM));
        shown.mark.position = Cartesian3.fromDegrees(lon, lat, groundM);
        shown.place = place;
      }
      // Most sensors look as they did a moment ago.
      if (shown.look !== key) shown.mark.setImage(key, canvas);
      shown.look = key;
    }
    for (const [id, { mark }] of drawn) {
      if (known.has(id)) continue;
      marks.remove(mark);
      drawn.delete(id);
    }
    scene.requestRender();
    if (placed.size > 0) void settle(scene, placed);
  });
  return stop;
}

/** Puts marks on the terrain; where none is known they stay as they are. */
async function settle(scene: Scene, placed: ReadonlyMap<Billboard, Cartographic>): Promise<void> {
  const provider = scene.terrainProvider;
  if (!provider.availability) return;
  try {
    await sampleTerrainMostDetailed(provider, [...placed.values()]);
  } catch {
    return;
  }
  if (scene.isDestroyed()) return;
  for (const [mark, place] of placed) {
    if (Number.isFinite(place.height)) mark.position = Cartographic.toCartesian(place);
  }
  scene.requestRender();
}
