/** What ground takes from sound over it (annex to Directive (EU) 2015/996, 2.5.5), dB by octave; negative adds. */
import { OCTAVES_HZ, SOUND_M_PER_S } from './noise-coefficients.ts';

export type Air = 'homogeneous' | 'favourable';

export interface OverGround {
  /** Above the mean plane, never below it. */
  readonly sourceM: number;
  readonly receiverM: number;
  /** Along the mean plane. */
  readonly distanceM: number;
  /** Ground factor: 0 hard, 1 soft; the mean of the path, and that at the source where the source is near it. */
  readonly groundOnPath: number;
  readonly groundAtSource?: number | undefined;
}

export function groundEffect(over: OverGround, air: Air): number[] {
  const { sourceM, receiverM, distanceM, groundOnPath } = over;
  const far = 30 * (sourceM + receiverM);
  const corrected = correctedGround(over, far);
  const isFar = air === 'favourable' && distanceM > far;
  const least = -3 * (1 - corrected) * (isFar ? 1 + 2 * (1 - far / distanceM) : 1);
  if (groundOnPath === 0) return OCTAVES_HZ.map(() => (air === 'favourable' ? least : -3));
  const [source, receiver] = air === 'favourable' ? lifted(over) : [sourceM, receiverM];
  const factor = air === 'favourable' ? groundOnPath : corrected;
  return OCTAVES_HZ.map((hz) => Math.max(ofHeights(source, receiver, distanceM, factor, hz), least));
}

/** 2.5.14: near the source its own ground counts for more. */
function correctedGround({ groundAtSource, groundOnPath, distanceM }: OverGround, far: number): number {
  if (groundAtSource === undefined || distanceM > far) return groundOnPath;
  const share = distanceM / far;
  return groundOnPath * share + groundAtSource * (1 - share);
}

/** 2.5.19: as if both stood higher, for sound comes down in a bow, and for turbulence. */
function lifted({ sourceM, receiverM, distanceM }: OverGround): readonly [source: number, receiver: number] {
  const height = sourceM + receiverM;
  const turbulence = (6e-3 * distanceM) / height;
  const lift = (own: number) => own + 1e-4 * ((own / height) * distanceM) ** 2 + turbulence;
  return [lift(sourceM), lift(receiverM)];
}

/** 2.5.15 to 2.5.17. */
function ofHeights(
  sourceM: number,
  receiverM: number,
  distanceM: number,
  ground: number,
  hz: number,
): number {
  const k = (2 * Math.PI * hz) / SOUND_M_PER_S;
  const g = ground ** 1.3;
  const w = (0.0185 * hz ** 2.5 * g * g) / (hz ** 1.5 * g * g + 1.3e3 * hz ** 0.75 * g + 1.16e6);
  const wd = w * distanceM;
  const c = (distanceM * (1 + 3 * wd * Math.exp(-Math.sqrt(wd)))) / (1 + wd);
  const term = (z: number) => z * z - Math.sqrt((2 * c) / k) * z + c / k;
  return -10 * Math.log10(((4 * k * k) / distanceM ** 2) * term(sourceM) * term(receiverM));
}
