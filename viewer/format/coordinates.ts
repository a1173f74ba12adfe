import { swapPosition, transformBetween } from '../../core/geo/crs.ts';
import type { Position } from '../../core/geo/geometry.ts';
import { formatNumber } from './number.ts';

/** A system that coordinates can be read in. Values are always named and given north first. */
export interface CoordinateSystem {
  readonly srid: number;
  readonly label: string;
  readonly decimals: number;
}

export const COORDINATE_SYSTEMS: readonly CoordinateSystem[] = [
  { srid: 2177, label: 'PL-2000/6 · EPSG:2177', decimals: 2 },
  { srid: 2180, label: 'PL-1992 · EPSG:2180', decimals: 2 },
  { srid: 4326, label: 'WGS 84 · EPSG:4326', decimals: 6 },
];

export function coordinateSystem(srid: number): CoordinateSystem {
  const found = COORDINATE_SYSTEMS.find((system) => system.srid === srid) ?? COORDINATE_SYSTEMS[0];
  if (!found) throw new Error('no coordinate system');
  return found;
}

/** Northing and easting (latitude and longitude) of a house position of EPSG:2177, as text. */
export function readCoordinates(eastingNorthing: Position, srid: number): readonly [n: string, e: string] {
  const system = coordinateSystem(srid);
  const [north, east] = swapPosition(transformBetween(2177, srid)(eastingNorthing));
  const unit = srid === 4326 ? '°' : '';
  return [formatNumber(north, system.decimals) + unit, formatNumber(east, system.decimals) + unit];
}

/** Plain `N E` numbers for the clipboard: decimal point, no grouping. */
export function plainCoordinates(eastingNorthing: Position, srid: number): string {
  const { decimals } = coordinateSystem(srid);
  const [north, east] = swapPosition(transformBetween(2177, srid)(eastingNorthing));
  return `${north.toFixed(decimals)} ${east.toFixed(decimals)}`;
}

/** Ranges in which a pair can only mean one system; Poland only. */
const RANGES: readonly { srid: number; north: [number, number]; east: [number, number] }[] = [
  { srid: 2177, north: [5_400_000, 6_100_000], east: [6_300_000, 6_700_000] },
  { srid: 2180, north: [100_000, 800_000], east: [150_000, 880_000] },
  { srid: 4326, north: [48.5, 55.5], east: [13.5, 24.5] },
];

/**
 * A typed pair of coordinates as a house position of EPSG:2177, or undefined when it is none. North first;
 * a pair that only fits the other way round is turned.
 */
export function parseCoordinates(text: string): readonly [number, number] | undefined {
  const cleaned = text.replace(/[NEφλ°:=]/gi, ' ').trim();
  const parts = cleaned.split(/\s*[;\s]\s*|,\s+/).filter((part) => part !== '');
  const pair = parts.length === 2 ? parts : cleaned.split(',');
  if (pair.length !== 2) return undefined;
  const [a, b] = pair.map((part) => Number(part.trim().replace(',', '.')));
  if (a === undefined || b === undefined || !Number.isFinite(a) || !Number.isFinite(b)) return undefined;
  for (const [north, east] of [
    [a, b],
    [b, a],
  ] as const) {
    const system = RANGES.find((r) => within(north, r.north) && within(east, r.east));
    if (!system) continue;
    const [x, y] = transformBetween(system.srid, 2177)([east, north]);
    return [x, y];
  }
  return undefined;
}

const within = (value: number, [min, max]: readonly [number, number]): boolean =>
  value >= min && value <= max;
