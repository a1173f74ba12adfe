/** Rules of the commonest kind: an area of a layer lies over the parcel. */
import type { Text } from '../../feature/layer.ts';
import type { Category } from '../../wire/parcel-check.ts';
import { COVERAGE_FACTOR, type ParcelAccuracy, sigmaOfLayer } from './accuracy.ts';
import type { AreaFact, ParcelFacts } from './facts.ts';
import { judgeCommon, measuredDistance } from './judge.ts';
import type { Draft, Rule } from './rule.ts';

export interface AreaRule {
  readonly id: string;
  readonly category: Category;
  readonly title: Text;
  readonly provisions: Rule['provisions'];
  readonly layer: string;
  /** Which objects of the layer it is about. */
  readonly matches: (area: AreaFact) => boolean;
  /** What is said of one that applies. */
  readonly reason: (area: AreaFact) => Text;
  readonly none: Text;
  /**
   * Borders that are drawn along those of parcels: a neighbouring area then touches every parcel at its edge, which
   * says nothing.
   */
  readonly followsParcels?: boolean;
}

export function areaRule(declared: AreaRule): Rule {
  const { id, category, title, provisions, layer } = declared;
  return {
    id,
    category,
    title,
    provisions,
    needs: [layer],
    find: (facts, _law, accuracy) => areaDrafts(declared, facts, accuracy),
  };
}

function areaDrafts(
  { layer, matches, reason, none, followsParcels = false }: AreaRule,
  facts: ParcelFacts,
  accuracy: ParcelAccuracy,
): readonly Draft[] {
  const sigmaM = sigmaOfLayer(layer);
  const nearM = COVERAGE_FACTOR * accuracy.sigmaOfDistance(sigmaM);
  const drafts = facts.areas
    .filter((area) => area.layer === layer && matches(area))
    .flatMap((area): readonly Draft[] => {
      if (area.common) {
        const { state, measured, trace } = judgeCommon(area.common, accuracy, sigmaM);
        return [{ state, reason: reason(area), objects: [area.id], measured, geometry: area.common, trace }];
      }
      if (followsParcels || area.distanceM > nearM) return [];
      return [
        {
          state: 'touches',
          reason: reason(area),
          objects: [area.id],
          measured: measuredDistance(area.distanceM, accuracy.sigmaOfDistance(sigmaM)),
          trace: [`distance ${area.distanceM.toFixed(2)} m, within ${nearM.toFixed(2)} m of accuracy`],
        },
      ];
    });
  return drafts.length > 0 ? drafts : [{ state: 'does-not-apply', reason: none }];
}
