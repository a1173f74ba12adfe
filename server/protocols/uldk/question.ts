/** A question as its parameters put it. */
import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import { SERVED_CRS } from '../../../core/geo/crs.ts';
import { type Kvp, parseWhole } from '../../http/kvp.ts';
import { type ColumnName, columnsNamed } from './columns.ts';
import type { AskedPlace } from './locate.ts';
import { type Verb, verbNamed } from './verbs.ts';

export interface Question {
  readonly verb: Verb;
  readonly columns: readonly ColumnName[];
  /** Of the answer, EPSG code. */
  readonly srid: number;
  readonly form: 'text' | 'json';
}

const STATE_SRID = 2180;
const [DEFAULT_RADIUS_M, MOST_RADIUS_M] = [10, 500];

export function formOf(kvp: Kvp): Question['form'] {
  const form = kvp.get('format') ?? 'text';
  if (form === 'text' || form === 'json') return form;
  throw invalidParameter('format', `format is text or json, got "${form.slice(0, 40)}"`);
}

/** @throws TwinError missing-parameter, invalid-parameter */
export function readQuestion(kvp: Kvp): Question {
  return {
    verb: verbNamed(kvp.require('request')),
    columns: columnsNamed(kvp.list('result')),
    srid: readSrid(kvp.get('srid') ?? String(STATE_SRID), 'srid'),
    form: formOf(kvp),
  };
}

/** `E,N` or `E,N,srid`; easting (longitude) first whatever the CRS, as the state's locator has it. */
export function readPlace(kvp: Kvp): AskedPlace {
  const parts = kvp.list('xy');
  if (!parts) throw missingParameter('xy');
  const [x, y] = parts.slice(0, 2).map(Number);
  if (x === undefined || y === undefined || parts.length > 3 || !Number.isFinite(x) || !Number.isFinite(y)) {
    throw invalidParameter(
      'xy',
      `xy is easting, northing and, if not 2180, the EPSG code: 358010.5,506820.1 or 16.93,52.41,4326; got "${parts.join(',').slice(0, 80)}"`,
    );
  }
  const radius = kvp.get('radius');
  return {
    at: [x, y],
    srid: readSrid(parts[2] ?? String(STATE_SRID), 'xy'),
    radiusM: radius === undefined ? DEFAULT_RADIUS_M : parseWhole(radius, 'radius', 1, MOST_RADIUS_M),
  };
}

function readSrid(text: string, parameter: string): number {
  const srid = parseWhole(text, parameter, 1, 999_999);
  if (SERVED_CRS.some((crs) => crs.srid === srid)) return srid;
  const known = SERVED_CRS.map((crs) => crs.srid).join(', ');
  throw invalidParameter(parameter, `EPSG:${srid} is not served here; use one of ${known}`);
}
