/** Restricted-use areas, surfaces of aerodromes, electromagnetic fields. */

import { numberIn } from '../../../law/provision.ts';
import { areaRule } from '../area-rule.ts';
import { actOf, isInForce } from '../plan-in-force.ts';
import type { DayLaw, Rule } from '../rule.ts';
import { AIRPORT_SURFACES_RULE } from './airport-surfaces.ts';

/** On land for housing, kV/m. */
function housingLimit(law: DayLaw): number {
  const provision = law.provision('PEM');
  return provision ? numberIn(provision, 'kvPerM') : 0;
}

export const RESTRICTED_AREA_RULES: readonly Rule[] = [
  areaRule({
    id: 'restricted-use-area',
    category: 'noise',
    title: { pl: 'Obszar ograniczonego użytkowania', en: 'Restricted-use area (OOU)' },
    provisions: ['POS-135'],
    layer: 'restricted_use_areas',
    matches: ({ properties }, { day }) => isInForce(properties, day),
    reason: (area) => {
      const { name, zone, bans, requirements } = area.properties;
      const said = [bans && `zakazane: ${bans}`, requirements && `wymagany ${requirements}`];
      const told = [bans && `banned: ${bans}`, requirements && `required: ${requirements}`];
      return {
        pl: `${name ?? area.id}, strefa ${zone === 'inner' ? 'wewnętrzna' : 'zewnętrzna'}; ${said.filter(Boolean).join('; ')} (${actOf(area)}).`,
        en: `${name ?? area.id}, ${zone === 'inner' ? 'inner' : 'outer'} zone; as the act says, ${told.filter(Boolean).join('; ')} (${actOf(area)}).`,
      };
    },
    none: {
      pl: 'Działka leży poza obszarami ograniczonego użytkowania.',
      en: 'The parcel lies outside restricted-use areas.',
    },
  }),
  AIRPORT_SURFACES_RULE,
  areaRule({
    id: 'electromagnetic-field',
    category: 'noise',
    title: { pl: 'Pole elektromagnetyczne', en: 'Electromagnetic field' },
    provisions: ['PEM', 'WT-314'],
    layer: 'electromagnetic_fields',
    matches: ({ properties }, law) => {
      const to = properties['level_to'];
      return typeof to !== 'number' || to > housingLimit(law);
    },
    reason: ({ id, properties }) => {
      const { name, level_from: from, level_to: to, method, measured_on: on } = properties;
      return {
        pl: `${name ?? id}: pole 50 Hz ${from ?? '?'}–${to ?? '…'} kV/m (${method === 'measured' ? 'pomiar' : 'obliczenia'} ${on ?? '?'}) przy 1 kV/m dla zabudowy mieszkaniowej.`,
        en: `${name ?? id}: a 50 Hz field of ${from ?? '?'}–${to ?? '…'} kV/m (${method === 'measured' ? 'measured' : 'computed'} ${on ?? '?'}) against 1 kV/m for housing.`,
      };
    },
    threshold: (_, law) => ({ must: '<=', value: housingLimit(law), unit: 'kV/m' }),
    none: {
      pl: 'Pole 50 Hz nie przekracza tu 1 kV/m.',
      en: 'The 50 Hz field does not exceed 1 kV/m here.',
    },
  }),
];
