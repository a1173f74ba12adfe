/**
 * Every kind of sensor that the city knows. A new kind is one entry here and no code: rules, thresholds, units and
 * titles follow from it (docs/how-to/declare-a-sensor-kind.md).
 *
 * Ranges are what instruments of the kind can say at all, not what is usual; limits of rules are wide, for a value that
 * is called suspect without need is soon not believed.
 */
import type { Text } from '../feature/layer.ts';
import type { SensorKind, ThresholdDeclaration } from './sensor-kind.ts';

const text = (pl: string, en = pl): Text => ({ pl, en });
const MINUTE_S = 60;
const HOUR_S = 3_600;

/** EIONET, the vocabulary of air pollutants in reports to the EU. */
const POLLUTANT = 'http://dd.eionet.europa.eu/vocabulary/aq/pollutant';
const QUANTITY = 'http://qudt.org/vocab/quantitykind';
/** What has no address elsewhere. */
const OWN = 'https://blizniak.pl/def/observed-property';

const PER_CUBIC_METRE = { ucum: 'ug/m3', symbol: text('µg/m³') };

const above = (
  severity: ThresholdDeclaration['severity'],
  title: Text,
  [enter, leave]: readonly [number, number],
  afterS: number,
): ThresholdDeclaration => ({ direction: 'above', severity, title, enter, leave, afterS });
const below = (
  severity: ThresholdDeclaration['severity'],
  title: Text,
  [enter, leave]: readonly [number, number],
  afterS: number,
): ThresholdDeclaration => ({ direction: 'below', severity, title, enter, leave, afterS });

type Given = Omit<SensorKind, 'alsoCalled' | 'thresholds'> &
  Partial<Pick<SensorKind, 'alsoCalled' | 'thresholds'>>;
const kind = (given: Given): SensorKind => ({ alsoCalled: [], thresholds: [], ...given });

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

export const SENSOR_KINDS: readonly SensorKind[] = [
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
  kind({
    code: 'temperature',
    title: text('Temperatura powietrza', 'Air temperature'),
    definition: `${QUANTITY}/Temperature`,
    alsoCalled: ['TEMPERATURE', 'Temperatura', 'temp', 'air_temperature'],
    unit: { ucum: 'Cel', symbol: text('°C') },
    group: 'air',
    expectedIntervalS: 10 * MINUTE_S,
    range: [-45, 55],
    spike: { jump: 6, share: 0 },
    flatLine: { afterS: 5 * HOUR_S },
    neighbours: { withinM: 15_000, by: 'difference', away: 6, share: 0, afterS: HOUR_S },
    thresholds: [
      above('warning', text('Upał', 'Heat'), [35, 33], HOUR_S),
      below('warning', text('Silny mróz', 'Hard frost'), [-15, -13], HOUR_S),
    ],
  }),
  kind({
    code: 'humidity',
    title: text('Wilgotność względna', 'Relative humidity'),
    definition: `${QUANTITY}/RelativeHumidity`,
    alsoCalled: ['HUMIDITY', 'wilgotność', 'relative_humidity'],
    unit: { ucum: '%', symbol: text('%') },
    group: 'air',
    expectedIntervalS: 10 * MINUTE_S,
    range: [0, 100],
    spike: { jump: 35, share: 0 },
    flatLine: { afterS: 12 * HOUR_S },
  }),
  kind({
    code: 'pressure',
    title: text('Ciśnienie (na poziomie morza)', 'Pressure (at sea level)'),
    definition: `${QUANTITY}/AtmosphericPressure`,
    alsoCalled: ['PRESSURE', 'ciśnienie', 'barometric_pressure'],
    unit: { ucum: 'hPa', symbol: text('hPa') },
    group: 'weather',
    expectedIntervalS: 10 * MINUTE_S,
    range: [870, 1_085],
    spike: { jump: 8, share: 0 },
    flatLine: { afterS: 12 * HOUR_S },
    neighbours: { withinM: 40_000, by: 'difference', away: 6, share: 0, afterS: HOUR_S },
  }),
  kind({
    code: 'precipitation',
    title: text('Opad', 'Precipitation'),
    definition: `${QUANTITY}/PrecipitationRate`,
    alsoCalled: ['opad', 'rain', 'precipitation', `${OWN}/precipitation`],
    unit: { ucum: 'mm/h', symbol: text('mm/h') },
    group: 'weather',
    expectedIntervalS: 10 * MINUTE_S,
    range: [0, 400],
    flatLine: { afterS: 6 * HOUR_S, restsAtOrBelow: 0 },
    thresholds: [above('warning', text('Ulewa', 'Downpour'), [30, 20], 10 * MINUTE_S)],
  }),
  kind({
    code: 'wind-speed',
    title: text('Prędkość wiatru', 'Wind speed'),
    definition: `${OWN}/wind-speed`,
    alsoCalled: ['wind_speed', 'prędkość wiatru'],
    unit: { ucum: 'm/s', symbol: text('m/s') },
    group: 'weather',
    expectedIntervalS: 10 * MINUTE_S,
    range: [0, 75],
    flatLine: { afterS: 6 * HOUR_S, restsAtOrBelow: 0.5 },
    thresholds: [above('warning', text('Silny wiatr', 'Strong wind'), [17, 14], 10 * MINUTE_S)],
  }),
  kind({
    code: 'co2',
    title: text('Dwutlenek węgla', 'Carbon dioxide'),
    definition: `${OWN}/co2`,
    alsoCalled: ['CO2'],
    unit: { ucum: '[ppm]', symbol: text('ppm') },
    group: 'air',
    expectedIntervalS: 10 * MINUTE_S,
    range: [250, 10_000],
    flatLine: { afterS: 6 * HOUR_S },
  }),
  kind({
    code: 'noise',
    title: text('Hałas LAeq', 'Noise LAeq'),
    definition: `${OWN}/noise-laeq`,
    alsoCalled: ['LAeq', 'noise', 'hałas', 'laeq_db'],
    unit: { ucum: 'dB[SPL]', symbol: text('dB(A)') },
    group: 'noise',
    expectedIntervalS: 10 * MINUTE_S,
    range: [15, 140],
    spike: { jump: 35, share: 0 },
    flatLine: { afterS: 2 * HOUR_S },
    thresholds: [above('info', text('Hałas', 'Noise'), [75, 70], HOUR_S)],
  }),
  kind({
    code: 'traffic-flow',
    title: text('Natężenie ruchu', 'Traffic flow'),
    definition: `${OWN}/traffic-flow`,
    alsoCalled: ['Natężenie ruchu', 'traffic flow', 'vehicles'],
    unit: { ucum: '{vehicle}/h', symbol: text('poj./h', 'veh./h') },
    group: 'traffic',
    expectedIntervalS: 5 * MINUTE_S,
    range: [0, 9_000],
    spike: { jump: 500, share: 0.8 },
    flatLine: { afterS: HOUR_S, restsAtOrBelow: 20 },
  }),
  kind({
    code: 'traffic-speed',
    title: text('Średnia prędkość', 'Mean speed'),
    definition: `${QUANTITY}/Speed`,
    alsoCalled: ['Średnia prędkość', 'mean speed', 'average speed'],
    unit: { ucum: 'km/h', symbol: text('km/h') },
    group: 'traffic',
    expectedIntervalS: 5 * MINUTE_S,
    range: [0, 250],
    spike: { jump: 45, share: 0.2 },
    flatLine: { afterS: 4 * HOUR_S, restsAtOrBelow: 0 },
  }),
  kind({
    code: 'bicycle-flow',
    title: text('Ruch rowerowy', 'Bicycle flow'),
    definition: `${OWN}/bicycle-flow`,
    alsoCalled: ['Natężenie ruchu rowerowego', 'bicycles', 'rowery'],
    unit: { ucum: '{bicycle}/h', symbol: text('row./h', 'bikes/h') },
    group: 'bicycle',
    expectedIntervalS: 15 * MINUTE_S,
    range: [0, 5_000],
    spike: { jump: 250, share: 1 },
    flatLine: { afterS: 3 * HOUR_S, restsAtOrBelow: 10 },
  }),
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

const byCode = new Map(SENSOR_KINDS.map((one) => [one.code, one]));
const byName = new Map(
  SENSOR_KINDS.flatMap((one) =>
    [one.code, one.definition, ...one.alsoCalled].map((called) => [called.toLowerCase(), one] as const),
  ),
);

/** The kind of this code; undefined when there is none. */
export const sensorKind = (code: string): SensorKind | undefined => byCode.get(code);

/**
 * The kind of an observed property: as its property `kind` says, else by its name, else by what defines it. A name comes
 * first because senders use one definition (a frequency) for different things. Undefined for what nobody declared.
 */
export function sensorKindOf(property: {
  readonly name: string;
  readonly definition: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}): SensorKind | undefined {
  const said = property.properties?.['kind'];
  return (
    (typeof said === 'string' ? byCode.get(said) : undefined) ??
    byName.get(property.name.toLowerCase()) ??
    byName.get(property.definition.toLowerCase())
  );
}
