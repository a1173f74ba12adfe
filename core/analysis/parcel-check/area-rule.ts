/** Rules of the commonest kind: an area of a layer lies over the parcel. */
import type { Text } from '../../feature/layer.ts';
import type { Category, Threshold } from '../../wire/parcel-check.ts';
import { COVERAGE_FACTOR, type ParcelAccuracy, sigmaOfLayer } from './accuracy.ts';
import type { AreaFact, ParcelFacts } from './facts.ts';
import { judgeCommon, measuredDistance } from './judge.ts';
import type { DayLaw, Draft, Rule } from './rule.ts';

export interface AreaRule {
  readonly id: string;
  readonly category: Category;
  readonly title: Text;
  readonly provisions: Rule['provisions'];
  readonly layer: string;
  /** Which objects of the layer it is about, on the day of the law. */
  readonly matches: (area: AreaFact, law: DayLaw) => boolean;
  /** What is said of one that applies. */
  readonly reason: (area: AreaFact) => Text;
  readonly none: Text;
  readonly threshold?: (area: AreaFact, law: DayLaw) => Threshold | undefined;
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
    find: (facts, law, accuracy) => areaDrafts(declared, facts, law, accuracy),
  };
}

function areaDrafts(
  { layer, matches, reason, none, threshold, followsParcels = false }: AreaRule,
  facts: ParcelFacts,
  law: DayLaw,
  accuracy: ParcelAccuracy,
): readonly Draft[] {
  const sigmaM = sigmaOfLayer(layer);
  const nearM = COVERAGE_FACTOR * accuracy.sigmaOfDistance(sigmaM);
  const drafts = facts.areas
    .filter((area) => area.layer === layer && matches(area, law))
    .flatMap((area): readonly Draft[] => {
      const limit = threshold?.(area, law);
      const common = limit ? { threshold: limit } : {};
      if (area.common) {
        const { state, measured, trace } = judgeCommon(area.common, accuracy, sigmaM);
        return [
          {
            ...common,
            state,
            reason: reason(area),
            objects: [area.id],
            measured,
            geometry: area.common,
            trace,
          },
        ];
      }
      if (followsParcels || area.distanceM > nearM) return [];
      return [
        {
          ...common,
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
