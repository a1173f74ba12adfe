/** The model of the ground as a layer of maps: heights in bands, and no objects. */
import type { Layer, StyleClass } from '../feature/layer.ts';
import { CITY_OPEN_LICENCE } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { decimal } from './property.ts';

/** Lightness rises with height, so that it is told apart without colours too. */
const FILLS = ['#1f5f5b', '#357a66', '#55946f', '#7dae7b', '#a6c68a', '#cbdc9f', '#e6ecbd', '#f7f6e0'];
const STEPS_M = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];

export interface HeightRange {
  readonly minM: number;
  readonly maxM: number;
}

/** A class of heights: its lower end belongs to it, and its upper end to the next one. */
export interface HeightBand {
  readonly fromM: number;
  readonly toM: number;
}

/**
 * @param range of the model; normal heights PL-EVRF2007-NH, m
 * @param place storage CRS of the model and the dataset that it belongs to
 */
export function groundHeights(range: HeightRange, place: Pick<Layer, 'srid' | 'dataset'>): Layer {
  const [least, most] = [Math.floor(range.minM), Math.ceil(range.maxM)];
  return {
    ...{ ...place, name: 'ground_heights', group: GROUPS.topography, table: '', isRelief: true },
    title: { pl: 'Wysokość terenu', en: 'Height of the ground' },
    description: {
      pl: 'Numeryczny model terenu w przedziałach wysokości, cieniowany od północnego zachodu. Wysokości normalne PL-EVRF2007-NH; ELEVATION wybiera przedziały.',
      en: 'Digital terrain model in bands of height, shaded from the north-west. Normal heights PL-EVRF2007-NH; ELEVATION chooses ranges.',
    },
    ...{ drawOrder: 0, initiallyVisible: false, geometryType: 'Polygon', dimension: 2 },
    properties: [decimal('height_m', 'Wysokość terenu', 'Height of the ground', { unit: 'm' })],
    style: {
      ...{ stroke: '#00000000', strokeWidthPx: 0 },
      classes: { property: 'height_m', entries: bandEntries(range) },
    },
    dimensions: [
      {
        // PL-EVRF2007-NH height.
        ...{ name: 'elevation', units: 'EPSG:9651', unitSymbol: 'm', property: 'height_m', values: [] },
        ...{ range: { least, most, step: 1 }, extent: `${least}/${most}/1`, default: `${least}/${most}` },
        ...{ multipleValues: true, nearestValue: false },
      },
    ],
    steward: { pl: 'Model terenu w użyciu', en: 'Terrain model in use' },
    ...{ licence: CITY_OPEN_LICENCE, freshnessDays: 3_650 },
  };
}

/** At most as many bands of one round step as there are colours. */
function heightBands({ minM, maxM }: HeightRange): readonly HeightBand[] {
  const fits = (step: number) => Math.ceil(maxM / step) - Math.floor(minM / step) <= FILLS.length;
  const step = STEPS_M.find(fits) ?? Math.ceil((maxM - minM) / (FILLS.length - 1));
  const first = Math.floor(minM / step);
  const count = Math.max(1, Math.ceil(maxM / step) - first);
  return Array.from({ length: count }, (_, n) => ({
    fromM: (first + n) * step,
    toM: (first + n + 1) * step,
  }));
}

function bandEntries(range: HeightRange): readonly StyleClass[] {
  const bands = heightBands(range);
  return bands.map(({ fromM, toM }, n) => {
    const words = `${fromM}–${toM} m`;
    // Few bands spread over all the colours.
    const colour = bands.length === 1 ? 3 : Math.round((n * (FILLS.length - 1)) / (bands.length - 1));
    return {
      values: [`${fromM}/${toM}`],
      fill: FILLS[colour] ?? '#ffffff',
      ...{ stroke: '#30302e', strokeWidthPx: 0.5 },
      label: { pl: words.replaceAll('.', ','), en: words },
    };
  });
}
