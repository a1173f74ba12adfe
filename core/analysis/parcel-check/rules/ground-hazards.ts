/** Ground that slides or is dug. */
import { areaRule } from '../area-rule.ts';
import type { Rule } from '../rule.ts';

const ACTIVITY: Readonly<Record<string, readonly [pl: string, en: string]>> = {
  active: ['osuwisko aktywne', 'an active landslide'],
  periodic: ['osuwisko aktywne okresowo', 'a landslide active at times'],
  inactive: ['osuwisko nieaktywne', 'an inactive landslide'],
  threatened: ['teren zagrożony ruchami masowymi', 'ground in danger of landslides'],
};

export const GROUND_HAZARD_RULES: readonly Rule[] = [
  areaRule({
    id: 'landslides',
    category: 'ground',
    title: { pl: 'Osuwiska', en: 'Landslides' },
    provisions: ['POS-110a', 'WT-11'],
    layer: 'landslides',
    matches: () => true,
    reason: ({ id, properties }) => {
      const [pl, en] = ACTIVITY[String(properties['activity'])] ?? ['osuwisko', 'a landslide'];
      const number = properties['number'] ?? id;
      return {
        pl: `${number}: ${pl}; przed zabudową dokumentacja geologiczno-inżynierska.`,
        en: `${number}: ${en}; an engineering-geological study comes before building.`,
      };
    },
    none: {
      pl: 'Rejestr nie pokazuje tu osuwisk ani terenów zagrożonych.',
      en: 'The register shows no landslide or ground in danger here.',
    },
  }),
  areaRule({
    id: 'mining',
    category: 'ground',
    title: { pl: 'Tereny górnicze', en: 'Mining areas' },
    provisions: ['PGG-104', 'WT-11'],
    layer: 'mining_areas',
    matches: ({ properties }, { day }) => {
      const until = properties['concession_until'];
      return typeof until !== 'string' || until >= day;
    },
    reason: ({ id, properties }) => {
      const isArea = properties['kind'] === 'mining_area';
      const told = `${properties['name'] ?? id} (${properties['mineral'] ?? '?'}, ${properties['concession_number'] ?? '?'})`;
      return {
        pl: `${told}: ${isArea ? 'obszar górniczy – wydobycie' : 'teren górniczy – zasięg skutków wydobycia'}, koncesja do ${properties['concession_until'] ?? '…'}.`,
        en: `${told}: ${isArea ? 'mining area – extraction' : 'mining ground – reach of its effects'}, concession until ${properties['concession_until'] ?? '…'}.`,
      };
    },
    none: {
      pl: 'Nie ma tu obszaru ani terenu górniczego z ważną koncesją.',
      en: 'There is no mining area or ground with a valid concession here.',
    },
  }),
];
