/**
 * Which detail of networks is critical. Positions, kinds, pressures and voltages stay told: the base map shows them,
 * and the strips that they bring lie on the land of others. What would tell how much depends on an object, and how to
 * reach it, is told to who works there.
 */
import type { CriticalDetail, Text } from '../feature/layer.ts';

const noteOf = (pl: string, en: string): Text => ({
  pl: `${pl} Puste pole nie znaczy, że wartości nie ma w rejestrze: widzi ją urząd, a w zamówieniach profile geodety, projektanta i branży sieciowej.`,
  en: `${en} An empty value does not mean that the register has none: the office sees it, and in orders the profiles surveyor, designer and network trade do.`,
});

/** What carries a part of the town, and what nobody has said that it does not. */
export const CRITICAL_LINES: CriticalDetail = {
  objects: [
    { network: ['power'], line_type: ['power_extra_high', 'power_high', null] },
    { network: ['gas'], line_type: ['gas_high', 'gas_raised_medium', null] },
    { network: ['heat'], line_type: ['heat_high', null] },
    { network: ['water'], role: ['main', null] },
    { network: ['special'] },
  ],
  properties: [
    'diameter_mm',
    'width_mm',
    'height_mm',
    'material',
    'depth_m',
    'start_height_m',
    'end_height_m',
    'operator_id',
  ],
  note: noteOf(
    'Wymiary, materiał, głębokość, rzędne i identyfikator branżowy głównych wodociągów, gazociągów wysokiego i podwyższonego średniego ciśnienia, linii wysokich napięć, magistral ciepłowniczych i przewodów specjalnych są zastrzeżone.',
    'Sizes, material, depth, heights and the id of the operator are withheld for water mains, gas of high and raised medium pressure, high voltage, heat of high parameter and special lines.',
  ),
};

export const CRITICAL_DEVICES: CriticalDetail = {
  objects: [
    {
      kind: [
        'pumping_station',
        'hydrophore',
        'deep_well',
        'transformer',
        'gas_station',
        'gas_tank',
        'chamber',
      ],
    },
    { network: ['water', 'gas', 'heat', 'special'], kind: ['valve'] },
  ],
  properties: ['bottom_height_m', 'operator_id'],
  note: noteOf(
    'Rzędna dna i identyfikator branżowy stacji, ujęć, zbiorników, komór i zasuw są zastrzeżone.',
    'The height of the bottom and the id of the operator are withheld for stations, wells, tanks, chambers and valves.',
  ),
};

/** A height does not say of what kind of line it is: those of all networks that have critical lines are kept. */
export const CRITICAL_ELEVATIONS: CriticalDetail = {
  objects: [{ network: ['water', 'gas', 'heat', 'power', 'special'] }],
  properties: ['top_height_m', 'bottom_height_m'],
  note: noteOf(
    'Rzędne góry i dołu sieci wodociągowej, gazowej, ciepłowniczej, elektroenergetycznej i specjalnej są zastrzeżone.',
    'Top and bottom heights of water, gas, heat, power and special networks are withheld.',
  ),
};
