/** Indicators of sun and sky around edited buildings. */
import type { Text } from '../../feature/layer.ts';
import { LIGHT_HEIGHT_BOUND_M } from '../sun/neighbour-points.ts';
import { SECTOR_BOUND_M } from '../sun/open-sector.ts';
import { GROUND } from './earthworks.ts';
import type { Indicator, Measure, MeasuredFacts, Unmeasured } from './indicator.ts';
import { LIGHT_AROUND_M, type LightMeasures } from './light.ts';

const CAUSES = ['buildings_3d', GROUND];
export const LIGHT_ACT = 'rozporządzenie z 12.04.2002 (Dz.U. 2022 poz. 1225)';
/** Ground with less is called shaded: the hours that § 60 asks for rooms. An assumption; no act sets one for ground. */
const SHADED_MIN = 180;
/** The skyline is measured every half degree. */
const SKY_BOUND = 0.003;

/** What was known of ground and trees, and what the value is where every tree is a wall. */
function surroundingNotes({ surroundings }: LightMeasures, withTrees: string): readonly Text[] {
  const { relief, trees, unsizedTrees } = surroundings;
  const notes: Text[] = [];
  if (relief !== 'terrain')
    notes.push({
      pl: 'Bez modelu terenu: grunt przeprowadzono przez podstawy budynków.',
      en: 'Without a terrain model: the ground is laid through the feet of buildings.',
    });
  if (trees > 0)
    notes.push({
      pl: `Bez drzew; gdyby każde z ${trees} w zasięgu było ścianą do ziemi, w scenariuszu byłoby ${withTrees.replace('.', ',')}. Prawda leży pomiędzy; granica błędu to obejmuje.`,
      en: `Without trees; were each of the ${trees} within reach a wall down to the ground, it would be ${withTrees} in the scenario. The truth lies between; the bound holds that.`,
    });
  if (unsizedTrees > 0)
    notes.push({
      pl: `Drzew pominiętych, bo inwentaryzacja nie zna ich wielkości: ${unsizedTrees}.`,
      en: `Trees left out because the inventory does not know their size: ${unsizedTrees}.`,
    });
  return notes;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const TREES_BOUND: Text = {
  pl: 'Do tego to, o ile wartość zmienia się, gdy każde drzewo jest ścianą do ziemi.',
  en: 'To this what the value changes by where every tree is a wall down to the ground.',
};
const withTreesBound = (rule: Text): Text => ({
  pl: `${rule.pl} ${TREES_BOUND.pl}`,
  en: `${rule.en} ${TREES_BOUND.en}`,
});
const NOT_DOWNTOWN: Text = {
  pl: 'Jak poza zabudową śródmiejską, w której przepis wymaga mniej; żaden rejestr jej nie wskazuje. Punkt elewacji to nie pokój.',
  en: 'As outside downtown development, where the rule asks less; no register names it. A point of a façade is not a room.',
};

/** Measured where there are facts of light. */
function measured(
  { light }: MeasuredFacts,
  measure: (light: LightMeasures) => Measure | Unmeasured,
): Measure | Unmeasured {
  if (!light) return NO_BUILDINGS;
  return 'reason' in light ? light : measure(light);
}

const NO_BUILDINGS: Unmeasured = {
  reason: {
    pl: 'Zmiany nie dotykają ani budynków, które mają model 3D, ani ukształtowania terenu.',
    en: 'The edits touch neither a building that has a 3D model nor the shape of the ground.',
  },
};
const NO_RULE: Unmeasured = {
  reason: {
    pl: 'Wokół zmian nie ma punktów elewacji, o które pyta przepis obowiązujący w dniu prawa.',
    en: 'Around the edits there are no points of façades that a rule in force on the law date asks for.',
  },
};

export const SUNLESS_ROW: Indicator = {
  name: 'neighbour-points-without-sun',
  title: { pl: 'Okna sąsiadów bez wymaganego słońca', en: 'Neighbours’ windows without the sun required' },
  unit: '1',
  scope: 'surroundings',
  decimals: 0,
  layers: CAUSES,
  method: {
    pl: `Punkty elewacji mieszkań, żłobków, przedszkoli i szkół do ${LIGHT_AROUND_M} m od zmian (każda kondygnacja, co 3 m), które w gorszym z dni równonocy mają mniej słońca, niż wymaga § 60. Budynki zmieniane nie są liczone. Czasy zajścia za dach wyznaczane, nie próbkowane.`,
    en: `Points of façades of dwellings, nurseries, kindergartens and schools within ${LIGHT_AROUND_M} m of the edits (each storey, every 3 m) that on the worse equinox have less sun than § 60 asks. Edited buildings do not count. Times behind roofs are found, not sampled.`,
  },
  source: `WT § 60, ${LIGHT_ACT}`,
  boundRule: withTreesBound({
    pl: `Punkty, o których rozstrzyga błąd wysokości ± ${LIGHT_HEIGHT_BOUND_M} m (założenie).`,
    en: `Points that an error of heights of ± ${LIGHT_HEIGHT_BOUND_M} m (an assumption) decides.`,
  }),
  errors: 'worst',
  measure: (state) =>
    measured(state, (light) => {
      const asked = light.points.filter(({ lacksSun }) => lacksSun !== undefined);
      if (asked.length === 0) return NO_RULE;
      const withTrees = asked.filter(({ lacksSunWithTrees }) => lacksSunWithTrees).length;
      return {
        parts: asked.map(({ id, lacksSun, lacksSunWithTrees, sunIsNear }) => ({
          id,
          value: lacksSun ? 1 : 0,
          bound: sunIsNear ? 1 : 0,
          common: lacksSunWithTrees && !lacksSun ? 1 : 0,
        })),
        notes: [counted(asked.length), NOT_DOWNTOWN, ...surroundingNotes(light, String(withTrees))],
      };
    }),
};

export const OBSTRUCTED_ROW: Indicator = {
  name: 'neighbour-points-obstructed',
  title: { pl: 'Okna sąsiadów z przeszkodą za blisko', en: 'Neighbours’ windows with an obstacle too near' },
  unit: '1',
  scope: 'surroundings',
  decimals: 0,
  layers: CAUSES,
  method: {
    pl: `Punkty elewacji budynków na pobyt ludzi do ${LIGHT_AROUND_M} m od zmian, przed którymi w wycinku 60° przeszkoda stoi bliżej, niż dopuszcza § 13. Budynki zmieniane nie są liczone.`,
    en: `Points of façades of buildings for people within ${LIGHT_AROUND_M} m of the edits before which something in the sector of 60° stands nearer than § 13 allows. Edited buildings do not count.`,
  },
  source: `WT § 13, ${LIGHT_ACT}`,
  boundRule: {
    pl: `Punkty, przed którymi brakuje nie więcej niż ${SECTOR_BOUND_M} m (założenie); tych, którym do naruszenia brakuje równie mało, nie widać.`,
    en: `Points before which at most ${SECTOR_BOUND_M} m are lacking (an assumption); those that keep the distance by as little are not seen.`,
  },
  errors: 'worst',
  measure: (state) =>
    measured(state, ({ points }) => {
      const asked = points.flatMap(({ id, lackingM }) => (lackingM === undefined ? [] : [{ id, lackingM }]));
      if (asked.length === 0) return NO_RULE;
      return {
        parts: asked.map(({ id, lackingM }) => ({
          id,
          value: lackingM > 0 ? 1 : 0,
          bound: lackingM > 0 && lackingM <= SECTOR_BOUND_M ? 1 : 0,
        })),
        notes: [counted(asked.length), NOT_DOWNTOWN],
      };
    }),
};

const counted = (points: number): Text => ({
  pl: `Badanych punktów: ${points}.`,
  en: `Points asked: ${points}.`,
});

export const GROUND_SUN_ROW: Indicator = {
  name: 'ground-sun-hours',
  title: { pl: 'Słońce na gruncie, średnio', en: 'Sun on the ground, on average' },
  unit: 'h',
  scope: 'surroundings',
  decimals: 2,
  layers: CAUSES,
  method: {
    pl: `Godziny słońca w dniu równonocy wiosennej, średnio na gruncie niezabudowanym w obu stanach, do ${LIGHT_AROUND_M} m od zmian; pola 2 m lub większe, słońce co 5 minut, cienie dachów LOD2 i rzeźby terenu.`,
    en: `Hours of sun on the spring equinox, on average over ground that is unbuilt in both states within ${LIGHT_AROUND_M} m of the edits; cells of 2 m or more, a sun every 5 minutes, shadows of LOD2 roofs and of the relief.`,
  },
  boundRule: withTreesBound({
    pl: '10 minut na każdym polu, którego słońce się zmienia, w każdym stanie (krok na początku i końcu cienia), wszystkie w jedną stronę.',
    en: '10 minutes in every cell whose sun changes, in each state (a step at both ends of a shadow), all in one direction.',
  }),
  errors: 'worst',
  measure: (state) =>
    measured(state, (light) => {
      const open = openCells(light);
      const share = 1 / 60 / Math.max(1, open.length);
      const hours = sumOf(open.map(([, , withTrees]) => withTrees * share));
      return {
        parts: open.map(([id, minutes, withTrees]) => ({
          id,
          value: minutes * share,
          bound: light.errorMin * share,
          common: (withTrees - minutes) * share,
        })),
        notes: surroundingNotes(light, hours.toFixed(2)),
      };
    }),
};

export const SHADED_ROW: Indicator = {
  name: 'shaded-ground',
  title: { pl: 'Grunt z mniej niż 3 godzinami słońca', en: 'Ground with less than 3 hours of sun' },
  unit: 'm2',
  scope: 'surroundings',
  decimals: 0,
  layers: CAUSES,
  method: {
    pl: 'Powierzchnia gruntu niezabudowanego w obu stanach, na której w dniu równonocy wiosennej słońce świeci krócej niż 3 godziny (tyle, ile § 60 wymaga dla pokoi; dla gruntu żaden przepis progu nie ustala).',
    en: 'Ground unbuilt in both states that on the spring equinox has less than 3 hours of sun (what § 60 asks for rooms; no act sets a threshold for ground).',
  },
  boundRule: withTreesBound({
    pl: 'Pola, którym do progu brakuje najwyżej 10 minut.',
    en: 'Cells within 10 minutes of the threshold.',
  }),
  errors: 'worst',
  measure: (state) =>
    measured(state, (light) => {
      const cellM2 = light.cellM ** 2;
      const open = openCells(light);
      const shaded = (minutes: number) => (minutes < SHADED_MIN ? cellM2 : 0);
      return {
        parts: open.map(([id, minutes, withTrees]) => ({
          id,
          value: shaded(minutes),
          bound: Math.abs(minutes - SHADED_MIN) <= light.errorMin ? cellM2 : 0,
          common: shaded(withTrees) - shaded(minutes),
        })),
        notes: surroundingNotes(light, sumOf(open.map(([, , minutes]) => shaded(minutes))).toFixed(0)),
      };
    }),
};

type OpenCell = readonly [id: string, minutes: number, withTrees: number];

const openCells = ({ groundMin, groundMinWithTrees }: LightMeasures): readonly OpenCell[] =>
  [...groundMin].flatMap((minutes, at) =>
    // Lines of the sweep are off by half a cell: a tree makes nothing brighter.
    minutes < 0 ? [] : [[String(at), minutes, Math.min(minutes, groundMinWithTrees[at] ?? 0)] as const],
  );

export const SKY_ROW: Indicator = {
  name: 'sky-view',
  title: { pl: 'Widok nieba, średnio', en: 'View of the sky, on average' },
  unit: '%',
  scope: 'surroundings',
  decimals: 2,
  layers: CAUSES,
  method: {
    pl: `Współczynnik widoku nieba (Johnson i Watson 1984) 1,6 m nad gruntem, średnio z miejsc rozłożonych równo na gruncie niezabudowanym w obu stanach, do ${LIGHT_AROUND_M} m od zmian.`,
    en: `Sky view factor (Johnson and Watson 1984) 1.6 m above the ground, on average over places spread evenly on ground that is unbuilt in both states within ${LIGHT_AROUND_M} m of the edits.`,
  },
  boundRule: withTreesBound({
    pl: '0,3 punktu procentowego w każdym miejscu, którego niebo się zmienia, w każdym stanie (linia nieba co pół stopnia).',
    en: '0.3 percentage points at every place whose sky changes, in each state (a skyline of half degrees).',
  }),
  errors: 'worst',
  measure: (state) =>
    measured(state, (light) => {
      const { skies, skiesWithTrees } = light;
      const share = 100 / Math.max(1, skies.length);
      return {
        parts: skies.map((factor, n) => ({
          id: String(n),
          value: factor * share,
          bound: SKY_BOUND * share,
          common: ((skiesWithTrees[n] ?? factor) - factor) * share,
        })),
        notes: [
          { pl: `Miejsc: ${skies.length}.`, en: `Places: ${skies.length}.` },
          ...surroundingNotes(light, sumOf(skiesWithTrees.map((factor) => factor * share)).toFixed(2)),
        ],
      };
    }),
};
