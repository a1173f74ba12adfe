/** Indicators of earth that is moved. */
import type { EarthworkFact } from './facts.ts';
import type { Indicator } from './indicator.ts';

/** Not a layer of features: the ground that the terrain doors serve. */
export const GROUND = 'terrain';

const row = (
  name: string,
  title: Indicator['title'],
  volumeOf: (fact: EarthworkFact) => number,
): Indicator => ({
  name,
  title,
  unit: 'm3',
  scope: 'edits',
  decimals: 0,
  layers: [GROUND],
  method: {
    pl: 'Suma po zmianach ukształtowania terenu w kolejności stosu: każda liczona na siatce względem gruntu, który zastaje, ze skarpami. Bez spulchnienia, humusu i wykopów pod budynki.',
    en: 'Sum over the edits that shape the ground, in the order of the stack: each counted on a grid against the ground it finds, with its sides. Without swelling, topsoil and pits of buildings.',
  },
  boundRule: {
    pl: 'Różnica dwóch przeplatających się siatek; błąd modelu terenu nie jest w niej zawarty.',
    en: 'What two interleaved grids differ by; the error of the terrain model is not in it.',
  },
  errors: 'worst',
  measure: ({ earthworks = [] }) => ({
    parts: earthworks.map((fact) => ({ id: fact.id, value: volumeOf(fact), bound: fact.errorM3 })),
  }),
});

export const CUT_ROW: Indicator = row('cut-volume', { pl: 'Wykop', en: 'Cut' }, ({ cutM3 }) => cutM3);
export const FILL_ROW: Indicator = row('fill-volume', { pl: 'Nasyp', en: 'Fill' }, ({ fillM3 }) => fillM3);
