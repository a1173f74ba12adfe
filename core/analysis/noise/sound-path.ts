/** A path of sound as a cut through the ground and what stands on it, unfolded where it turns at corners and mirrors. */
import type { Spot } from './mean-plane.ts';

/** Where a path is cut; from this place on the ground factor holds. */
export interface CutPoint {
  /** From the source on the plane, along the path. */
  readonly alongM: number;
  /** Altitude of the ground. */
  readonly groundM: number;
  /** 0 hard, 1 soft, up to the next place. */
  readonly ground: number;
  /** What stands here: a thin screen, a side of a building where the path comes in or out, a corner, a mirror. */
  readonly is?: 'screen' | 'in' | 'out' | 'corner' | 'mirror';
  /** Altitude of its upper edge; of a corner where the path passes it. */
  readonly topM?: number;
  /** Share of sound that a mirror swallows, by octave. */
  readonly absorption?: readonly number[];
}

export interface SoundPath {
  /** Altitudes. */
  readonly sourceM: number;
  readonly receiverM: number;
  /** At least the two ends, in order. */
  readonly points: readonly CutPoint[];
  /** From source to receiver on the plane, where corners make the path longer than that. */
  readonly directM?: number;
}

export const endsOf = ({
  sourceM,
  receiverM,
  points,
}: SoundPath): readonly [source: Spot, receiver: Spot] => [
  [0, sourceM],
  [(points.at(-1) as CutPoint).alongM, receiverM],
];

/** The ground, up and over the roofs of what stands between the two ends. */
export function groundProfile(points: readonly CutPoint[]): readonly Spot[] {
  const profile: Spot[] = [];
  for (let k = 0; k < points.length; k++) {
    const { alongM, groundM, topM, is } = points[k] as CutPoint;
    if (is === 'out' && k > 0) profile.push([alongM, topM ?? groundM]);
    profile.push([alongM, groundM]);
    if (is === 'in' && k < points.length - 1) profile.push([alongM, topM ?? groundM]);
  }
  return profile;
}

/** Mean ground factor, by length; roofs are hard. */
export function meanGround(points: readonly CutPoint[]): number {
  let [sum, length] = [0, 0];
  for (let k = 0; k + 1 < points.length; k++) {
    const { alongM, ground, is } = points[k] as CutPoint;
    const stretchM = (points[k + 1] as CutPoint).alongM - alongM;
    sum += is === 'in' ? 0 : stretchM * ground;
    length += stretchM;
  }
  return length > 0 ? sum / length : (points[0] as CutPoint).ground;
}
