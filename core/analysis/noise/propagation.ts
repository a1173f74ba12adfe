/**
 * Sound from a point to a point over flat ground by CNOSSOS-EU (annex to Directive (EU) 2015/996, 2.5): divergence, air
 * and ground, in homogeneous and downward-refracting air. No screens, no reflections, no relief: a screening.
 */
import { OCTAVES_HZ } from './noise-coefficients.ts';
import { decibels, power } from './road-emission.ts';

export interface SoundPath {
  /** Above the ground. */
  readonly sourceM: number;
  readonly receiverM: number;
  /** On the plane. */
  readonly distanceM: number;
  /** Ground factor at the source and the mean along the path: 0 hard, 1 soft. */
  readonly groundAtSource: number;
  readonly groundOnPath: number;
}

export interface SoundLevels {
  readonly homogeneous: readonly number[];
  readonly favourable: readonly number[];
}

/** dB/km at 10 °C and 70 % humidity (ISO 9613-1). */
const AIR_DB_PER_KM = [0.122, 0.411, 1.04, 1.93, 3.66, 9.66, 32.8, 117] as const;
const SOUND_M_PER_S = 340;

/** Levels at the receiver, dB by octave, of a source whose power is given by octave. */
export function soundLevels(sourcePower: readonly number[], path: SoundPath): SoundLevels {
  const slantM = Math.hypot(path.distanceM, path.sourceM - path.receiverM);
  const spread = 20 * Math.log10(Math.max(1, slantM)) + 11;
  const level = (ground: (octaveHz: number) => number) =>
    OCTAVES_HZ.map(
      (hz, octave) =>
        (sourcePower[octave] ?? Number.NEGATIVE_INFINITY) -
        spread -
        ((AIR_DB_PER_KM[octave] ?? 0) * slantM) / 1000 -
        ground(hz),
    );
  return {
    homogeneous: level((hz) => groundHomogeneous(path, hz)),
    favourable: level((hz) => groundFavourable(path, hz)),
  };
}

/** The long-term level of both, which each hold for a share of the time. */
export const longTerm = ({ homogeneous, favourable }: SoundLevels, favourableShare = 0.5): number[] =>
  homogeneous.map((level, octave) =>
    decibels(favourableShare * power(favourable[octave] ?? 0) + (1 - favourableShare) * power(level)),
  );

/** 2.5.14: near the source its own ground counts for more. */
function correctedGround({ groundAtSource, groundOnPath, distanceM, sourceM, receiverM }: SoundPath): number {
  const far = 30 * (sourceM + receiverM);
  if (distanceM > far) return groundOnPath;
  const share = distanceM / far;
  return groundOnPath * share + groundAtSource * (1 - share);
}

function groundHomogeneous(path: SoundPath, hz: number): number {
  if (path.groundOnPath === 0) return -3;
  const mean = correctedGround(path);
  return Math.max(ofHeights(path.sourceM, path.receiverM, path.distanceM, mean, hz), -3 * (1 - mean));
}

function groundFavourable(path: SoundPath, hz: number): number {
  const { sourceM, receiverM, distanceM, groundOnPath } = path;
  const mean = correctedGround(path);
  const far = 30 * (sourceM + receiverM);
  const least = distanceM <= far ? -3 * (1 - mean) : -3 * (1 - mean) * (1 + 2 * (1 - far / distanceM));
  if (groundOnPath === 0) return least;
  // 2.5.19: as if both stood higher, for sound comes down in a bow, and for turbulence.
  const bow = (share: number) => (2e-4 * share * share * distanceM * distanceM) / 2;
  const turbulence = (6e-3 * distanceM) / (sourceM + receiverM);
  const height = sourceM + receiverM;
  return Math.max(
    ofHeights(
      sourceM + bow(sourceM / height) + turbulence,
      receiverM + bow(receiverM / height) + turbulence,
      distanceM,
      groundOnPath,
      hz,
    ),
    least,
  );
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
