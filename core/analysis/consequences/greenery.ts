/** Indicators of trees. */
import { isTree, permitNeed } from '../felling-permit.ts';
import { COVERAGE } from './area-error.ts';
import type { Indicator } from './indicator.ts';
import { unionOfDisks } from './union-of-disks.ts';

const TREES = ['trees'];
/** Standard deviation of a crown's diameter in an inventory: an assumption of ours, no standard sets it. */
const CROWN_SIGMA_M = 0.5;

export const TREES_ROW: Indicator = {
  name: 'trees',
  title: { pl: 'Drzewa', en: 'Trees' },
  unit: '1',
  scope: 'area',
  decimals: 0,
  layers: TREES,
  method: {
    pl: 'Liczba drzew inwentaryzacji i sadzonych w obszarze, bez krzewów, według formy.',
    en: 'Number of inventoried and planted trees in the area, without shrubs, by form.',
  },
  boundRule: {
    pl: 'Liczba z inwentaryzacji, bez niepewności; drzew poza inwentaryzacją nie widać.',
    en: 'A number of the inventory, without error; trees outside it are not seen.',
  },
  errors: 'worst',
  measure: ({ trees = [] }) => ({
    parts: trees.filter(isTree).map(({ id, form }) => ({ id, value: 1, kind: form ?? 'unknown' })),
  }),
};

export const CANOPY_ROW: Indicator = {
  name: 'canopy-area',
  title: { pl: 'Powierzchnia koron', en: 'Canopy area' },
  unit: 'm2',
  scope: 'area',
  decimals: 0,
  layers: TREES,
  method: {
    pl: 'Powierzchnia kół o średnicy korony, wspólne części liczone raz (dokładnie, wzorem Greena). Drzewa sadzone mają koronę z dnia posadzenia.',
    en: 'Area of disks of the crown’s diameter, what they share counted once (exactly, by Green’s theorem). Planted trees have the crown of the day of planting.',
  },
  boundRule: {
    pl: 'Średnica korony ± 1 m (dwa odchylenia po 0,5 m; założenie, brak normy), niezależnie dla każdego drzewa.',
    en: 'Diameter of a crown ± 1 m (two deviations of 0.5 m; an assumption, no standard sets it), independent for each tree.',
  },
  errors: 'independent',
  measure({ trees = [] }) {
    const without = trees.filter(({ crownM }) => crownM === null).length;
    return {
      value: unionOfDisks(trees.map(({ e, n, crownM }) => ({ x: e, y: n, r: (crownM ?? 0) / 2 }))),
      parts: trees.map(({ id, crownM }) => ({
        id,
        value: (Math.PI * (crownM ?? 0) ** 2) / 4,
        bound: ((COVERAGE * CROWN_SIGMA_M * Math.PI) / 2) * (crownM ?? 0),
      })),
      notes:
        without === 0
          ? []
          : [
              {
                pl: `Drzew bez średnicy korony: ${without}; nie wchodzą do powierzchni.`,
                en: `Trees without a diameter of the crown: ${without}; they do not count.`,
              },
            ],
    };
  },
};

/**
 * Trees that stand and could not be felled without a permit: an edit that fells some lowers it. Girth is inventoried at
 * 130 cm and the act measures at 5 cm, where it is larger: above the threshold is certain, below it is not.
 */
export const PERMIT_TREES_ROW: Indicator = {
  name: 'trees-under-permit',
  title: { pl: 'Drzewa, których usunięcie wymaga zezwolenia', en: 'Trees that need a permit to be felled' },
  unit: '1',
  scope: 'area',
  decimals: 0,
  layers: TREES,
  method: {
    pl: 'Drzewa o obwodzie (na 130 cm) powyżej progu gatunku: 80 cm topole, wierzby, klon jesionolistny i srebrzysty; 65 cm kasztanowiec, robinia, platan; 50 cm pozostałe. Δ to drzewa usunięte (ze znakiem minus) lub nowe. Wyjątki (owocowe, las, osoba fizyczna) nie są sprawdzane.',
    en: 'Trees with a girth (at 130 cm) above the threshold of their species: 80 cm poplars, willows, ash-leaved and silver maple; 65 cm horse chestnut, robinia, plane; 50 cm others. Δ are those felled (negative) or new. Exceptions (fruit trees, forest, natural persons) are not checked.',
  },
  source: 'UOP art. 83f ust. 1',
  boundRule: {
    pl: 'Ustawa mierzy obwód na 5 cm, gdzie jest większy: drzewa nieco poniżej progu lub bez obwodu mogą też wymagać zezwolenia i stanowią granicę.',
    en: 'The act measures at 5 cm, where the girth is larger: trees somewhat below the threshold, or without a girth, may need a permit too and make the bound.',
  },
  errors: 'worst',
  measure: ({ trees = [] }) => ({
    parts: trees.filter(isTree).map((tree) => {
      const needed = permitNeed(tree);
      return { id: tree.id, value: needed === 'yes' ? 1 : 0, bound: needed === 'perhaps' ? 1 : 0 };
    }),
  }),
};
