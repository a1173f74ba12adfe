/** Indicators of roads and utility lines. */
import { COVERAGE, NETWORK_SIGMA_M } from './area-error.ts';
import type { LineFact } from './facts.ts';
import type { Indicator, Part } from './indicator.ts';

/** Both ends of a line to the accuracy of group II. */
const ENDS = COVERAGE * NETWORK_SIGMA_M * Math.SQRT2;

const boundRule = {
  pl: 'Oba końce linii z dokładnością 0,30 m (II grupa, § 16 rozp. Dz.U. 2020 poz. 1429), dwa odchylenia, niezależnie dla każdej linii.',
  en: 'Both ends of a line to 0.30 m (group II, § 16 of Dz.U. 2020 poz. 1429), two deviations, independent for each line.',
};

export const ROADS_ROW: Indicator = {
  name: 'open-roads',
  title: { pl: 'Drogi otwarte dla ruchu', en: 'Roads open to traffic' },
  unit: 'km',
  scope: 'area',
  decimals: 3,
  layers: ['roads'],
  method: {
    pl: 'Długość osi dróg, które dotykają obszaru, w całości, bez odcinków zamkniętych w scenariuszu; według klasy.',
    en: 'Length of the axes of roads that touch the area, in whole, less what the scenario closes; by class.',
  },
  boundRule,
  errors: 'independent',
  measure: ({ roads = [] }) => ({
    parts: roads.map((road) => kilometres(road, road.lengthM - road.closedM)),
  }),
};

export const CLOSED_ROADS_ROW: Indicator = {
  name: 'closed-roads',
  title: { pl: 'Drogi zamknięte', en: 'Roads closed' },
  unit: 'km',
  scope: 'area',
  decimals: 3,
  layers: ['roads'],
  method: {
    pl: 'Długość odcinków zamkniętych w scenariuszu. Zamknięcia z rejestru utrudnień nie są tu liczone.',
    en: 'Length of what the scenario closes. Closures of the obstruction register do not count here.',
  },
  boundRule,
  errors: 'independent',
  measure: ({ roads = [] }) => ({
    parts: roads.filter(({ closedM }) => closedM > 0).map((road) => kilometres(road, road.closedM)),
  }),
};

const kilometres = ({ id, kind }: LineFact, lengthM: number): Part => ({
  id,
  value: lengthM / 1000,
  bound: ENDS / 1000,
  kind: kind ?? 'unknown',
});

export const UTILITIES_ROW: Indicator = {
  name: 'utility-lines',
  title: { pl: 'Przewody uzbrojenia terenu', en: 'Utility lines' },
  unit: 'm',
  scope: 'area',
  decimals: 1,
  layers: ['utility_lines'],
  method: {
    pl: 'Długość w rzucie przewodów, które dotykają obszaru, w całości; według sieci.',
    en: 'Length on the plane of lines that touch the area, in whole; by network.',
  },
  boundRule,
  errors: 'independent',
  measure: ({ utilities = [] }) => ({
    parts: utilities.map(({ id, kind, lengthM }) => ({
      id,
      value: lengthM,
      bound: ENDS,
      kind: kind ?? 'unknown',
    })),
  }),
};
