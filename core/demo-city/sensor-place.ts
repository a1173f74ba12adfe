import type { Xy } from '../geo/plane.ts';
import type { DemoSensorKind } from './sensor-streams.ts';

/** Where a sensor of the demo city stands, and what for. */
export interface SensorPlace {
  readonly kind: DemoSensorKind;
  readonly at: Xy;
  /** How much more than a quiet place it has of what is measured. */
  readonly strength: number;
  readonly pl: string;
  readonly en: string;
  /** The object of the catalogue that it belongs to: `{ building: id }`, `{ bay: id }`. */
  readonly belongsTo?: Readonly<Record<string, string>>;
}
