/** Dikes and protection zones of intakes. */
import { numberIn } from '../../../law/provision.ts';
import { sigmaOfLayer } from '../accuracy.ts';
import { areaRule } from '../area-rule.ts';
import { nearDrafts } from '../near-rule.ts';
import { actOf, isInForce } from '../plan-in-force.ts';
import type { Rule } from '../rule.ts';

export const WATER_PROTECTION_RULES: readonly Rule[] = [
  {
    id: 'dike',
    category: 'water',
    title: { pl: 'Wał przeciwpowodziowy', en: 'Flood dike' },
    provisions: ['PW-176-50', 'PW-176-3'],
    needs: ['dikes'],
    find({ areas }, law, accuracy) {
      const provision = law.provision('PW-176-50');
      if (!provision) return [];
      return nearDrafts(
        {
          objects: areas.filter(({ layer }) => layer === 'dikes'),
          thresholdM: numberIn(provision, 'distanceM'),
          sigmaM: sigmaOfLayer('dikes'),
          reason: {
            pl: 'Stopa wału leży bliżej niż 50 m: budynki, studnie, doły i rowy tylko za zwolnieniem Wód Polskich; drzewa od 3 m.',
            en: 'The foot of a dike lies within 50 m: buildings, wells, pits and ditches only by exemption of Polish Waters; trees from 3 m.',
          },
          none: { pl: 'W promieniu 50 m nie ma wału.', en: 'There is no dike within 50 m.' },
        },
        accuracy,
      );
    },
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
