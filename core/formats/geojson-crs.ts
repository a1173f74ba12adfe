import { type CrsReference, parseCrs } from '../geo/crs.ts';

/**
 * The CRS of a GeoJSON document: that of its member `crs`, else the one given, else WGS 84 (RFC 7946).
 * @returns `said` names it in the words of whoever said it
 * @throws TwinError invalid-parameter for a CRS that is not known
 */
export function geoJsonCrs(
  crs: unknown,
  given: CrsReference | undefined,
): { readonly srid: number; readonly said: string } {
  const properties = memberOf(crs, 'properties');
  const name = memberOf(properties, 'name');
  if (typeof name === 'string') return { srid: parseCrs(name, 'crs').srid, said: `"${name}"` };
  return given
    ? { srid: given.srid, said: given.text }
    : { srid: 4326, said: 'WGS 84, as the file names no CRS' };
}

const memberOf = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null && member in value ? Reflect.get(value, member) : undefined;
