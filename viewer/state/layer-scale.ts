import type { WireLayer } from '../../core/wire/city.ts';
import { mode, scaleDenominator } from './twin-state.ts';

/** Scales are compared with a grain of tolerance: a view set to 1:5000 shows what is drawn from 1:5000. */
const TOLERANCE = 1.001;

/** Whether the plan stands too far off for a layer to be drawn on it. The model shows more at a slant. */
export const isTooFar = ({ dimension, maxScaleDenominator }: WireLayer): boolean =>
  mode.value === '2d' &&
  dimension === 2 &&
  maxScaleDenominator !== undefined &&
  scaleDenominator.value > maxScaleDenominator * TOLERANCE;

/** Whether something of the layer can be on the screen now. */
export const isInScale = ({ maxScaleDenominator }: WireLayer): boolean =>
  maxScaleDenominator === undefined || scaleDenominator.value <= maxScaleDenominator * TOLERANCE;
