import {
  BillboardCollection,
  Cartesian3,
  type CesiumWidget,
  HeightReference,
  HorizontalOrigin,
  VerticalOrigin,
} from '@cesium/engine';
import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import {
  nowMs,
  selectedSensor,
  sensorFreshness,
  sensors,
  sensorsShown,
  shareLeft,
} from '../live/live-state.ts';
import { SYMBOL_PX, sensorSymbol } from '../live/sensor-symbol.ts';
import type { Selection } from '../state/link.ts';
import { SENSORS } from '../state/sensors-name.ts';
import { theme } from '../state/theme.ts';

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

/** Sensors as symbols on the ground, in sight through buildings. */
export function followSensors({ scene }: CesiumWidget): () => void {
  const marks = new BillboardCollection({ scene });
  scene.primitives.add(marks);
  const toDegrees = transformBetween(2177, 4326);
  return effect(() => {
    marks.removeAll();
    marks.show = sensorsShown.value;
    for (const sensor of sensors.value) {
      const [lon, lat] = toDegrees(sensor.at);
      const { key, canvas } = sensorSymbol({
        kind: sensor.kind,
        freshness: sensorFreshness(sensor, nowMs.value),
        left: shareLeft(sensor, nowMs.value),
        theme: theme.value,
        isSelected: selectedSensor.value?.id === sensor.id,
      });
      const mark = marks.add({
        id: new SensorMark(String(sensor.id)),
        position: Cartesian3.fromDegrees(lon, lat),
        heightReference: HeightReference.CLAMP_TO_GROUND,
        verticalOrigin: VerticalOrigin.CENTER,
        horizontalOrigin: HorizontalOrigin.CENTER,
        width: SYMBOL_PX,
        height: SYMBOL_PX,
        disableDepthTestDistance: Number.POSITIVE_INFINITY,
      });
      mark.setImage(key, canvas);
    }
    scene.requestRender();
  });
}
