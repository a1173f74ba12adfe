/**
 * The Polish air quality index (Polski indeks jakości powietrza, GIOŚ): six classes by means of one hour, of a station
 * that of its worst pollutant.
 *
 * The bounds are those of "Indywidualne indeksy jakości powietrza GIOŚ (stan na czerwiec 2025 r.)" as the city of Legnica
 * publishes them (https://air.legnica.eu/aqi-index-table.html). Other public sources (copies of the inspectorate's page
 * in programs of several authors) have other bounds for PM2.5 and ozone. They stand in `otherBounds`, and a value about
 * which the two disagree is said to be disputed. What the inspectorate has in force must be checked with it.
 */
import type { Text } from '../feature/layer.ts';

/** 1 is very good, 6 very bad. */
export type AirClass = 1 | 2 | 3 | 4 | 5 | 6;

export const AIR_SCALE = {
  name: { pl: 'Polski indeks jakości powietrza', en: 'Polish air quality index' },
  /** The state of the table that is used. */
  asOf: '2025-06',
  source: 'https://air.legnica.eu/aqi-index-table.html',
} as const;

export const AIR_CLASSES: Readonly<Record<AirClass, Text>> = {
  1: { pl: 'bardzo dobry', en: 'very good' },
  2: { pl: 'dobry', en: 'good' },
  3: { pl: 'umiarkowany', en: 'moderate' },
  4: { pl: 'dostateczny', en: 'sufficient' },
  5: { pl: 'zły', en: 'bad' },
  6: { pl: 'bardzo zły', en: 'very bad' },
};

type Bounds = readonly [number, number, number, number, number];

interface Pollutant {
  /** Code of the kind of sensor. */
  readonly kind: string;
  /** Upper bounds of the first five classes, µg/m³; a value on a bound belongs to the better class. */
  readonly bounds: Bounds;
  readonly otherBounds?: Bounds;
}

export const AIR_POLLUTANTS: readonly Pollutant[] = [
  { kind: 'pm10', bounds: [20, 50, 80, 110, 150] },
  { kind: 'pm2.5', bounds: [13, 35, 55, 80, 110], otherBounds: [13, 35, 55, 75, 110] },
  { kind: 'no2', bounds: [40, 100, 150, 200, 400], otherBounds: [40, 100, 150, 230, 400] },
  { kind: 'so2', bounds: [50, 100, 200, 350, 500] },
  { kind: 'o3', bounds: [60, 100, 140, 180, 240], otherBounds: [70, 120, 150, 180, 240] },
  { kind: 'co', bounds: [3_000, 7_000, 11_000, 15_000, 21_000] },
  { kind: 'c6h6', bounds: [6, 11, 16, 21, 51] },
];

/** The table has one decimal: 20.1 begins the second class of PM10. */
const atOneDecimal = (value: number): number => Math.round(value * 10) / 10;

const classIn = (bounds: Bounds, mean: number): AirClass =>
  (bounds.filter((bound) => atOneDecimal(mean) > bound).length + 1) as AirClass;

export interface PollutantClass {
  readonly class: AirClass;
  /** By the other table it would be another class. */
  readonly isDisputed: boolean;
}

/** @param mean of one hour, µg/m³; undefined for a kind that the index does not know */
export function pollutantClass(kind: string, mean: number): PollutantClass | undefined {
  const pollutant = AIR_POLLUTANTS.find((one) => one.kind === kind);
  if (pollutant === undefined) return undefined;
  const { bounds, otherBounds = bounds } = pollutant;
  const found = classIn(bounds, mean);
  return { class: found, isDisputed: classIn(otherBounds, mean) !== found };
}

/** The class of the worst; undefined of nothing. Disputed when the worst that is not disputed is better. */
export function stationClass(pollutants: readonly PollutantClass[]): PollutantClass | undefined {
  const [worst] = pollutants.toSorted(
    (a, b) => b.class - a.class || Number(a.isDisputed) - Number(b.isDisputed),
  );
  return worst;
}
