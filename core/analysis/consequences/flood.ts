/** Buildings where floods of 1 % and 10 % a year reach. */
import { CORNER_SIGMA_M, COVERAGE } from './area-error.ts';
import type { FloodFact } from './facts.ts';
import type { Indicator } from './indicator.ts';

/** Of an edge of a hazard area, metres: half a millimetre of the hazard maps' scale 1 : 10,000 (assumption). */
export const FLOOD_EDGE_SIGMA_M = 5;
/** A building nearer to the edge than this may lie on either side. */
export const FLOOD_BOUND_M = COVERAGE * Math.hypot(FLOOD_EDGE_SIGMA_M, CORNER_SIGMA_M);

export const isNearEdge = ({ edgeM }: FloodFact): boolean => edgeM <= FLOOD_BOUND_M;

export const FLOOD_ROW: Indicator = {
  name: 'flood-exposed-buildings',
  title: {
    pl: 'Budynki w obszarze szczególnego zagrożenia powodzią',
    en: 'Buildings in areas of special flood hazard',
  },
  unit: '1',
  scope: 'area',
  decimals: 0,
  layers: ['buildings'],
  needs: ['flood_zones'],
  method: {
    pl: 'Budynki, których obrys dotyka obszaru wody 1 % lub 10 %. Woda 0,2 % i przerwanie wału nie należą do obszaru szczególnego zagrożenia. Zmiana ukształtowania terenu nie zmienia tu zasięgu wody.',
    en: 'Buildings whose outline meets the area of the 1 % or 10 % flood. The 0.2 % flood and the failure of a dike are not areas of special hazard. Shaping the ground does not change the reach of water here.',
  },
  source: 'Prawo wodne art. 16 pkt 34',
  boundRule: {
    pl: 'Granica obszaru ± 10 m (dwa odchylenia po 5 m: 0,5 mm mapy 1:10 000; założenie): budynki bliżej niej mogą leżeć po obu stronach.',
    en: 'The edge of the area ± 10 m (two deviations of 5 m: 0.5 mm of a map 1 : 10,000; an assumption): buildings nearer to it may lie on either side.',
  },
  errors: 'worst',
  measure: ({ flood = [] }) => ({
    parts: flood.map((fact) => ({
      id: fact.building,
      value: fact.isInside ? 1 : 0,
      bound: isNearEdge(fact) ? 1 : 0,
    })),
  }),
};
