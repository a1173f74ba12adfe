/** Where a device of a network stands in space, as an upright body. */
import type { Xy } from '../../geo/plane.ts';
import type { HeightSource } from './laid-line.ts';

/** A device as the register tells it; heights PL-EVRF2007-NH. */
export interface NetworkDevice {
  readonly kind: string | null;
  readonly topHeightM: number | null;
  readonly bottomHeightM: number | null;
  readonly at: Xy;
}

export interface LaidDevice {
  readonly topM: number;
  readonly bottomM: number;
  readonly diameterM: number;
  readonly heightSource: HeightSource;
}

/** Usual bodies, m: the register tells no sizes. `upM` above the ground, `downM` below it. */
interface Body {
  readonly diameterM: number;
  readonly upM: number;
  readonly downM: number;
}

const BURIED: Body = { diameterM: 0.3, upM: 0, downM: 1.5 };
const BODIES: Readonly<Record<string, Body>> = {
  manhole: { diameterM: 1, upM: 0, downM: 2.5 },
  chamber: { diameterM: 2, upM: 0, downM: 2.5 },
  gully: { diameterM: 0.5, upM: 0, downM: 1.2 },
  well: { diameterM: 1, upM: 0.8, downM: 5 },
  septic_tank: { diameterM: 2, upM: 0, downM: 2 },
  pumping_station: { diameterM: 2, upM: 0, downM: 4 },
  underground_structure: { diameterM: 2, upM: 0, downM: 2.5 },
  hydrant: { diameterM: 0.2, upM: 0.8, downM: 1.6 },
  street_tap: { diameterM: 0.2, upM: 1, downM: 1.6 },
  power_cabinet: { diameterM: 0.7, upM: 1.3, downM: 0 },
  gas_cabinet: { diameterM: 0.7, upM: 1.2, downM: 0 },
  telecom_cabinet: { diameterM: 0.7, upM: 1.3, downM: 0 },
  telecom_post: { diameterM: 0.3, upM: 1, downM: 0 },
  charging_station: { diameterM: 0.5, upM: 1.8, downM: 0 },
  transformer: { diameterM: 3, upM: 2.5, downM: 0 },
  gas_station: { diameterM: 2, upM: 2.2, downM: 0 },
  street_lamp: { diameterM: 0.16, upM: 8, downM: 0 },
  lighting_mast: { diameterM: 0.4, upM: 20, downM: 0 },
  pole: { diameterM: 0.3, upM: 9, downM: 0 },
  traction_pole: { diameterM: 0.3, upM: 8, downM: 0 },
  support: { diameterM: 0.3, upM: 4, downM: 0 },
  telecom_tower: { diameterM: 1.5, upM: 30, downM: 0 },
};

/**
 * What stands above the ground rises from the height of its top in the register, which is that of the ground there; what
 * is buried reaches from its top down to its bottom.
 * @param groundM height of the terrain, NaN where unknown
 * @returns undefined where neither a height nor the terrain is known
 */
export function laidDevice(device: NetworkDevice, groundM: (at: Xy) => number): LaidDevice | undefined {
  const { diameterM, upM, downM } = BODIES[device.kind ?? ''] ?? BURIED;
  const { topHeightM, bottomHeightM } = device;
  const groundHereM = topHeightM ?? groundM(device.at);
  if (!Number.isFinite(groundHereM)) return undefined;
  const bottomM = bottomHeightM ?? groundHereM - downM;
  const isTold = topHeightM !== null && (bottomHeightM !== null || downM === 0);
  // A register with the two heights mixed up must not turn a body inside out.
  const [low, high] = [Math.min(bottomM, groundHereM), Math.max(bottomM, groundHereM) + upM];
  return { topM: high, bottomM: low, diameterM, heightSource: isTold ? 'heights' : 'assumed' };
}
