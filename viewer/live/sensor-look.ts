import type { WireSensor } from '../../core/wire/live.ts';
import { theme } from '../state/theme.ts';
import { selectedSensor, shareLeft } from './live-state.ts';
import type { SensorLook } from './sensor-symbol.ts';
import { sensorStatus } from './value-status.ts';

/** How a sensor looks on a map at a moment. Reading it in an effect follows theme and selection. */
export const lookOf = (sensor: WireSensor, atMs: number): SensorLook => ({
  kind: sensor.kind,
  status: sensorStatus(sensor, atMs),
  left: shareLeft(sensor, atMs),
  theme: theme.value,
  isSelected: selectedSensor.value?.id === sensor.id,
});
