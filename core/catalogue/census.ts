/** Population by squares of a grid, as the census publishes it. */
import type { LayerDeclaration, StyleClass } from '../feature/layer.ts';
import { OPEN_STATISTICS_LICENCE, STATISTICS_POLAND } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, count, date, text } from './property.ts';

/** People for each km². */
export const DENSITIES = codes(
  ['d1', 'do 1 000 os./km²', 'up to 1,000 per km²'],
  ['d2', '1 000–3 000 os./km²', '1,000–3,000 per km²'],
  ['d3', '3 000–6 000 os./km²', '3,000–6,000 per km²'],
  ['d4', '6 000–10 000 os./km²', '6,000–10,000 per km²'],
  ['d5', 'powyżej 10 000 os./km²', 'above 10,000 per km²'],
);
/** Most people for each km² of each class but the last. */
const DENSITY_STEPS = [1_000, 3_000, 6_000, 10_000] as const;

/** The class of a density. @param perKm2 null where it is not known */
export function densityOf(perKm2: number | null): string | null {
  if (perKm2 === null) return null;
  const step = DENSITY_STEPS.findIndex((most) => perKm2 <= most);
  return `d${step === -1 ? DENSITY_STEPS.length + 1 : step + 1}`;
}

export const DENSITY_CLASSES: readonly StyleClass[] = [
  { values: ['d1'], label: { pl: 'do 1 000 os./km²', en: 'up to 1,000/km²' }, fill: '#ece3f0' },
  { values: ['d2'], label: { pl: '1 000–3 000', en: '1,000–3,000' }, fill: '#cfbcdc' },
  { values: ['d3'], label: { pl: '3 000–6 000', en: '3,000–6,000' }, fill: '#a98bc2' },
  { values: ['d4'], label: { pl: '6 000–10 000', en: '6,000–10,000' }, fill: '#8060a3' },
  { values: ['d5'], label: { pl: 'powyżej 10 000', en: 'above 10,000' }, fill: '#573a7c' },
];

/** Counts of a cell of the census grid. */
export const CENSUS_COUNTS = [
  count('residents', 'Mieszkańcy', 'Residents'),
  count('age_0_14', 'Wiek 0–14', 'Age 0–14'),
  count('age_15_64', 'Wiek 15–64', 'Age 15–64'),
  count('age_65_plus', 'Wiek 65+', 'Age 65+'),
  count('men', 'Mężczyźni', 'Men'),
  count('women', 'Kobiety', 'Women'),
] as const;

/**
 * Siatka kilometrowa spisu: residents by cells of 1 km as statistical offices publish them (regulation (EU)
 * 2018/1799, STAT.G). Key: the INSPIRE code of the cell, `CRS3035RES1000mN3277000E4792000`. A count that the office
 * keeps back is null and named in `withheld`; it is not 0.
 */
export const CENSUS_CELLS: LayerDeclaration = {
  group: GROUPS.society,
  dimension: 2,
  name: 'census_cells',
  title: { pl: 'Mieszkańcy w siatce 1 km (spis)', en: 'Population by 1 km cells (census)' },
  description: {
    pl: 'Liczba mieszkańców w oczkach siatki europejskiej 1 km według spisu (GUS, Eurostat). Liczb utajnionych nie ma: nie są zerem.',
    en: 'Residents by cells of the European 1 km grid as of the census (Statistics Poland, Eurostat). Counts that are kept back are missing: they are not 0.',
  },
  steward: STATISTICS_POLAND,
  drawOrder: 348,
  initiallyVisible: false,
  table: 'census_cell',
  geometryType: 'MultiPolygon',
  properties: [
    ...CENSUS_COUNTS,
    text('density', 'Gęstość zaludnienia', 'Density', { codelist: DENSITIES }),
    text('withheld', 'Liczby utajnione', 'Counts kept back'),
    date('counted_on', 'Stan na dzień', 'As of'),
  ],
  required: ['residents', 'age_0_14', 'age_15_64', 'age_65_plus', 'men', 'women', 'counted_on'],
  style: {
    fill: '#d9d4de',
    fillOpacity: 0.45,
    stroke: '#6d5a80',
    strokeWidthPx: 0.8,
    classes: { property: 'density', entries: DENSITY_CLASSES },
    label: { property: 'residents', maxScaleDenominator: 50_000, color: '#4a3a5c' },
  },
  maxScaleDenominator: 1_000_000,
  licence: OPEN_STATISTICS_LICENCE,
  // From one census to the next.
  freshnessDays: 3_660,
};
