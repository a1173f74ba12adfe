/** What is gathered around an excavation. */
import type { Xy } from '../../geo/plane.ts';
import type { NetworkLine } from './laid-line.ts';

export interface DigLine extends NetworkLine {
  readonly id: string;
  readonly lineType: string | null;
  readonly role: string | null;
  readonly state: string | null;
  readonly material: string | null;
  readonly builtYear: number | null;
  readonly positionSource: string | null;
  /** Undefined to who may not know. */
  readonly operator?: string | null | undefined;
}

export interface DigDevice {
  readonly id: string;
  readonly network: string | null;
  readonly kind: string | null;
  readonly positionSource: string | null;
  readonly operator?: string | null | undefined;
  readonly at: Xy;
}

export interface DigFacts {
  readonly lines: readonly DigLine[];
  readonly devices: readonly DigDevice[];
  /** Height of the terrain, NaN where unknown. */
  readonly groundM: (at: Xy) => number;
}

/** So far around an excavation lines are looked for: wires above 110 kV ask for 30 m, old gas zones may reach 35. */
export const DIG_REACH_M = 36;
