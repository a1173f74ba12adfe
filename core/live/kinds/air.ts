/** Dust and gases in the air. */
import type { SensorKind } from '../sensor-kind.ts';
import { above, HOUR_S, kind, MINUTE_S, OWN, PER_CUBIC_METRE, POLLUTANT, text } from './declare.ts';

/** Gases are measured by fewer and better instruments than dust. */
const gas = (
  given: Pick<SensorKind, 'code' | 'title' | 'definition' | 'alsoCalled'> & Partial<SensorKind>,
): SensorKind =>
  kind({
    unit: PER_CUBIC_METRE,
    group: 'air',
    expectedIntervalS: HOUR_S,
    range: [0, 2_000],
    spike: { jump: 120, share: 1.5 },
    flatLine: { afterS: 6 * HOUR_S, restsAtOrBelow: 5 },
    ...given,
  });

export const AIR_KINDS: readonly SensorKind[] = [
  kind({
    code: 'pm10',
    title: text('Pył PM10', 'PM10 dust'),
    definition: `${POLLUTANT}/5`,
    alsoCalled: ['PM10', 'pył zawieszony PM10'],
    unit: PER_CUBIC_METRE,
    group: 'air',
    expectedIntervalS: 10 * MINUTE_S,
    range: [0, 2_000],
    spike: { jump: 60, share: 1 },
    flatLine: { afterS: 3 * HOUR_S, restsAtOrBelow: 5 },
    neighbours: { withinM: 8_000, by: 'ratio', away: 15, share: 0.6, afterS: HOUR_S },
    thresholds: [
      above('warning', text('PM10: zła jakość powietrza', 'PM10: bad air'), [110, 95], HOUR_S),
      above('critical', text('PM10: bardzo zła jakość powietrza', 'PM10: very bad air'), [150, 130], HOUR_S),
    ],
  }),
  kind({
    code: 'pm2.5',
    title: text('Pył PM2,5', 'PM2.5 dust'),
    definition: `${POLLUTANT}/6001`,
    alsoCalled: ['PM2.5', 'PM25', 'PM2,5', 'pył zawieszony PM2.5', 'pył zawieszony PM2,5'],
    unit: PER_CUBIC_METRE,
    group: 'air',
    expectedIntervalS: 10 * MINUTE_S,
    range: [0, 1_000],
    spike: { jump: 45, share: 1 },
    flatLine: { afterS: 3 * HOUR_S, restsAtOrBelow: 4 },
    neighbours: { withinM: 8_000, by: 'ratio', away: 12, share: 0.6, afterS: HOUR_S },
    thresholds: [
      above('warning', text('PM2,5: zła jakość powietrza', 'PM2.5: bad air'), [80, 68], HOUR_S),
      above('critical', text('PM2,5: bardzo zła jakość powietrza', 'PM2.5: very bad air'), [110, 95], HOUR_S),
    ],
  }),
  kind({
    code: 'pm1',
    title: text('Pył PM1', 'PM1 dust'),
    definition: `${OWN}/pm1`,
    alsoCalled: ['PM1'],
    unit: PER_CUBIC_METRE,
    group: 'air',
    expectedIntervalS: 10 * MINUTE_S,
    range: [0, 1_000],
    spike: { jump: 45, share: 1 },
    flatLine: { afterS: 3 * HOUR_S, restsAtOrBelow: 4 },
  }),
  gas({
    code: 'no2',
    title: text('Dwutlenek azotu', 'Nitrogen dioxide'),
    definition: `${POLLUTANT}/8`,
    alsoCalled: ['NO2', 'dwutlenek azotu'],
    thresholds: [
      above('warning', text('NO₂: zła jakość powietrza', 'NO₂: bad air'), [200, 170], HOUR_S),
      above('critical', text('NO₂: poziom alarmowy', 'NO₂: alert level'), [400, 350], 3 * HOUR_S),
    ],
  }),
  gas({
    code: 'o3',
    title: text('Ozon', 'Ozone'),
    definition: `${POLLUTANT}/7`,
    alsoCalled: ['O3', 'ozon'],
    neighbours: { withinM: 15_000, by: 'difference', away: 60, share: 0.5, afterS: 3 * HOUR_S },
    thresholds: [
      above('warning', text('O₃: poziom informowania', 'O₃: information level'), [180, 160], HOUR_S),
      above('critical', text('O₃: poziom alarmowy', 'O₃: alert level'), [240, 210], HOUR_S),
    ],
  }),
  gas({
    code: 'so2',
    title: text('Dwutlenek siarki', 'Sulphur dioxide'),
    definition: `${POLLUTANT}/1`,
    alsoCalled: ['SO2', 'dwutlenek siarki'],
    thresholds: [above('critical', text('SO₂: poziom alarmowy', 'SO₂: alert level'), [500, 430], 3 * HOUR_S)],
  }),
  gas({
    code: 'co',
    title: text('Tlenek węgla', 'Carbon monoxide'),
    definition: `${POLLUTANT}/10`,
    alsoCalled: ['CO', 'tlenek węgla'],
    // Micrograms too, as the national service gives them; milligrams would be a thousand times less.
    range: [0, 100_000],
    spike: { jump: 5_000, share: 2 },
    flatLine: { afterS: 6 * HOUR_S, restsAtOrBelow: 300 },
  }),
  gas({
    code: 'c6h6',
    title: text('Benzen', 'Benzene'),
    definition: `${POLLUTANT}/20`,
    alsoCalled: ['C6H6', 'benzen'],
    range: [0, 500],
    spike: { jump: 30, share: 2 },
    flatLine: { afterS: 12 * HOUR_S, restsAtOrBelow: 1 },
  }),
];
