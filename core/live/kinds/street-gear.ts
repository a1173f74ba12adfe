/** Parking places and signals. */
import type { SensorKind } from '../sensor-kind.ts';
import { above, below, HOUR_S, kind, MINUTE_S, OWN, text } from './declare.ts';

export const STREET_GEAR_KINDS: readonly SensorKind[] = [
  kind({
    code: 'parking-occupied',
    title: text('Miejsce zajęte', 'Bay occupied'),
    definition: `${OWN}/parking-occupied`,
    alsoCalled: ['parking', 'occupied', 'parking_bay'],
    unit: { ucum: '1', symbol: text('') },
    group: 'parking',
    states: { 0: text('wolne', 'free'), 1: text('zajęte', 'occupied') },
    // Such a sensor speaks when something changes, and now and then to say that it lives.
    expectedIntervalS: 12 * HOUR_S,
    range: [0, 1],
  }),
  kind({
    code: 'parking-free',
    title: text('Wolne miejsca', 'Free bays'),
    definition: `${OWN}/parking-free`,
    alsoCalled: ['free places', 'wolne miejsca'],
    unit: { ucum: '1', symbol: text('miejsc', 'bays') },
    group: 'parking',
    expectedIntervalS: 5 * MINUTE_S,
    range: [0, 20_000],
  }),
  kind({
    code: 'junction-state',
    title: text('Stan sygnalizacji', 'Signal state'),
    definition: `${OWN}/junction-state`,
    alsoCalled: ['signal state', 'junction'],
    unit: { ucum: '1', symbol: text('') },
    group: 'junction',
    expectedIntervalS: 5 * MINUTE_S,
    range: [0, 3],
    states: {
      0: text('ciemna', 'dark'),
      1: text('działa', 'works'),
      2: text('żółte migające', 'flashing amber'),
      3: text('awaria', 'fault'),
    },
    thresholds: [
      above('warning', text('Sygnalizacja nie działa', 'Signals out of order'), [2, 1], 5 * MINUTE_S),
      below('warning', text('Sygnalizacja ciemna', 'Signals dark'), [0, 1], 5 * MINUTE_S),
    ],
  }),
];
