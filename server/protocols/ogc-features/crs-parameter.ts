/** Coordinate reference systems of Part 2: named by URI, in the axis order of the authority. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { CRS84_URI, type CrsReference, crsUri, parseCrs, SERVED_CRS } from '../../../core/geo/crs.ts';

const CRS84: CrsReference = { srid: 4326, order: 'easting-northing', text: CRS84_URI };

/** URIs of every CRS that a layer can be asked in, the default first (/req/crs/fc-md-crs-list). */
export function crsList(layer: Pick<Layer, 'srid'>): readonly string[] {
  const uris = [CRS84_URI, ...SERVED_CRS.map(({ srid }) => crsUri(srid))];
  const storage = crsUri(layer.srid);
  return uris.includes(storage) ? uris : [...uris, storage];
}

/**
 * The CRS named by `crs` or `bbox-crs`; CRS84 when absent. URNs are taken for their URI. A bare `EPSG:n` is
 * refused, since the standard gives it no axis order.
 * @throws TwinError invalid-parameter
 */
export function readCrs(text: string | null, parameter: string, layer: Layer): CrsReference {
  if (text === null) return CRS84;
  if (/^EPSG:\d+$/i.test(text.trim())) {
    const uri = crsUri(Number(text.trim().slice(5)));
    throw invalidParameter(parameter, `${parameter} must be a URI: use ${uri} instead of ${text.trim()}`);
  }
  const reference = parseCrs(text, parameter);
  const isCrs84 = reference.srid === 4326 && reference.order === 'easting-northing';
  const uri = isCrs84 ? CRS84_URI : crsUri(reference.srid);
  if (!crsList(layer).includes(uri)) {
    throw invalidParameter(
      parameter,
      `${text} is not offered for ${layer.name}; see "crs" of the collection`,
    );
  }
  return { ...reference, text: uri };
}
