/** Trees on the parcel and beside it. */
import type { Text } from '../../../feature/layer.ts';
import { isTree, permitNeed } from '../../felling-permit.ts';
import { COVERAGE_FACTOR, type ParcelAccuracy, sigmaOfLayer } from '../accuracy.ts';
import type { TreeFact } from '../facts.ts';
import { measuredDistance, toHundredth } from '../judge.ts';
import type { Draft, Rule } from '../rule.ts';

/** Where a trunk stands: on the parcel, beside it, or too near the boundary to say. */
function placeOf({ distanceM, edgeM }: TreeFact, accuracy: ParcelAccuracy): 'on' | 'edge' | 'beside' {
  if (edgeM <= COVERAGE_FACTOR * accuracy.sigmaOfDistance(sigmaOfLayer('trees'))) return 'edge';
  return distanceM === 0 ? 'on' : 'beside';
}

interface TreeRule {
  readonly id: string;
  readonly title: Text;
  readonly provisions: Rule['provisions'];
  readonly matches: (tree: TreeFact) => boolean;
  readonly says: (count: number) => Text;
  readonly none: Text;
}

/** Trees whose trunks stand on the parcel, certainly or perhaps. */
const treeRule = ({ id, title, provisions, matches, says, none }: TreeRule): Rule => ({
  id,
  category: 'greenery',
  title,
  provisions,
  needs: ['trees'],
  find({ trees }, _law, accuracy) {
    const drafts = (['on', 'edge'] as const).flatMap((place): readonly Draft[] => {
      const there = trees.filter((tree) => matches(tree) && placeOf(tree, accuracy) === place);
      if (there.length === 0) return [];
      return [
        {
          state: place === 'on' ? 'applies' : 'touches',
          reason: says(there.length),
          objects: there.map((tree) => tree.id),
          measured: { value: there.length, unit: '1' },
          trace: [
            `${there.length} trunks ${place === 'on' ? 'on the parcel' : 'within accuracy of its boundary'}`,
          ],
        },
      ];
    });
    return drafts.length > 0 ? drafts : [{ state: 'does-not-apply', reason: none }];
  },
});

/** Girth at 5 cm is larger than what the inventory measures: some trees may or may not need a permit. */
function permitDrafts(...[{ trees }, _law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const near = trees.filter((tree) => isTree(tree) && placeOf(tree, accuracy) !== 'beside');
  const of = (wanted: 'yes' | 'perhaps', places: readonly string[]) =>
    near.filter((tree) => permitNeed(tree) === wanted && places.includes(placeOf(tree, accuracy)));
  const certain = of('yes', ['on']);
  const unsure = of('yes', ['edge']);
  const unknown = of('perhaps', ['on', 'edge']);
  const drafts: Draft[] = [];
  const draft = (state: Draft['state'], found: readonly TreeFact[], reason: Text): void => {
    if (found.length === 0) return;
    const objects = found.map(({ id }) => id);
    drafts.push({ state, reason, objects, measured: { value: found.length, unit: '1' } });
  };
  draft('applies', certain, {
    pl: `Drzew o obwodzie powyżej progu: ${certain.length}; usunięcie wymaga zezwolenia lub zgłoszenia.`,
    en: `Trees with a girth above the threshold: ${certain.length}; felling needs a permit or notification.`,
  });
  draft('touches', unsure, {
    pl: `Drzew powyżej progu tuż przy granicy: ${unsure.length}; nie wiadomo, na czyjej działce stoją.`,
    en: `Trees above the threshold right at the boundary: ${unsure.length}; on whose parcel is not known.`,
  });
  draft('not-assessed', unknown, {
    pl: `Drzew bez obwodu lub nieco poniżej progu na 130 cm: ${unknown.length}; ustawa mierzy na 5 cm, gdzie jest grubiej.`,
    en: `Trees without a girth or somewhat below the threshold at 130 cm: ${unknown.length}; the act measures at 5 cm, where they are thicker.`,
  });
  if (drafts.length > 0) return drafts;
  return [
    {
      state: 'does-not-apply',
      reason: {
        pl: 'Inwentaryzacja nie zna tu drzew, których usunięcie wymaga zezwolenia.',
        en: 'The inventory knows no trees here that need a permit to be felled.',
      },
    },
  ];
}

/** Crowns of trees that stand elsewhere. */
function crownDrafts(...[{ trees }, _law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const beside = trees.filter((tree) => isTree(tree) && placeOf(tree, accuracy) === 'beside');
  const reaching = beside.filter(({ crownM, distanceM }) => crownM !== null && crownM / 2 > distanceM);
  const unknown = beside.filter(({ crownM }) => crownM === null);
  const drafts: Draft[] = [];
  if (reaching.length > 0) {
    const depths = reaching.map(({ crownM, distanceM }) => (crownM ?? 0) / 2 - distanceM);
    const deepest = Math.max(...depths);
    const sigmaM = accuracy.sigmaOfDistance(Math.hypot(sigmaOfLayer('trees'), CROWN_SIGMA_M));
    drafts.push({
      state: deepest > COVERAGE_FACTOR * sigmaM ? 'applies' : 'touches',
      reason: {
        pl: `Korony drzew rosnących obok sięgają działki (${reaching.length}); roboty w ich strefie prowadzi się najmniej szkodliwie.`,
        en: `Crowns of trees beside the parcel reach it (${reaching.length}); works in their zone are done in the least harmful way.`,
      },
      objects: reaching.map(({ id }) => id),
      measured: { ...measuredDistance(deepest, sigmaM), value: reaching.length, unit: '1' },
    });
  }
  if (unknown.length > 0) {
    drafts.push({
      state: 'not-assessed',
      reason: {
        pl: `Drzew obok bez średnicy korony: ${unknown.length}.`,
        en: `Trees beside without a crown diameter: ${unknown.length}.`,
      },
      objects: unknown.map(({ id }) => id),
      measured: { distanceM: toHundredth(Math.min(...unknown.map(({ distanceM }) => distanceM))) },
    });
  }
  if (drafts.length > 0) return drafts;
  return [
    {
      state: 'does-not-apply',
      reason: {
        pl: 'Żadna korona z zewnątrz nie sięga działki.',
        en: 'No crown from outside reaches the parcel.',
      },
    },
  ];
}

/** Standard deviation of half a crown's diameter in an inventory: an assumption, no standard sets it. */
const CROWN_SIGMA_M = 0.25;

export const GREENERY_RULES: readonly Rule[] = [
  treeRule({
    id: 'natural-monument-tree',
    title: { pl: 'Drzewo – pomnik przyrody', en: 'Tree that is a natural monument' },
    provisions: ['UOP-44'],
    matches: ({ protection }) => protection === 'monument',
    says: (count) => ({
      pl: `Pomników przyrody na działce: ${count}; zakazy i promień ustala uchwała, nie ustawa.`,
      en: `Natural monuments on the parcel: ${count}; bans and radius are set by the resolution, not the act.`,
    }),
    none: { pl: 'Nie ma tu drzewa – pomnika przyrody.', en: 'There is no natural monument tree here.' },
  }),
  treeRule({
    id: 'heritage-tree',
    title: { pl: 'Drzewo w rejestrze zabytków', en: 'Tree on the heritage register' },
    provisions: ['UOP-83a'],
    matches: ({ protection }) => protection === 'heritage',
    says: (count) => ({
      pl: `Drzew objętych wpisem do rejestru: ${count}; na usunięcie zezwala konserwator.`,
      en: `Trees under the heritage register: ${count}; the conservator permits removal.`,
    }),
    none: { pl: 'Nie ma tu drzew z rejestru zabytków.', en: 'There are no heritage trees here.' },
  }),
  {
    id: 'felling-permit',
    category: 'greenery',
    title: { pl: 'Usunięcie drzew', en: 'Felling of trees' },
    provisions: ['UOP-83f-t'],
    needs: ['trees'],
    find: permitDrafts,
  },
  {
    id: 'crown-zone',
    category: 'greenery',
    title: { pl: 'Strefa korzeni i korony', en: 'Zone of roots and crown' },
    provisions: ['UOP-87a'],
    needs: ['trees'],
    find: crownDrafts,
  },
];
