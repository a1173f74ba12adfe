/** Dikes and protection zones of intakes. */
import { numberIn } from '../../../law/provision.ts';
import { sigmaOfLayer } from '../accuracy.ts';
import { areaRule } from '../area-rule.ts';
import { judgeCommon, judgeDistance, measuredDistance } from '../judge.ts';
import { actOf, isInForce } from '../plan-in-force.ts';
import type { Draft, Rule } from '../rule.ts';

export const WATER_PROTECTION_RULES: readonly Rule[] = [
  {
    id: 'dike',
    category: 'water',
    title: { pl: 'Wał przeciwpowodziowy', en: 'Flood dike' },
    provisions: ['PW-176-50', 'PW-176-3'],
    needs: ['dikes'],
    find: dikeDrafts,
  },
  areaRule({
    id: 'intake-zone',
    category: 'water',
    title: { pl: 'Strefa ochronna ujęcia', en: 'Intake protection zone' },
    provisions: ['PW-120'],
    layer: 'intake_zones',
    matches: ({ properties }, { day }) => isInForce(properties, day),
    reason: (area) => {
      const { intake, kind, bans } = area.properties;
      const isDirect = kind === 'direct';
      return {
        pl: `${intake ?? area.id}: teren ochrony ${isDirect ? 'bezpośredniej' : 'pośredniej'}; zakazy: ${bans ?? 'według aktu'} (${actOf(area)}).`,
        en: `${intake ?? area.id}: ${isDirect ? 'direct' : 'indirect'} protection zone; banned, as the act says: ${bans ?? 'see the act'} (${actOf(area)}).`,
      };
    },
    none: { pl: 'Nie ma tu strefy ochronnej ujęcia.', en: 'There is no protection zone of an intake here.' },
  }),
];

/** One for each dike: its distance decides, its strip is measured. */
function dikeDrafts(...[{ areas }, law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const provision = law.provision('PW-176-50');
  if (!provision) return [];
  const stripM = numberIn(provision, 'distanceM');
  const sigmaM = accuracy.sigmaOfDistance(sigmaOfLayer('dikes'));
  const threshold = { must: '>=', value: stripM, unit: 'm' } as const;
  const drafts = areas
    .filter(({ layer }) => layer === 'dikes')
    .flatMap(({ id, distanceM, common }): readonly Draft[] => {
      const state = judgeDistance(distanceM, stripM, sigmaM);
      if (state === 'does-not-apply') return [];
      const strip = common && judgeCommon(common, accuracy, sigmaOfLayer('dikes'));
      return [
        {
          state,
          reason: {
            pl: `Stopa wału leży bliżej niż ${stripM} m: w tym pasie budynki, studnie, doły i rowy tylko za zwolnieniem Wód Polskich; drzewa od 3 m.`,
            en: `The foot of a dike lies within ${stripM} m: in that strip buildings, wells, pits and ditches only by exemption of Polish Waters; trees from 3 m.`,
          },
          objects: [id],
          measured: { ...strip?.measured, ...measuredDistance(distanceM, sigmaM) },
          threshold,
          ...(common && { geometry: common }),
          trace: [
            `distance ${distanceM.toFixed(2)} m against ${stripM} m, σ ${sigmaM.toFixed(2)} m`,
            ...(strip?.trace ?? []),
          ],
        },
      ];
    });
  if (drafts.length > 0) return drafts;
  return [
    {
      state: 'does-not-apply',
      reason: { pl: `W promieniu ${stripM} m nie ma wału.`, en: `There is no dike within ${stripM} m.` },
      threshold,
    },
  ];
}
