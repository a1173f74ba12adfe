/** Monuments, archaeology and forms of nature protection. */
import { areaRule } from '../area-rule.ts';
import type { AreaFact } from '../facts.ts';
import type { Rule } from '../rule.ts';

const isKind =
  (...kinds: readonly string[]) =>
  ({ properties }: AreaFact): boolean =>
    kinds.includes(String(properties['kind']));
const nameOf = ({ properties, id }: AreaFact): string => String(properties['name'] ?? id);
const numberOf = ({ properties }: AreaFact): string => {
  const number = properties['register_number'];
  return number ? ` (${number})` : '';
};

const heritage = (
  id: string,
  title: { pl: string; en: string },
  provisions: Rule['provisions'],
  kinds: readonly string[],
  pl: string,
  en: string,
): Rule =>
  areaRule({
    id,
    category: 'heritage',
    title,
    provisions,
    layer: 'heritage_sites',
    matches: isKind(...kinds),
    reason: (area) => ({
      pl: `${nameOf(area)}${numberOf(area)}: ${pl}`,
      en: `${nameOf(area)}${numberOf(area)}: ${en}`,
    }),
    none: { pl: 'Nie ma tu takiego zabytku ani strefy.', en: 'There is no such monument or zone here.' },
    followsParcels: true,
  });

const nature = (
  id: string,
  title: { pl: string; en: string },
  provisions: Rule['provisions'],
  kinds: readonly string[],
  pl: string,
  en: string,
): Rule =>
  areaRule({
    id,
    category: 'nature',
    title,
    provisions,
    layer: 'nature_areas',
    matches: isKind(...kinds),
    reason: (area) => ({ pl: `${nameOf(area)}: ${pl}`, en: `${nameOf(area)}: ${en}` }),
    none: { pl: 'Nie ma tu takiej formy ochrony przyrody.', en: 'There is no such form of protection here.' },
  });

export const HERITAGE_AND_NATURE_RULES: readonly Rule[] = [
  heritage(
    'heritage-register',
    { pl: 'Rejestr zabytków', en: 'Register of monuments' },
    ['UOZ-36', 'UOP-83a'],
    ['register', 'monument_of_history'],
    'roboty i usuwanie drzew wymagają pozwolenia konserwatora zabytków.',
    'works and the removal of trees need a permit of the conservator.',
  ),
  heritage(
    'heritage-inventory',
    { pl: 'Gminna ewidencja zabytków', en: 'Municipal inventory of monuments' },
    ['PB-39'],
    ['inventory'],
    'pozwolenie na budowę uzgadnia się z konserwatorem.',
    'a building permit is agreed with the conservator.',
  ),
  heritage(
    'conservation-zone',
    { pl: 'Strefa ochrony konserwatorskiej', en: 'Conservation zone' },
    ['UOZ-7'],
    ['zone'],
    'obowiązują ustalenia strefy.',
    'the rules of the zone apply.',
  ),
  heritage(
    'archaeology',
    { pl: 'Stanowisko archeologiczne', en: 'Archaeological site' },
    ['UOZ-31'],
    ['archaeology'],
    'roboty ziemne poprzedzają badania na koszt inwestora.',
    'earthworks are preceded by research that the investor pays for.',
  ),
  nature(
    'natura-2000',
    { pl: 'Natura 2000', en: 'Natura 2000' },
    ['UOP-33'],
    ['natura2000'],
    'zakazane są działania znacząco szkodliwe; może być potrzebna ocena.',
    'significantly harmful acts are banned; an assessment may be needed.',
  ),
  nature(
    'nature-reserve-or-park',
    { pl: 'Rezerwat, park lub obszar krajobrazowy', en: 'Reserve, landscape park or protected landscape' },
    ['UOP-15'],
    ['reserve', 'landscape_park', 'landscape_area'],
    'obowiązują zakazy aktu, który ją utworzył.',
    'the bans of the founding act apply.',
  ),
  nature(
    'nature-municipal',
    {
      pl: 'Użytek ekologiczny, zespół przyrodniczo-krajobrazowy, pomnik przyrody',
      en: 'Ecological site, landscape complex, natural monument',
    },
    ['UOP-44'],
    ['ecological_site', 'landscape_complex', 'monument'],
    'obowiązują zakazy z uchwały.',
    'the bans of the resolution apply.',
  ),
];
