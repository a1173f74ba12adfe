/** Days on which the sun crosses the equator: § 60 of the technical conditions speaks of them, not of fixed dates. */
import { CITY_TIME_ZONE } from '../../scenario/recorded-moment.ts';

export interface Equinoxes {
  readonly spring: Date;
  readonly autumn: Date;
}

/** Meeus, Astronomical Algorithms, table 27.C: amplitude, phase (degrees), degrees in a century. */
const TERMS: readonly (readonly [number, number, number])[] = [
  [485, 324.96, 1934.136],
  [203, 337.23, 32964.467],
  [199, 342.08, 20.186],
  [182, 27.85, 445267.112],
  [156, 73.14, 45036.886],
  [136, 171.52, 22518.443],
  [77, 222.54, 65928.934],
  [74, 296.72, 3034.906],
  [70, 243.58, 9037.513],
  [58, 119.81, 33718.147],
  [52, 297.17, 150.678],
  [50, 21.02, 2281.226],
  [45, 247.54, 29929.562],
  [44, 325.15, 31555.956],
  [29, 60.93, 4443.417],
  [18, 155.12, 67555.328],
  [17, 288.79, 4562.452],
  [16, 198.04, 62894.029],
  [14, 199.76, 31436.921],
  [12, 95.39, 14577.848],
  [12, 287.11, 31931.756],
  [12, 320.81, 34777.259],
  [9, 227.73, 1222.114],
  [8, 15.45, 16859.074],
];

const DEG = Math.PI / 180;
const DELTA_T_S = 69;

/** Both instants of a year from 1900 to 2100, to a minute. */
export function equinoxesOf(year: number): Equinoxes {
  const y = (year - 2000) / 1000;
  return {
    spring: instantOf(
      2451623.80984 + 365242.37404 * y + 0.05169 * y ** 2 - 0.00411 * y ** 3 - 0.00057 * y ** 4,
    ),
    autumn: instantOf(
      2451810.21715 + 365242.01767 * y - 0.11575 * y ** 2 + 0.00337 * y ** 3 + 0.00078 * y ** 4,
    ),
  };
}

/** The same as days by Polish clocks, `2026-03-20`. */
export function equinoxDays(year: number): { readonly spring: string; readonly autumn: string } {
  const { spring, autumn } = equinoxesOf(year);
  return { spring: civilDay(spring), autumn: civilDay(autumn) };
}

function instantOf(meanJde: number): Date {
  const t = (meanJde - 2451545) / 36525;
  const w = (35999.373 * t - 2.47) * DEG;
  const lambda = 1 + 0.0334 * Math.cos(w) + 0.0007 * Math.cos(2 * w);
  let sum = 0;
  for (const [amplitude, phase, rate] of TERMS) sum += amplitude * Math.cos((phase + rate * t) * DEG);
  const julianDay = meanJde + (0.00001 * sum) / lambda;
  return new Date(Math.round((julianDay - 2440587.5) * 86_400_000 - DELTA_T_S * 1000));
}

const dayOf = new Intl.DateTimeFormat('en-CA', {
  timeZone: CITY_TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const civilDay = (instant: Date): string => dayOf.format(instant);
