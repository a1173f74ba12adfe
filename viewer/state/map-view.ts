/** What the frame can ask of a view, whether plan or globe. */
import { signal } from '@preact/signals';
import type { PlanBox } from './twin-state.ts';

export interface MapView {
  panBy(rightPx: number, upPx: number): void;
  /** Positive zooms in; one step doubles the scale. */
  zoomBy(steps: number): void;
  turnBy(degrees: number): void;
  tiltBy(degrees: number): void;
  northUp(): void;
  /** Changes the scale around the centre. */
  showScale(scaleDenominator: number): void;
  showBox(box: PlanBox): void;
  /** Selects what lies at the centre of the view. */
  identifyCentre(): void;
}

export const planMap = signal<MapView | undefined>(undefined);
export const globeMap = signal<MapView | undefined>(undefined);
