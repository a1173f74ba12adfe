/** Rivers and meters of supply. */
import type { SensorKind } from '../sensor-kind.ts';
import { above, HOUR_S, kind, MINUTE_S, OWN, QUANTITY, text } from './declare.ts';

export const SUPPLY_KINDS: readonly SensorKind[] = [
  kind({
    code: 'water-level',
    title: text('Stan wody', 'Water level'),
    definition: `${QUANTITY}/Height`,
    alsoCalled: ['Stan wody', 'water level', 'stan'],
    unit: { ucum: 'cm', symbol: text('cm') },
    group: 'water',
    expectedIntervalS: 15 * MINUTE_S,
    range: [-100, 2_000],
    spike: { jump: 60, share: 0 },
    // A river may rest on one centimetre for long.
    flatLine: { afterS: 24 * HOUR_S },
    thresholds: [
      above('warning', text('Stan ostrzegawczy', 'Warning level'), [400, 390], 30 * MINUTE_S),
      above('critical', text('Stan alarmowy', 'Alarm level'), [450, 440], 30 * MINUTE_S),
    ],
  }),
  kind({
    code: 'water-flow',
    title: text('Przepływ', 'Flow'),
    definition: `${QUANTITY}/VolumeFlowRate`,
    alsoCalled: ['Przepływ', 'discharge'],
    unit: { ucum: 'm3/s', symbol: text('m³/s') },
    group: 'water',
    expectedIntervalS: 15 * MINUTE_S,
    range: [0, 10_000],
    spike: { jump: 40, share: 0.5 },
    flatLine: { afterS: 24 * HOUR_S },
  }),
  kind({
    code: 'electricity',
    title: text('Licznik energii elektrycznej', 'Electricity meter'),
    definition: `${OWN}/electricity-meter`,
    alsoCalled: ['energia elektryczna', 'electricity'],
    unit: { ucum: 'kW.h', symbol: text('kWh') },
    group: 'meter',
    expectedIntervalS: HOUR_S,
    range: [0, 1e9],
  }),
  kind({
    code: 'heat',
    title: text('Licznik ciepła', 'Heat meter'),
    definition: `${OWN}/heat-meter`,
    alsoCalled: ['ciepło', 'heat'],
    unit: { ucum: 'GJ', symbol: text('GJ') },
    group: 'meter',
    expectedIntervalS: HOUR_S,
    range: [0, 1e9],
  }),
  kind({
    code: 'water-meter',
    title: text('Wodomierz', 'Water meter'),
    definition: `${OWN}/water-meter`,
    alsoCalled: ['woda', 'water consumption'],
    unit: { ucum: 'm3', symbol: text('m³') },
    group: 'meter',
    expectedIntervalS: HOUR_S,
    range: [0, 1e9],
  }),
];
