/** Heights beside what the plan allows. */
import type { SolidFact } from './facts.ts';
import type { Indicator } from './indicator.ts';
import { type Judged, judge } from './judged.ts';

/**
 * Bound of a height, metres: the model's roof and ground, and that the act measures from the mean of the lowest and the
 * highest ground along the outline while models stand on the lowest. An assumption of ours; no standard sets it.
 */
export const HEIGHT_BOUND_M = 0.5;

export const judgeHeight = ({ heightM, limits }: SolidFact): Judged =>
  judge(heightM, HEIGHT_BOUND_M, limits?.maxHeightM, 'at-most', limits?.zone);

export const HEIGHTS_ROW: Indicator = {
  name: 'buildings-over-height',
  title: { pl: 'Budynki wyższe, niż pozwala plan', en: 'Buildings higher than the plan allows' },
  unit: '1',
  scope: 'area',
  decimals: 0,
  layers: ['buildings', 'buildings_3d', 'plan_zones'],
  method: {
    pl: 'Modele budynków, których wysokość przekracza maksymalną wysokość zabudowy w strefie pod ich punktem: plan miejscowy obowiązujący w dniu prawa, a bez niego plan ogólny. Wysokość od najniższego gruntu do najwyższego punktu; ustawa liczy od średniej najniższego i najwyższego terenu i pomija kominy. Budynki bez planu lub bez limitu nie są liczone.',
    en: 'Building models whose height exceeds the maximum of the zone at their point: the local plan in force on the law date, without one the general plan. From the lowest ground to the highest point; the act counts from the mean of the lowest and the highest ground and leaves out chimneys. Buildings without a plan or a limit do not count.',
  },
  source: 'UPZP art. 2 pkt 30',
  boundRule: {
    pl: 'Wysokość ± 0,5 m (założenie): budynki w tej odległości od limitu stanowią granicę.',
    en: 'Height ± 0.5 m (an assumption): buildings that near to the limit make the bound.',
  },
  errors: 'worst',
  measure({ solids = [] }) {
    const judged = solids.map((solid) => ({ id: solid.id, ...judgeHeight(solid) }));
    const unknown = judged.filter(({ status }) => status === 'not-assessed').length;
    return {
      parts: judged.map(({ id, status }) => ({
        id,
        value: status === 'breach' ? 1 : 0,
        bound: status === 'within-accuracy' ? 1 : 0,
      })),
      notes:
        unknown === 0
          ? []
          : [
              {
                pl: `Nie oceniono budynków: ${unknown} (brak obowiązującego planu albo wysokości).`,
                en: `Buildings not assessed: ${unknown} (no plan in force, or no height).`,
              },
            ],
    };
  },
};
