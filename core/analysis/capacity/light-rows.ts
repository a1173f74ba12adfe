/**
 * § 13 and § 60 of the technical conditions for a body that fills all that is left. A smaller building takes no more light
 * than the body: where the body is far enough, every building in it is.
 */
import type { Text } from '../../feature/layer.ts';
import { firstVersion } from '../../law/law.ts';
import { numberIn } from '../../law/provision.ts';
import type { CapacityBody, CapacityRule } from '../../wire/capacity.ts';
import type { CapacityFacts } from './capacity-facts.ts';

/** The farthest that § 13 looks, metres. */
export const OBSTRUCTION_MOST_M = numberIn(firstVersion('WT-13'), 'capM');

export const LIGHT_RULES = ['obstruction', 'sun-neighbours', 'sun-own'] as const;
export type LightRule = (typeof LIGHT_RULES)[number];

type Row = Pick<CapacityRule, 'state' | 'objects' | 'note' | 'distanceM'>;

const MOST_OBJECTS = 20;
const IN_A_SCENARIO: Text = {
  pl: 'Dodaj zamierzony budynek w scenariuszu: tabela skutków policzy to dla każdego punktu elewacji.',
  en: 'Add the intended building in a scenario: the table of consequences counts it for each point of the façades.',
};

export function lightRow(
  rule: LightRule,
  { neighbours }: Pick<CapacityFacts, 'neighbours'>,
  bodies: readonly Pick<CapacityBody, 'heightM'>[],
): Row {
  if (bodies.length === 0) {
    return {
      state: 'does-not-apply',
      objects: [],
      note: { pl: 'Nie zostaje grunt pod budynek.', en: 'No ground is left for a building.' },
    };
  }
  if (rule === 'sun-own') {
    return {
      state: 'not-assessed',
      objects: [],
      note: {
        pl: `Zależy od układu mieszkań i okien: wystarczy jeden pokój z 3 godzinami słońca. ${IN_A_SCENARIO.pl}`,
        en: `It hangs on the plan of flats and windows: one room with 3 hours of sun is enough. ${IN_A_SCENARIO.en}`,
      },
    };
  }
  if (rule === 'sun-neighbours') {
    const asked = neighbours.filter(({ isSunAsked }) => isSunAsked);
    return {
      state: 'not-assessed',
      objects: objectsOf(asked),
      note: {
        pl: `Domów i szkół do ${OBSTRUCTION_MOST_M} m od gruntu pod budynek: ${asked.length}; rano i wieczorem cień sięga dalej. ${IN_A_SCENARIO.pl}`,
        en: `Dwellings and schools within ${OBSTRUCTION_MOST_M} m of the ground left: ${asked.length}; in the morning and evening shadows reach farther. ${IN_A_SCENARIO.en}`,
      },
    };
  }
  return obstructionRow(neighbours, bodies);
}

function obstructionRow(
  neighbours: CapacityFacts['neighbours'],
  bodies: readonly Pick<CapacityBody, 'heightM'>[],
): Row {
  const heights = bodies.flatMap(({ heightM }) => heightM ?? []);
  const isCapped = heights.length === bodies.length;
  const reachM = isCapped ? Math.min(OBSTRUCTION_MOST_M, Math.max(...heights)) : OBSTRUCTION_MOST_M;
  const near = neighbours.filter(({ distanceM }) => distanceM < reachM);
  const [nearest] = neighbours.toSorted((a, b) => a.distanceM - b.distanceM);
  const reach = { pl: toTenth(reachM).toString().replace('.', ','), en: toTenth(reachM).toString() };
  if (near.length === 0) {
    const away = nearest && toTenth(nearest.distanceM);
    return {
      state: 'does-not-apply',
      objects: [],
      distanceM: toTenth(reachM),
      note: {
        pl: `Najbliższy budynek z pokojami dla ludzi stoi ${away === undefined ? `dalej niż ${OBSTRUCTION_MOST_M}` : String(away).replace('.', ',')} m od gruntu pod budynek, a żądane jest najwyżej ${reach.pl} m (równy teren).`,
        en: `The nearest building with rooms for people stands ${away === undefined ? `more than ${OBSTRUCTION_MOST_M}` : away} m from the ground left, and at most ${reach.en} m are asked for (level ground).`,
      },
    };
  }
  return {
    state: isCapped ? 'touches' : 'not-assessed',
    objects: objectsOf(near),
    distanceM: toTenth(reachM),
    note: {
      pl: `Budynków z pokojami dla ludzi bliżej niż ${reach.pl} m od gruntu pod budynek: ${near.length}, najbliższy ${String(toTenth(nearest?.distanceM ?? 0)).replace('.', ',')} m${isCapped ? '' : '; wysokości nikt nie ustala'}. Liczy się wycinek 60° przed każdym oknem; nie odjęto. ${IN_A_SCENARIO.pl}`,
      en: `Buildings with rooms for people nearer than ${reach.en} m to the ground left: ${near.length}, the nearest ${toTenth(nearest?.distanceM ?? 0)} m${isCapped ? '' : '; nothing sets a height'}. The sector of 60° before each window counts; not taken off. ${IN_A_SCENARIO.en}`,
    },
  };
}

const objectsOf = (neighbours: CapacityFacts['neighbours']): string[] =>
  neighbours.map(({ id }) => `buildings/${id}`).slice(0, MOST_OBJECTS);
const toTenth = (lengthM: number): number => Math.round(lengthM * 10) / 10;
