/** Rules about how near something is: a threshold, and the objects that are nearer. */
import type { Text } from '../../feature/layer.ts';
import type { FindingState } from '../../wire/parcel-check.ts';
import type { ParcelAccuracy } from './accuracy.ts';
import { judgeDistance, measuredDistance } from './judge.ts';
import type { Draft } from './rule.ts';

export interface NearObject {
  readonly id: string;
  readonly distanceM: number;
}

interface Nearness {
  readonly objects: readonly NearObject[];
  readonly thresholdM: number;
  /** Of the outlines of the objects. */
  readonly sigmaM: number;
  readonly reason: Text;
  readonly none: Text;
}

/** One finding for what is certainly nearer, one for what may be, or one that nothing is. */
export function nearDrafts(
  { objects, thresholdM, sigmaM: otherSigmaM, reason, none }: Nearness,
  accuracy: ParcelAccuracy,
): readonly Draft[] {
  const sigmaM = accuracy.sigmaOfDistance(otherSigmaM);
  const threshold = { must: '>=', value: thresholdM, unit: 'm' } as const;
  const of = (state: FindingState): readonly Draft[] => {
    const found = objects.filter(({ distanceM }) => judgeDistance(distanceM, thresholdM, sigmaM) === state);
    if (found.length === 0) return [];
    const nearestM = Math.min(...found.map(({ distanceM }) => distanceM));
    return [
      {
        state,
        reason,
        objects: found.map(({ id }) => id),
        measured: measuredDistance(nearestM, sigmaM),
        threshold,
        trace: [`nearest ${nearestM.toFixed(2)} m against ${thresholdM} m, σ ${sigmaM.toFixed(2)} m`],
      },
    ];
  };
  const drafts = [...of('applies'), ...of('touches')];
  return drafts.length > 0 ? drafts : [{ state: 'does-not-apply', reason: none, threshold }];
}
