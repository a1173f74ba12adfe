/** What the sensors of the demo city measure: curves of the day and the year with seeded chance on them. */
import { sensorKind } from '../live/sensor-kinds.ts';
import type { ObservedPropertyDraft, SensorDraft, Unit } from '../live/sensor-things.ts';
import { randomOf, smoothNoise } from './random.ts';

export type DemoSensorKind = 'air' | 'traffic' | 'bicycle' | 'water' | 'meter' | 'parking' | 'junction';

/** What is measured and by what; one object for all streams of a kind. */
interface Measure {
  readonly observedProperty: ObservedPropertyDraft;
  readonly sensor: SensorDraft;
  readonly unit: Unit;
  /** Its symbol in English, where that differs. */
  readonly unitEn?: string;
  readonly decimals: number;
}

export interface DemoStream {
  readonly measure: Measure;
  readonly intervalS: number;
  /** The value at a moment, milliseconds since 1970: the same seed gives the same one. */
  valueAt(timeMs: number): number;
}

const SYNTHETIC = { synthetic: true } as const;
const model = (name: string): SensorDraft => ({
  name,
  description: 'Model w programie, nie przyrząd / A model in the program, not an instrument',
  encodingType: 'text/html',
  metadata: 'Miasto pokazowe programu Bliźniak / Demo city of Blizniak',
  properties: SYNTHETIC,
});
const measure = (
  name: string,
  title: { readonly pl: string; readonly en: string },
  definition: string,
  unit: readonly [name: string, symbol: string, definition: string],
  decimals: number,
  by: SensorDraft,
): Measure => ({
  observedProperty: {
    name,
    description: `${title.pl} / ${title.en}`,
    definition,
    properties: { title },
  },
  sensor: by,
  unit: { name: unit[0], symbol: unit[1], definition: unit[2] },
  decimals,
});

const POLLUTANT = 'http://dd.eionet.europa.eu/vocabulary/aq/pollutant';
const QUDT = 'http://qudt.org/vocab';
const DUST = ['mikrogram na metr sześcienny', 'µg/m³', `${QUDT}/unit/MicroGM-PER-M3`] as const;
const DUST_METER = model('Pyłomierz (model)');
const LEVEL_METER = model('Wodowskaz (model)');
const LOOP = model('Pętla indukcyjna (model)');
const text = (pl: string, en: string) => ({ pl, en });

const PM10 = measure('PM10', text('Pył PM10', 'PM10 dust'), `${POLLUTANT}/5`, DUST, 1, DUST_METER);
const PM25 = measure('PM2.5', text('Pył PM2,5', 'PM2.5 dust'), `${POLLUTANT}/6001`, DUST, 1, DUST_METER);
const AIR_TEMPERATURE = measure(
  'Temperatura',
  text('Temperatura', 'Temperature'),
  `${QUDT}/quantitykind/Temperature`,
  ['stopień Celsjusza', '°C', `${QUDT}/unit/DEG_C`],
  1,
  model('Termometr (model)'),
);
const LEVEL = measure(
  'Stan wody',
  text('Stan wody', 'Water level'),
  `${QUDT}/quantitykind/Height`,
  ['centymetr', 'cm', `${QUDT}/unit/CentiM`],
  0,
  LEVEL_METER,
);
const FLOW = measure(
  'Przepływ',
  text('Przepływ', 'Flow'),
  `${QUDT}/quantitykind/VolumeFlowRate`,
  ['metr sześcienny na sekundę', 'm³/s', `${QUDT}/unit/M3-PER-SEC`],
  1,
  LEVEL_METER,
);
const VEHICLES: Measure = {
  unitEn: 'veh./h',
  ...measure(
    'Natężenie ruchu',
    text('Natężenie ruchu', 'Traffic flow'),
    `${QUDT}/quantitykind/Frequency`,
    ['pojazd na godzinę', 'poj./h', `${QUDT}/unit/PER-HR`],
    0,
    LOOP,
  ),
};
const SPEED = measure(
  'Średnia prędkość',
  text('Średnia prędkość', 'Mean speed'),
  `${QUDT}/quantitykind/Speed`,
  ['kilometr na godzinę', 'km/h', `${QUDT}/unit/KiloM-PER-HR`],
  0,
  LOOP,
);
const BICYCLES: Measure = {
  unitEn: 'bikes/h',
  ...measure(
    'Natężenie ruchu rowerowego',
    text('Ruch rowerowy', 'Bicycle flow'),
    `${QUDT}/quantitykind/Frequency`,
    ['rower na godzinę', 'row./h', `${QUDT}/unit/PER-HR`],
    0,
    model('Licznik rowerów (model)'),
  ),
};

/** Name, definition and unit as the kind of sensor declares them. */
function declared(code: string, decimals: number, by: SensorDraft): Measure {
  const kind = sensorKind(code);
  if (kind === undefined) throw new Error(`There is no kind of sensor ${code}`);
  const { title, definition, unit } = kind;
  return {
    observedProperty: {
      name: title.pl,
      description: `${title.pl} / ${title.en}`,
      definition,
      properties: { title, kind: code },
    },
    sensor: by,
    unit: { name: unit.symbol.pl || unit.ucum, symbol: unit.symbol.pl, definition: `ucum:${unit.ucum}` },
    decimals,
  };
}

const ENERGY = declared('electricity', 1, model('Licznik energii (model)'));
const WATER = declared('water-meter', 2, model('Wodomierz (model)'));
const OCCUPIED = declared('parking-occupied', 0, model('Czujnik miejsca postojowego (model)'));
const SIGNALS = declared('junction-state', 0, model('Sterownik sygnalizacji (model)'));

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_DAYS = 365.25;
/** Winter time of Poland all year: the curves are no clocks. */
const ZONE_MS = HOUR_MS;

interface Moment {
  /** Local days since 1970. */
  readonly day: number;
  /** Hours since local midnight. */
  readonly hour: number;
  /** 1 in the middle of January, −1 in the middle of July. */
  readonly winter: number;
  readonly isWorkday: boolean;
  /** Smooth chance in [−1, 1] that changes in about so many hours. */
  noise(hours: number): number;
}

function momentOf(timeMs: number, chance: number): Moment {
  const local = timeMs + ZONE_MS;
  const day = Math.floor(local / DAY_MS);
  return {
    day,
    hour: (local - day * DAY_MS) / HOUR_MS,
    winter: Math.cos((2 * Math.PI * ((day % YEAR_DAYS) - 15)) / YEAR_DAYS),
    // The first of January 1970 was a Thursday.
    isWorkday: (day + 3) % 7 < 5,
    noise: (hours) => smoothNoise(chance, timeMs / (hours * HOUR_MS), hours),
  };
}

/** A hump of the day round an hour, across midnight too. */
function hump(hour: number, middle: number, widthH: number): number {
  const away = Math.abs(hour - middle);
  return Math.exp(-((Math.min(away, 24 - away) / widthH) ** 2));
}

/** Dust rises with heating in the evening, with traffic in the morning, and in winter. */
const dust = ({ hour, winter, noise }: Moment): number =>
  Math.max(
    3,
    (14 + 7 * winter) * (1 + 0.5 * hump(hour, 8, 2) + 0.9 * hump(hour, 20.5, 3.5)) +
      6 * noise(5) +
      noise(0.6),
  );

const temperature = ({ hour, winter, noise }: Moment): number =>
  9 - 11 * winter + (4.5 - 2.5 * winter) * Math.cos((2 * Math.PI * (hour - 15)) / 24) + 2 * noise(30);

const levelCm = ({ winter, noise }: Moment): number => 215 + 25 * winter + 30 * noise(70) + noise(3);

const rush = ({ hour, isWorkday }: Moment): number =>
  isWorkday
    ? 0.05 + hump(hour, 7.6, 1.5) + 0.55 * hump(hour, 12, 3.5) + 1.1 * hump(hour, 16.3, 2)
    : 0.05 + 0.7 * hump(hour, 13.5, 4.5);

const vehicles = (moment: Moment): number => Math.max(4, 900 * rush(moment) + 55 * moment.noise(0.4));

const speedKmH = (moment: Moment): number =>
  Math.max(9, 51 - 22 * Math.min(1.2, rush(moment)) ** 2 + 3 * moment.noise(0.4));

const bicycles = (moment: Moment): number =>
  Math.max(
    0,
    (150 - 95 * moment.winter) * rush(moment) * (1 + 0.3 * moment.noise(6)) + 5 * moment.noise(0.5),
  );

/** The day on which meters of the demo city stood at nothing: the first of January 2020. */
const METERS_FROM_DAY = 18_262;
/** What of the day's use is used by an hour: little at night, most while people are in. */
const usedBy = (hour: number): number =>
  hour < 6 ? 0.1 * (hour / 6) : hour < 18 ? 0.1 + 0.75 * ((hour - 6) / 12) : 0.85 + 0.15 * ((hour - 18) / 6);
const daysUsed = ({ day, hour }: Moment): number => day - METERS_FROM_DAY + usedBy(hour);

const isOccupied = ({ hour, noise }: Moment): number =>
  noise(1.3) < -0.5 + 0.75 * hump(hour, 13, 6) ? 1 : 0;

type Curve = (moment: Moment, strength: number) => number;
const times =
  (curve: (moment: Moment) => number): Curve =>
  (moment, strength) =>
    curve(moment) * strength;

const STREAMS: Readonly<Record<DemoSensorKind, readonly (readonly [Measure, intervalS: number, Curve])[]>> = {
  air: [
    [PM10, 600, times(dust)],
    [PM25, 600, times((moment) => dust(moment) * (0.62 + 0.06 * moment.noise(9)))],
    [AIR_TEMPERATURE, 600, temperature],
  ],
  water: [
    [LEVEL, 900, levelCm],
    [FLOW, 900, (moment) => (Math.max(20, levelCm(moment)) / 100) ** 1.8 * 21],
  ],
  traffic: [
    [VEHICLES, 300, times(vehicles)],
    [SPEED, 300, speedKmH],
  ],
  bicycle: [[BICYCLES, 900, times(bicycles)]],
  // The strength of a building is the kilowatt-hours of its day; a cubic metre of water goes with 60 of them.
  meter: [
    [ENERGY, 3_600, times(daysUsed)],
    [WATER, 3_600, times((moment) => daysUsed(moment) / 60)],
  ],
  parking: [[OCCUPIED, 600, isOccupied]],
  junction: [[SIGNALS, 300, () => 1]],
};

/** The streams of a sensor of a kind. @param key chance of its own for each sensor */
export function streamsOf(kind: DemoSensorKind, strength: number, key: string): readonly DemoStream[] {
  // One chance for all streams of a sensor: PM2.5 follows PM10, the flow follows the level.
  const chance = randomOf(key).integer(1, 1_000_000);
  return STREAMS[kind].map(([measured, intervalS, curve]) => {
    const unit = 10 ** measured.decimals;
    return {
      measure: measured,
      intervalS,
      valueAt: (timeMs) => Math.round(curve(momentOf(timeMs, chance), strength) * unit) / unit,
    };
  });
}
