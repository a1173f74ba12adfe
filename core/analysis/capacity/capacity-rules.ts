/** Rules that keep ground free of buildings or cap what is built, with their law. */
import type { Text } from '../../feature/layer.ts';
import { firstVersion, provisionAt } from '../../law/law.ts';
import { numberIn } from '../../law/provision.ts';
import type { CapacityParameters, CapacityRule, CapacityUse } from '../../wire/capacity.ts';

import { OBLIGATORY_LINE } from './obligatory-row.ts';

export interface CapacityRuleOf {
  readonly rule: string;
  readonly title: Text;
  readonly law: CapacityRule['law'];
  /** Layers that must hold something for it to be assessed. */
  readonly needs: readonly string[];
}

/** The version that treats tall blocks apart. */
const TALL_SINCE = '2024-08-01';
const WT = 'Dz.U. 2022 poz. 1225';
const UPZP = 'Dz.U. 2024 poz. 1130';

/** The number that a provision names; numbers of later versions are asked for by day. */
const metres = (provision: string, name: string): number => numberIn(firstVersion(provision), name);

export const DISTANCE_M = {
  openings: metres('WT-12-1a', 'distanceM'),
  blank: metres('WT-12-1b', 'distanceM'),
  fire: metres('WT-271-1', 'distanceM'),
  forest: metres('WT-271-8', 'distanceM'),
  railwayLand: metres('UTK-53-2', 'boundaryM'),
} as const;

/**
 * UDP art. 43(1), built-up land, from the edge of the carriageway. The act goes by the category of the road (who runs
 * it), the register knows its class: classes stand for the category that they usually have.
 */
export const ROAD_M: Readonly<Record<string, number>> = {
  motorway: metres('UDP-43', 'motorwayM'),
  express: metres('UDP-43', 'expressM'),
  main_fast: metres('UDP-43', 'nationalM'),
  main: 8,
  collector: 8,
  local: metres('UDP-43', 'leastM'),
  access: metres('UDP-43', 'leastM'),
};

/** A strip on both sides of the axis of utility lines that match. */
export interface UtilityStrip {
  readonly rule: string;
  readonly network: string;
  readonly lineTypes?: readonly string[];
  readonly course?: 'overhead' | 'below';
  readonly flow?: 'gravity' | 'pressure';
  /** Diameter in mm: more than, and at most. */
  readonly overMm?: number;
  readonly uptoMm?: number;
  readonly halfM: number;
}

const HIGH = ['gas_high'];

const halfOf = (provision: string): number => metres(provision, 'halfWidthM');

/** GAZ § 10 (statute) and, for the rest, what operators and norms ask for. Halves of the width, m. */
export const UTILITY_STRIPS: readonly UtilityStrip[] = [
  { rule: 'gas', network: 'gas', lineTypes: ['gas_low', 'gas_medium'], halfM: halfOf('GAZ-10-a') },
  { rule: 'gas', network: 'gas', lineTypes: ['gas_raised_medium'], halfM: halfOf('GAZ-10-b') },
  { rule: 'gas', network: 'gas', lineTypes: HIGH, uptoMm: 150, halfM: halfOf('GAZ-10-c') },
  { rule: 'gas', network: 'gas', lineTypes: HIGH, overMm: 150, uptoMm: 300, halfM: halfOf('GAZ-10-d') },
  { rule: 'gas', network: 'gas', lineTypes: HIGH, overMm: 300, uptoMm: 500, halfM: halfOf('GAZ-10-e') },
  { rule: 'gas', network: 'gas', lineTypes: HIGH, overMm: 500, halfM: halfOf('GAZ-10-f') },
  {
    rule: 'power',
    network: 'power',
    course: 'overhead',
    lineTypes: ['power_extra_high'],
    halfM: halfOf('EL-400'),
  },
  { rule: 'power', network: 'power', course: 'overhead', lineTypes: ['power_high'], halfM: halfOf('EL-110') },
  {
    rule: 'power',
    network: 'power',
    course: 'overhead',
    lineTypes: ['power_medium'],
    halfM: halfOf('EL-SN'),
  },
  { rule: 'power', network: 'power', course: 'overhead', lineTypes: ['power_low'], halfM: halfOf('EL-nn') },
  { rule: 'power', network: 'power', course: 'below', halfM: halfOf('EL-kb') },
  { rule: 'water', network: 'water', uptoMm: 100, halfM: halfOf('WK-1-100') },
  { rule: 'water', network: 'water', overMm: 100, uptoMm: 300, halfM: halfOf('WK-1-300') },
  { rule: 'water', network: 'water', overMm: 300, uptoMm: 500, halfM: halfOf('WK-1-500') },
  { rule: 'water', network: 'water', overMm: 500, halfM: halfOf('WK-1-max') },
  { rule: 'sewer', network: 'sewer', flow: 'gravity', halfM: halfOf('WK-3') },
  { rule: 'sewer', network: 'sewer', flow: 'pressure', halfM: halfOf('WK-4') },
  { rule: 'heat', network: 'heat', uptoMm: 150, halfM: halfOf('CO-1-150') },
  { rule: 'heat', network: 'heat', overMm: 150, uptoMm: 500, halfM: halfOf('CO-1-500') },
  { rule: 'heat', network: 'heat', overMm: 500, halfM: halfOf('CO-1-max') },
];

/** Service connections end at the building that they serve: only a statute keeps walls away from them. */
export const BINDING_NETWORKS: readonly string[] = ['gas'];

const UTILITIES = ['utility_lines'];
const PLANS = ['plan_zones'];

/** In the order in which a wall that stands on several lines names one: what binds more comes first. */
export const CAPACITY_RULES: readonly CapacityRuleOf[] = [
  {
    rule: 'plan-use',
    title: { pl: 'Przeznaczenie w planie', en: 'Use named by the plan' },
    law: law('UPZP-15', UPZP, 'art. 15 ust. 2 pkt 1', 'local-law', 'confirmed', {
      pl: 'Plan miejscowy określa przeznaczenie terenów; na drodze, w zieleni i na wodzie nie stawia się budynków.',
      en: 'A local plan names the use of land; no buildings on roads, greenery and water.',
    }),
    needs: PLANS,
  },
  {
    rule: 'building-line',
    title: { pl: 'Linia zabudowy', en: 'Building line' },
    law: law('UPZP-15-6', UPZP, 'art. 15 ust. 2 pkt 6', 'local-law', 'confirmed', {
      pl: 'Plan miejscowy wyznacza linie zabudowy; przed linią nieprzekraczalną i obowiązującą nie staje ściana.',
      en: 'A local plan sets building lines; no wall stands before a maximal or an obligatory one.',
    }),
    needs: ['building_lines'],
  },
  {
    rule: OBLIGATORY_LINE,
    title: { pl: 'Obowiązująca linia zabudowy', en: 'Obligatory building line' },
    law: law('UPZP-15-6', UPZP, 'art. 15 ust. 2 pkt 6', 'local-law', 'confirmed', {
      pl: 'Na linii obowiązującej ściana frontowa musi stanąć, nie tylko jej nie przekraczać.',
      en: 'On an obligatory line the front wall must stand, and not only keep behind it.',
    }),
    needs: ['building_lines'],
  },
  {
    rule: 'border',
    title: { pl: 'Odległość od granicy działki', en: 'Distance from the border of the plot' },
    law: law('WT-12-1', WT, '§ 12 ust. 1, 10', 'statute', 'confirmed', {
      pl: 'Ściana z otworami stoi co najmniej 4 m od granicy, bez otworów 3 m, blok powyżej czterech kondygnacji 5 m (od 1.08.2024); od strony działki drogowej nie obowiązuje.',
      en: 'A wall with openings stands 4 m from the border, a blank one 3 m, multi-family above four storeys 5 m (since 1 Aug 2024); not towards a road parcel.',
    }),
    needs: ['parcels'],
  },
  {
    rule: 'road',
    title: {
      pl: 'Odległość od jezdni drogi publicznej',
      en: 'Distance from the carriageway of a public road',
    },
    law: law('UDP-43', 'Dz.U. 2024 poz. 320', 'art. 43 ust. 1', 'statute', 'to-verify', {
      pl: 'Od krawędzi jezdni w terenie zabudowy: autostrada 30 m, ekspresowa 20 m, krajowa 10 m, wojewódzka i powiatowa 8 m, gminna 6 m; zarządca może zgodzić się na mniej.',
      en: 'From the edge of the carriageway in built-up land: motorway 30 m, express 20 m, national 10 m, regional and county 8 m, municipal 6 m; the manager may agree to less.',
    }),
    needs: ['roads'],
  },
  {
    rule: 'railway',
    title: { pl: 'Odległość od terenu kolejowego', en: 'Distance from railway land' },
    law: law('UTK-53-2', 'Dz.U. 2003 nr 86 poz. 789', 'art. 53 ust. 2', 'statute', 'confirmed', {
      pl: 'Co najmniej 10 m od granicy obszaru kolejowego i 20 m od osi skrajnego toru.',
      en: 'At least 10 m from the border of railway land and 20 m from the axis of the outermost track.',
    }),
    needs: ['parcels'],
  },
  {
    rule: 'gas',
    title: { pl: 'Strefa kontrolowana gazociągu', en: 'Controlled zone of a gas pipeline' },
    law: law('GAZ-10', 'Dz.U. 2013 poz. 640', '§ 10', 'statute', 'confirmed', {
      pl: 'W strefie kontrolowanej, od 1 do 12 m szerokości według ciśnienia i średnicy, nie wolno wznosić budynków.',
      en: 'No buildings in the controlled zone, 1 to 12 m wide by pressure and diameter.',
    }),
    needs: UTILITIES,
  },
  {
    rule: 'fire',
    title: {
      pl: 'Odległość od budynków sąsiadów ze względu na pożar',
      en: 'Fire distance from neighbours’ buildings',
    },
    law: law('WT-271-1', WT, '§ 271 ust. 1, § 272 ust. 2', 'statute', 'to-verify', {
      pl: 'Między ścianami zewnętrznymi budynków ZL nierozprzestrzeniających ognia 8 m; dla domów jednorodzinnych wystarcza § 12.',
      en: '8 m between outer walls of ZL buildings that do not spread fire; for single-family houses § 12 suffices.',
    }),
    needs: ['buildings'],
  },
  {
    rule: 'forest',
    title: { pl: 'Odległość od lasu', en: 'Distance from forest' },
    law: law('WT-271-8', WT, '§ 271 ust. 8', 'statute', 'confirmed', {
      pl: 'Las traktuje się jak budynek ZL z palnym dachem: 12 m od konturu Ls.',
      en: 'Forest counts as a ZL building with a roof that spreads fire: 12 m from the contour of use Ls.',
    }),
    needs: ['parcels'],
  },
  {
    rule: 'tree',
    title: { pl: 'Drzewa chronione', en: 'Protected trees' },
    law: law('UOP-44', 'Dz.U. 2024 poz. 1478', 'art. 40, 44, 45, 87a', 'local-law', 'to-verify', {
      pl: 'Zakazy wokół pomnika przyrody określa uchwała; bez jej tekstu przyjęto rzut korony.',
      en: 'The resolution says what is banned around a natural monument; without its text the crown is taken.',
    }),
    needs: ['trees'],
  },
  {
    rule: 'heat',
    title: { pl: 'Pas wzdłuż sieci ciepłowniczej', en: 'Strip along district heating' },
    law: law('CO-1', 'wytyczne operatorów', 'MPEC Rzeszów', 'guideline', 'to-verify', {
      pl: 'Operatorzy proszą o 2, 3 lub 5 m od budynku według średnicy.',
      en: 'Operators ask for 2, 3 or 5 m from buildings by diameter.',
    }),
    needs: UTILITIES,
  },
  {
    rule: 'water',
    title: { pl: 'Pas wzdłuż wodociągu', en: 'Strip along water mains' },
    law: law('WK-1', 'wytyczne operatorów', 'tabela Zabrza', 'guideline', 'to-verify', {
      pl: 'Operatorzy proszą o 1 do 5 m od budynku według średnicy.',
      en: 'Operators ask for 1 to 5 m from buildings by diameter.',
    }),
    needs: UTILITIES,
  },
  {
    rule: 'sewer',
    title: { pl: 'Pas wzdłuż kanalizacji', en: 'Strip along sewers' },
    law: law('WK-3', 'wytyczne operatorów', 'Zabrze, Zgorzelec', 'guideline', 'to-verify', {
      pl: 'Operatorzy proszą o 4 m od kanału grawitacyjnego i 1,5 m od tłocznego.',
      en: 'Operators ask for 4 m from a gravity sewer and 1.5 m from a pressure sewer.',
    }),
    needs: UTILITIES,
  },
  {
    rule: 'power',
    title: { pl: 'Pas technologiczny linii elektroenergetycznej', en: 'Strip along power lines' },
    law: law('EL', 'PN-EN 50341-1, służebność przesyłu', '–', 'advisory', 'to-verify', {
      pl: 'Szerokości pasa nie ustala żaden akt; o zabudowie decyduje operator.',
      en: 'No act sets the width; the operator decides.',
    }),
    needs: UTILITIES,
  },
  {
    rule: 'obstruction',
    title: { pl: 'Przesłanianie sąsiadów', en: 'Obstruction of neighbours' },
    law: law('WT-13', WT, '§ 13', 'statute', 'confirmed', {
      pl: 'W wycinku 60° przed oknem przeszkoda stoi nie bliżej niż jej wysokość, a wyższa niż 35 m nie bliżej niż 35 m.',
      en: 'In a 60° sector before a window an obstacle stands no nearer than its height, one above 35 m no nearer than 35 m.',
    }),
    needs: ['buildings'],
  },
  {
    rule: 'sun-neighbours',
    title: { pl: 'Słońce sąsiadów', en: 'Sun of neighbours' },
    law: law('WT-60-2', WT, '§ 60', 'statute', 'confirmed', {
      pl: 'Pokoje mieszkalne mają 3 godziny słońca między 7 a 17, sale dzieci między 8 a 16 w równonoc.',
      en: 'Rooms of dwellings have 3 hours of sun between 7 and 17, rooms of children between 8 and 16 at the equinoxes.',
    }),
    needs: ['buildings'],
  },
  {
    rule: 'sun-own',
    title: { pl: 'Słońce nowego budynku', en: 'Sun of the new building' },
    law: law('WT-60-2', WT, '§ 60', 'statute', 'confirmed', {
      pl: 'W nowym mieszkaniu wielopokojowym wystarczy jeden pokój z 3 godzinami słońca.',
      en: 'In a new flat of several rooms one with 3 hours of sun is enough.',
    }),
    needs: ['buildings'],
  },
];

function law(
  provision: string,
  act: string,
  unit: string,
  strength: CapacityRule['law']['strength'],
  certainty: CapacityRule['law']['certainty'],
  paraphrase: Text,
): CapacityRule['law'] {
  return { provision, act, unit, paraphrase, strength, certainty };
}

/** How far walls keep from the border, and up to how many storeys that will do; the strictest last. */
export function borderDistances(
  use: CapacityUse,
  { walls }: Pick<CapacityParameters, 'walls'>,
  lawDate: string,
): readonly { readonly borderM: number; readonly mostStoreys: number | undefined }[] {
  const usualM = walls === 'blank' ? DISTANCE_M.blank : DISTANCE_M.openings;
  const tall = use === 'multi-family' ? provisionAt('WT-12-1c', lawDate) : undefined;
  const tallM = tall ? Math.max(usualM, numberIn(tall, 'distanceM')) : usualM;
  // Before the amendment Dz.U. 2023 poz. 2442 tall blocks kept the distance of others.
  if (!tall || tall.from < TALL_SINCE) return [{ borderM: usualM, mostStoreys: undefined }];
  return [
    { borderM: usualM, mostStoreys: numberIn(tall, 'storeys') },
    { borderM: tallM, mostStoreys: undefined },
  ];
}

/** Uses of plans by which nobody builds houses, by the beginning of the symbol; longer beginnings win. */
const USE_BY_SYMBOL: readonly (readonly [string, CapacityUse | 'none'])[] = [
  ['MN', 'single-family'],
  ['ML', 'single-family'],
  ['RZ', 'single-family'],
  ['SJ', 'single-family'],
  ['SZ', 'single-family'],
  ['M', 'multi-family'],
  ['SW', 'multi-family'],
  ['U', 'services'],
  ['H', 'services'],
  ['SU', 'services'],
  ['SH', 'services'],
  ['P', 'production'],
  ['SP', 'production'],
  ['SR', 'production'],
  ['SI', 'production'],
  ['I', 'production'],
  ['K', 'none'],
  ['Z', 'none'],
  ['L', 'none'],
  ['R', 'none'],
  ['W', 'none'],
  ['C', 'none'],
  ['SN', 'none'],
  ['SC', 'none'],
  ['SG', 'none'],
  ['SO', 'none'],
  ['SK', 'none'],
];

/** What a plan zone is for; undefined when its symbol is not known. */
export function useOfZone(kind: string | null): CapacityUse | 'none' | undefined {
  const fitting = USE_BY_SYMBOL.filter(([start]) => kind?.startsWith(start));
  return fitting.toSorted(([a], [b]) => b.length - a.length)[0]?.[1];
}

/** What would be built: as asked, else what the largest building zone of the plan is for. */
export function useFor(
  { use }: Pick<CapacityParameters, 'use'>,
  pieces: readonly { readonly kind: string | null; readonly areaM2: number }[],
): { readonly use: CapacityUse; readonly useFrom: 'asked' | 'plan' | 'usual' } {
  if (use) return { use, useFrom: 'asked' };
  for (const { kind } of pieces.toSorted((a, b) => b.areaM2 - a.areaM2)) {
    const named = useOfZone(kind);
    if (named && named !== 'none') return { use: named, useFrom: 'plan' };
  }
  return { use: 'multi-family', useFrom: 'usual' };
}

/** Whether a rule's strips count as asked. */
export const countsStrip = (
  { law: { strength } }: CapacityRuleOf,
  { strips }: Pick<CapacityParameters, 'strips'>,
): boolean => strips === 'all' || strength === 'statute' || strength === 'local-law';
