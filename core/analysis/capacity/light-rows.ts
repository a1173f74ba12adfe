/**
 * § 13 and § 60 of the technical conditions for a body that fills all that is left. A smaller building takes no more light
 * than the body: what the body leaves its neighbours, every building in it does.
 */
import type { Text } from '../../feature/layer.ts';
import { firstVersion } from '../../law/law.ts';
import { numberIn } from '../../law/provision.ts';
import type { CapacityBody, CapacityRule, CapacityUse } from '../../wire/capacity.ts';
import type { BodyLight } from './body-light.ts';
import type { CapacityFacts } from './capacity-facts.ts';

/** The farthest that § 13 looks, metres. */
export const OBSTRUCTION_MOST_M = numberIn(firstVersion('WT-13'), 'capM');
/** How far around the ground left neighbours are asked for their sun, metres. */
export const SUN_AROUND_M = 100;

export const LIGHT_RULES = ['obstruction', 'sun-neighbours', 'sun-own'] as const;
export type LightRule = (typeof LIGHT_RULES)[number];

type Row = Pick<CapacityRule, 'state' | 'objects' | 'note' | 'distanceM' | 'light'>;

const MOST_OBJECTS = 20;
const IN_A_SCENARIO: Text = {
  pl: 'Zamierzony budynek dodany w scenariuszu jest liczony sam: w tabeli skutków i w sprawdzeniu działki.',
  en: 'An intended building that is added in a scenario is counted itself: in the table of consequences and in the check.',
};

/** What is known of light, or why nothing is. */
export type ToldLight = BodyLight | { readonly reason: Text };

/** Numbers as both languages write them. */
const told = (value: number): Text => {
  const text = String(Math.round(value * 10) / 10);
  return { pl: text.replace('.', ','), en: text };
};

export function lightRow(
  rule: LightRule,
  { neighbours }: Pick<CapacityFacts, 'neighbours'>,
  use: CapacityUse,
  bodies: readonly Pick<CapacityBody, 'heightM'>[],
  light: ToldLight,
): Row {
  if (bodies.length === 0) {
    return {
      state: 'does-not-apply',
      objects: [],
      note: { pl: 'Nie zostaje grunt pod budynek.', en: 'No ground is left for a building.' },
    };
  }
  const isCapped = bodies.every(({ heightM }) => heightM !== null);
  if (rule === 'obstruction') return obstructionRow(neighbours, bodies, isCapped, light);
  if (rule === 'sun-own' && use !== 'single-family' && use !== 'multi-family') {
    return {
      state: 'does-not-apply',
      objects: [],
      note: {
        pl: 'Słońca żąda się w mieszkaniach i w salach dzieci (§ 60); żłobka lub szkoły to nie rozstrzyga.',
        en: 'Sun is asked in dwellings and rooms of children (§ 60); of a nursery or school this decides nothing.',
      },
    };
  }
  if ('reason' in light) return { state: 'not-assessed', objects: [], note: light.reason };
  return rule === 'sun-own' ? ownRow(light) : neighbourSunRow(light, isCapped);
}

function neighbourSunRow(light: BodyLight, isCapped: boolean): Row {
  const { sun, heightM } = light;
  const height = told(heightM);
  const told100 = { pl: `w promieniu ${SUN_AROUND_M} m`, en: `within ${SUN_AROUND_M} m` };
  const row = { objects: objectsOf(sun.buildings), light: { asked: sun.asked, lost: sun.lost, heightM } };
  if (sun.lost === 0 && light.unmodelled.length > 0) return unmodelledRow(light.unmodelled);
  if (sun.lost === 0) {
    return {
      ...row,
      state: isCapped ? 'does-not-apply' : 'not-assessed',
      note: {
        pl: `Bryła wysoka na ${height.pl} m nie odbiera wymaganego słońca żadnemu z ${sun.asked} punktów elewacji domów i szkół ${told100.pl}${isCapped ? '' : '; wysokości nikt nie ustala'}.`,
        en: `A body ${height.en} m high takes the sun required from none of ${sun.asked} points on façades of dwellings and schools ${told100.en}${isCapped ? '' : '; nothing sets a height'}.`,
      },
    };
  }
  const free = told(sun.harmlessM);
  return {
    ...row,
    state: isCapped ? 'touches' : 'not-assessed',
    light: { ...row.light, harmlessM: sun.harmlessM },
    note: {
      pl: `Bryła wysoka na ${height.pl} m odbiera wymagane słońce ${sun.lost} z ${sun.asked} punktów elewacji domów i szkół ${told100.pl}; najgorszemu zostaje ${sun.worst} min. ${upTo(sun.harmlessM, free).pl} Nie odjęto. ${IN_A_SCENARIO.pl}`,
      en: `A body ${height.en} m high takes the sun required from ${sun.lost} of ${sun.asked} points on façades of dwellings and schools ${told100.en}; the worst keeps ${sun.worst} min. ${upTo(sun.harmlessM, free).en} Not taken off. ${IN_A_SCENARIO.en}`,
    },
  };
}

function ownRow({ own, requiredMin, heightM }: BodyLight): Row {
  const light = { asked: own.asked, lost: own.asked - own.sunny, heightM };
  if (own.sunny === 0) {
    return {
      state: 'applies',
      objects: [],
      light,
      note: {
        pl: `Żadne z ${own.asked} miejsc na okna najniższej kondygnacji bryły nie ma ${requiredMin} min słońca; najlepsze ma ${own.mostMin} min. Dalej od sąsiadów i wyżej słońca jest więcej.`,
        en: `None of ${own.asked} places for windows on the lowest storey of the body has ${requiredMin} min of sun; the best has ${own.mostMin} min. Farther from neighbours and higher there is more.`,
      },
    };
  }
  return {
    state: own.sunny === own.asked ? 'does-not-apply' : 'touches',
    objects: [],
    light,
    note: {
      pl: `${requiredMin} min słońca ma ${own.sunny} z ${own.asked} miejsc na okna najniższej kondygnacji bryły, najwięcej ${own.mostMin} min (bez tego, co stoi na działce). W mieszkaniu wystarczy jeden taki pokój: rozstrzyga układ mieszkań.`,
      en: `${own.sunny} of ${own.asked} places for windows on the lowest storey of the body have ${requiredMin} min of sun, at most ${own.mostMin} min (without what stands on the parcel). One such room is enough in a flat: the plan of the flats decides.`,
    },
  };
}

function obstructionRow(
  neighbours: CapacityFacts['neighbours'],
  bodies: readonly Pick<CapacityBody, 'heightM'>[],
  isCapped: boolean,
  light: ToldLight,
): Row {
  const heights = bodies.flatMap(({ heightM }) => heightM ?? []);
  const reachM = isCapped ? Math.min(OBSTRUCTION_MOST_M, Math.max(...heights)) : OBSTRUCTION_MOST_M;
  const near = neighbours.filter(({ distanceM }) => distanceM < reachM);
  const [nearest] = neighbours.toSorted((a, b) => a.distanceM - b.distanceM);
  const away = nearest
    ? told(nearest.distanceM)
    : { pl: `dalej niż ${OBSTRUCTION_MOST_M}`, en: `more than ${OBSTRUCTION_MOST_M}` };
  const reach = told(reachM);
  const distanceM = Math.round(reachM * 10) / 10;
  if (near.length === 0) {
    return {
      state: 'does-not-apply',
      objects: [],
      distanceM,
      note: {
        pl: `Najbliższy budynek z pokojami dla ludzi stoi ${away.pl} m od gruntu pod budynek, a żądane jest najwyżej ${reach.pl} m (równy teren).`,
        en: `The nearest building with rooms for people stands ${away.en} m from the ground left, and at most ${reach.en} m are asked for (level ground).`,
      },
    };
  }
  if ('reason' in light) {
    return {
      state: isCapped ? 'touches' : 'not-assessed',
      objects: objectsOf(near.map(({ id }) => id)),
      distanceM,
      note: {
        pl: `Budynków z pokojami dla ludzi bliżej niż ${reach.pl} m od gruntu pod budynek: ${near.length}, najbliższy ${away.pl} m. Wycinków 60° przed oknami nie liczono: ${light.reason.pl}`,
        en: `Buildings with rooms for people nearer than ${reach.en} m to the ground left: ${near.length}, the nearest ${away.en} m. Sectors of 60° before windows were not counted: ${light.reason.en}`,
      },
    };
  }
  const { sector, heightM } = light;
  const unknown = near.map(({ id }) => id).filter((id) => light.unmodelled.includes(id));
  if (sector.lost === 0 && unknown.length > 0) return { ...unmodelledRow(unknown), distanceM };
  const height = told(heightM);
  const row = {
    objects: objectsOf(sector.buildings),
    distanceM,
    light: { asked: sector.asked, lost: sector.lost, heightM },
  };
  if (sector.lost === 0) {
    return {
      ...row,
      state: isCapped ? 'does-not-apply' : 'not-assessed',
      note: {
        pl: `Najbliższy budynek z pokojami dla ludzi stoi ${away.pl} m dalej, ale w wycinkach 60° przed ${sector.asked} miejscami na okna sąsiadów bryła wysoka na ${height.pl} m stoi dość daleko${isCapped ? '' : '; wysokości nikt nie ustala'}.`,
        en: `The nearest building with rooms for people stands ${away.en} m away, but in the sectors of 60° before ${sector.asked} places for neighbours’ windows a body ${height.en} m high stands far enough${isCapped ? '' : '; nothing sets a height'}.`,
      },
    };
  }
  const free = told(sector.harmlessM);
  const lacking = told(sector.worst);
  return {
    ...row,
    state: isCapped ? 'touches' : 'not-assessed',
    light: { ...row.light, harmlessM: sector.harmlessM },
    note: {
      pl: `Najbliższy budynek z pokojami dla ludzi stoi ${away.pl} m dalej. Bryła wysoka na ${height.pl} m stoi za blisko ${sector.lost} z ${sector.asked} miejsc na okna sąsiadów; najwięcej brakuje ${lacking.pl} m. ${upTo(sector.harmlessM, free).pl} Nie odjęto. ${IN_A_SCENARIO.pl}`,
      en: `The nearest building with rooms for people stands ${away.en} m away. A body ${height.en} m high stands too near ${sector.lost} of ${sector.asked} places for neighbours’ windows; at most ${lacking.en} m are lacking. ${upTo(sector.harmlessM, free).en} Not taken off. ${IN_A_SCENARIO.en}`,
    },
  };
}

/** Nobody may take what was not looked at for unharmed. */
const unmodelledRow = (ids: readonly string[]): Row => ({
  state: 'not-assessed',
  objects: objectsOf(ids),
  note: {
    pl: `Budynków z pokojami dla ludzi bez modelu 3D w pobliżu: ${ids.length}; ich okien nie sprawdzono. ${IN_A_SCENARIO.pl}`,
    en: `Buildings with rooms for people near without a 3D model: ${ids.length}; their windows were not checked. ${IN_A_SCENARIO.en}`,
  },
});

const upTo = (harmlessM: number, free: Text): Text =>
  harmlessM === 0
    ? { pl: 'Szkodzi już najniższa.', en: 'Even the lowest does.' }
    : {
        pl: `Do wysokości ${free.pl} m nie szkodzi nikomu.`,
        en: `Up to a height of ${free.en} m it harms nobody.`,
      };

const objectsOf = (ids: readonly string[]): string[] =>
  ids.map((id) => `buildings/${id}`).slice(0, MOST_OBJECTS);
