/** Lists of parcels as people keep them: CSV with their ids, or with places that lie on them. */
import { parse as parseCsv } from 'csv-parse/browser/esm/sync';
import { invalidParameter, tooLarge } from '../../errors.ts';
import type { Position } from '../../geo/geometry.ts';

export interface ParcelList {
  /** In the order of the file, each once. */
  readonly parcels: readonly string[];
  /** Places, each once. */
  readonly points: readonly Position[];
  /** What the places are in: the CRS of the city, easting first, or WGS 84, longitude first. */
  readonly pointsIn: 'city' | 'lon-lat';
}

/** Names of columns, in small letters without marks of any kind. */
const COLUMNS = {
  parcel: [
    'parcel',
    'parcelid',
    'id',
    'iddzialki',
    'dzialka',
    'identyfikator',
    'identyfikatordzialki',
    'nrdzialki',
  ],
  easting: ['e', 'easting', 'eastingm', 'wschod'],
  northing: ['n', 'northing', 'northingm', 'polnoc'],
  lon: ['lon', 'lng', 'longitude', 'dlugosc'],
  lat: ['lat', 'latitude', 'szerokosc'],
} as const satisfies Record<string, readonly string[]>;
type Column = keyof typeof COLUMNS;

/** As 306401_1.0021.AR_10.169/4. */
const PARCEL_ID = /^\d{6}_\d\.\d{4}\./;

/**
 * Separated by comma, semicolon or tab. A file without a head is a list of ids, one in each line.
 * @param mostRows without the head
 * @throws TwinError invalid-parameter naming the line, too-large
 */
export function readParcelList(text: string, mostRows: number): ParcelList {
  const rows = rowsOf(text);
  if (rows.length > mostRows + 1) {
    throw tooLarge(`The list has more than ${mostRows} rows; send it in parts`, 'body');
  }
  const head = (rows[0] ?? []).map(plain);
  const at = (column: Column): number =>
    head.findIndex((name) => (COLUMNS[column] as readonly string[]).includes(name));
  const ids = at('parcel');
  if (ids >= 0) return { ...NO_POINTS, parcels: idsIn(rows.slice(1), ids) };
  const [easting, northing, lon, lat] = [at('easting'), at('northing'), at('lon'), at('lat')];
  if (easting >= 0 && northing >= 0) return placesOf(rows, easting, northing, 'city');
  if (lon >= 0 && lat >= 0) return placesOf(rows, lon, lat, 'lon-lat');
  const bare = (rows[0] ?? []).findIndex((cell) => PARCEL_ID.test(cell));
  if (bare >= 0) return { ...NO_POINTS, parcels: idsIn(rows, bare) };
  throw invalidParameter(
    'body',
    `The first line names no column that is known: write "parcel" over the ids, or "easting" and "northing" (EPSG:2177), or "lon" and "lat" over places; got "${(rows[0] ?? []).join(', ').slice(0, 100)}"`,
  );
}

const NO_POINTS = { points: [], pointsIn: 'city' } as const;

function rowsOf(text: string): readonly (readonly string[])[] {
  const first = /^.*$/m.exec(text)?.[0] ?? '';
  const delimiter = [';', '\t', ','].find((sign) => first.includes(sign)) ?? ',';
  try {
    return parseCsv(text, {
      ...{ delimiter, bom: true, trim: true, relax_column_count: true, skip_empty_lines: true },
      skip_records_with_empty_values: true,
    });
  } catch (error) {
    throw invalidParameter('body', `The list is no CSV: ${error instanceof Error ? error.message : ''}`);
  }
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '');

function idsIn(rows: readonly (readonly string[])[], column: number): readonly string[] {
  const ids = rows.map((row) => row[column] ?? '').filter((id) => id !== '');
  if (ids.length === 0) throw invalidParameter('body', 'The list holds no ids');
  return [...new Set(ids)];
}

function placesOf(
  rows: readonly (readonly string[])[],
  x: number,
  y: number,
  pointsIn: ParcelList['pointsIn'],
): ParcelList {
  const points = new Map<string, Position>();
  for (const [index, row] of rows.entries()) {
    if (index === 0) continue;
    const [first = Number.NaN, second = Number.NaN] = [row[x], row[y]].map(numberOf);
    if (!Number.isFinite(first) || !Number.isFinite(second)) {
      throw invalidParameter(
        'body',
        `Line ${index + 1}: "${row[x] ?? ''}", "${row[y] ?? ''}" is no place; write two numbers`,
      );
    }
    points.set(`${first} ${second}`, [first, second]);
  }
  if (points.size === 0) throw invalidParameter('body', 'The list holds no places');
  return { parcels: [], points: [...points.values()], pointsIn };
}

/** With a decimal point or comma. */
const numberOf = (text: string | undefined): number =>
  text === undefined || text === ''
    ? Number.NaN
    : Number(text.replace(',', '.').replaceAll(/[\s\u00a0]/g, ''));
