/** From measures to states: what is certain, what is within the accuracy of the data. */
import type { MultiPolygon } from '../../geo/geometry.ts';
import { measurePlane } from '../../geo/plane-measures.ts';
import type { FindingState, Measured } from '../../wire/parcel-check.ts';
import { COVERAGE_FACTOR, type ParcelAccuracy } from './accuracy.ts';

export interface JudgedArea {
  readonly state: Extract<FindingState, 'applies' | 'touches'>;
  readonly areaM2: number;
  readonly sigmaM2: number;
  readonly measured: Measured;
  readonly trace: readonly string[];
}

/**
 * A common area is certain when it is larger than twice its standard deviation and thicker than that of its borders;
 * otherwise it touches within the accuracy of the data.
 */
export function judgeCommon(common: MultiPolygon, accuracy: ParcelAccuracy, otherSigmaM: number): JudgedArea {
  const { areaM2, perimeterM } = measurePlane(common) ?? { areaM2: 0, perimeterM: 0 };
  const sigmaM2 = accuracy.sigmaOfCommon(common, otherSigmaM);
  const thicknessM = perimeterM > 0 ? (2 * areaM2) / perimeterM : 0;
  const bordersM = accuracy.sigmaOfDistance(otherSigmaM);
  const isCertain = areaM2 >= COVERAGE_FACTOR * sigmaM2 && thicknessM >= bordersM;
  return {
    state: isCertain ? 'applies' : 'touches',
    areaM2,
    sigmaM2,
    measured: {
      areaM2: toTenth(areaM2),
      areaErrorM2: toTenth(COVERAGE_FACTOR * sigmaM2),
      share: toShare(areaM2 / accuracy.areaM2),
    },
    trace: [
      `common area ${areaM2.toFixed(2)} m², σ ${sigmaM2.toFixed(2)} m², thickness ${thicknessM.toFixed(2)} m against ${bordersM.toFixed(2)} m`,
      `σ of parcel corners ${accuracy.sigmaM.toFixed(2)} m, of the other outline ${otherSigmaM.toFixed(2)} m`,
    ],
  };
}

/** Whether a distance is certainly below a threshold, certainly not, or too near it to say. */
export function judgeDistance(
  distanceM: number,
  thresholdM: number,
  sigmaM: number,
): Extract<FindingState, 'applies' | 'touches' | 'does-not-apply'> {
  if (Math.abs(distanceM - thresholdM) <= COVERAGE_FACTOR * sigmaM) return 'touches';
  return distanceM < thresholdM ? 'applies' : 'does-not-apply';
}

export const measuredDistance = (distanceM: number, sigmaM: number): Measured => ({
  distanceM: toHundredth(distanceM),
  distanceErrorM: toHundredth(COVERAGE_FACTOR * sigmaM),
});

export const toTenth = (value: number): number => Math.round(value * 10) / 10;
export const toHundredth = (value: number): number => Math.round(value * 100) / 100;
/** Shares are told to a tenth of a percent. */
export const toShare = (value: number): number => Math.round(Math.min(1, value) * 1000) / 1000;
