import { invalidParameter } from '../../errors.ts';
import { type AxisOrder, type CrsReference, parseCrs } from '../../geo/crs.ts';
import { tellAxisOrder } from '../axis-note.ts';
import type { Notebook } from '../notebook.ts';

interface AxisException {
  readonly producer: string;
  /** Captures the EPSG code of the horizontal CRS. */
  readonly pattern: RegExp;
  readonly order: AxisOrder;
}

/**
 * Producers who write another order than the authority of the CRS they name. Declared here one by one and
 * reported on each load; never guessed from coordinates, since in Poland both orders lie inside the country.
 */
const AXIS_EXCEPTIONS: readonly AxisException[] = [
  {
    producer: 'GUGiK',
    pattern: /^urn:ogc:def:crs,crs:EPSG:[\d.]*:(2180),crs:PL-EVRF2007-NH$/i,
    order: 'easting-northing',
  },
];

/** Heights of Kronstadt 1986 differ by decimetres from those of the house and are not converted. */
const OTHER_POLISH_HEIGHTS = /,crs:(?:PL-KRON86-NH|EPSG:[\d.]*:9650)$/i;

/**
 * Reads the CRS of a CityGML file with the exceptions of its producers.
 * @throws TwinError invalid-parameter for an unknown CRS or a height system that is not taken.
 */
export function resolveCityGmlCrs(srsName: string, notes: Notebook): CrsReference {
  if (OTHER_POLISH_HEIGHTS.test(srsName)) {
    throw invalidParameter(
      'srsName',
      `Heights of "${srsName}" are KRON86; only PL-EVRF2007-NH is taken over`,
    );
  }
  for (const { producer, pattern, order } of AXIS_EXCEPTIONS) {
    const code = pattern.exec(srsName)?.[1];
    if (code === undefined) continue;
    notes.add(
      'axis-exception',
      `CityGML of ${producer}: "${srsName}" is read ${order === 'easting-northing' ? 'easting' : 'northing'} first, a declared exception to the order of the authority`,
    );
    return { srid: Number(code), order, text: srsName };
  }
  const crs = parseCrs(srsName, 'srsName');
  tellAxisOrder(crs, notes);
  return crs;
}
