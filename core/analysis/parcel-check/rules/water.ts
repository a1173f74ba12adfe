/** Floods, shores and dikes. */
import { numberIn } from '../../../law/provision.ts';
import { sigmaOfLayer } from '../accuracy.ts';
import { areaRule } from '../area-rule.ts';
import type { AreaFact } from '../facts.ts';
import { judgeDistance, measuredDistance } from '../judge.ts';
import type { Draft, Rule } from '../rule.ts';

const PROBABILITIES: Readonly<Record<string, string>> = { p10: '10 %', p1: '1 %', p02: '0,2 %' };
const depthOf = ({ properties }: AreaFact): { pl: string; en: string } => {
  const depth = properties['max_depth_m'];
  return typeof depth === 'number'
    ? { pl: `, głębokość do ${depth} m`, en: `, up to ${depth} m deep` }
    : { pl: '', en: '' };
};
const isProbability =
  (...wanted: readonly string[]) =>
  ({ properties }: AreaFact): boolean =>
    wanted.includes(String(properties['probability']));

export const WATER_RULES: readonly Rule[] = [
  areaRule({
    id: 'flood-special-hazard',
    category: 'water',
    title: { pl: 'Obszar szczególnego zagrożenia powodzią', en: 'Area of special flood hazard' },
    provisions: ['PW-166', 'PW-77'],
    layer: 'flood_zones',
    matches: isProbability('p1', 'p10'),
    reason: (area) => {
      const share = PROBABILITIES[String(area.properties['probability'])] ?? '';
      const depth = depthOf(area);
      return {
        pl: `Woda o prawdopodobieństwie ${share}${depth.pl}: zabudowę uzgadnia się z Wodami Polskimi.`,
        en: `Water of ${share.replace(',', '.')} probability${depth.en}: building is agreed with Polish Waters.`,
      };
    },
    none: {
      pl: 'Mapy zagrożenia powodziowego nie sięgają tu wodą 1% ani 10%.',
      en: 'The flood hazard maps show no 1% or 10% water here.',
    },
  }),
  areaRule({
    id: 'flood-low-hazard',
    category: 'water',
    title: { pl: 'Woda 0,2 % i zniszczenie wału', en: '0.2 % water and failure of a dike' },
    provisions: ['PW-169'],
    layer: 'flood_zones',
    matches: isProbability('p02', 'dike'),
    reason: (area) => {
      const depth = depthOf(area);
      return area.properties['probability'] === 'dike'
        ? {
            pl: `Woda w razie zniszczenia wału${depth.pl}; informacja bez zakazu.`,
            en: `Water on failure of a dike${depth.en}; information, no ban.`,
          }
        : {
            pl: `Woda o prawdopodobieństwie 0,2 %${depth.pl}; informacja bez zakazu.`,
            en: `Water of 0.2 % probability${depth.en}; information, no ban.`,
          };
    },
    none: {
      pl: 'Mapy nie sięgają tu wodą 0,2 % ani wodą po zniszczeniu wału.',
      en: 'The maps show neither 0.2 % water nor that of a failed dike here.',
    },
  }),
  {
    id: 'shore-fence',
    category: 'water',
    title: { pl: 'Brzeg wód publicznych', en: 'Shore of public waters' },
    provisions: ['PW-232'],
    needs: ['water'],
    find: shoreDrafts,
  },
];

/** Ponds and ditches are not public waters; lakes and streams may be private: the register of waters decides. */
const PUBLIC_WATERS = ['river', 'stream', 'canal', 'lake'];

function shoreDrafts(...[facts, law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const provision = law.provision('PW-232');
  if (!provision) return [];
  const limitM = numberIn(provision, 'distanceM');
  const sigmaM = accuracy.sigmaOfDistance(sigmaOfLayer('water'));
  const drafts = facts.areas
    .filter(
      ({ layer, properties }) => layer === 'water' && PUBLIC_WATERS.includes(String(properties['kind'])),
    )
    .flatMap((area): readonly Draft[] => {
      const state = judgeDistance(area.distanceM, limitM, sigmaM);
      if (state === 'does-not-apply') return [];
      return [
        {
          state,
          reason: {
            pl: `Woda ${area.properties['name'] ?? ''} przy działce: bez ogrodzenia do 1,5 m od linii brzegu i z przejściem.`,
            en: `Water ${area.properties['name'] ?? ''} at the parcel: no fence within 1.5 m of the shoreline, and a way along it.`,
          },
          objects: [area.id],
          measured: measuredDistance(area.distanceM, sigmaM),
          threshold: { must: '>=', value: limitM, unit: 'm' },
          ...(area.common && { geometry: area.common }),
        },
      ];
    });
  if (drafts.length > 0) return drafts;
  return [
    {
      state: 'does-not-apply',
      reason: {
        pl: 'Żadna rzeka, strumień, kanał ani jezioro nie leży bliżej niż 1,5 m.',
        en: 'No river, stream, canal or lake lies within 1.5 m.',
      },
      threshold: { must: '>=', value: limitM, unit: 'm' },
    },
  ];
}
