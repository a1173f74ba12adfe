import { invalidParameter } from '../../core/errors.ts';
import { geoJsonCrs } from '../../core/formats/geojson-crs.ts';
import { type CrsReference, reproject } from '../../core/geo/crs.ts';
import type { MultiPolygon, Polygon } from '../../core/geo/geometry.ts';
import { geometrySchema } from '../../core/wire/geometry.ts';

/** CRS of the city, in which coverage is kept. */
const CITY_SRID = 2177;

/** Where the data of a file speak. */
export const parseCoverage = (text: string, given: CrsReference | undefined): MultiPolygon =>
  parseAreaFile(text, given, 'coverage');

/**
 * GeoJSON of an area (a geometry, a feature or a collection; positions easting first) as one multi-polygon in the CRS of
 * the city.
 * @param given CRS of a document that names none
 * @param what what the area is for, in the words of faults
 * @throws TwinError invalid-parameter for what is no area
 */
export function parseAreaFile(
  text: string,
  given: CrsReference | undefined,
  what: 'coverage' | 'area',
): MultiPolygon {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw invalidParameter(what, `The ${what} is not JSON; give a GeoJSON file with an area`);
  }
  const { srid } = geoJsonCrs(memberOf(document, 'crs'), given);
  const areas = geometriesOf(document).map((geometry) => areaOf(geometry, srid, what));
  if (areas.length === 0) throw invalidParameter(what, `The ${what} holds no area`);
  return { type: 'MultiPolygon', coordinates: areas.flat() };
}

function geometriesOf(document: unknown): readonly unknown[] {
  const features = memberOf(document, 'features');
  if (Array.isArray(features)) return features.flatMap(geometriesOf);
  const geometries = memberOf(document, 'geometries');
  if (Array.isArray(geometries)) return geometries;
  return memberOf(document, 'type') === 'Feature' ? [memberOf(document, 'geometry')] : [document];
}

function areaOf(value: unknown, srid: number, what: string): readonly Polygon['coordinates'][] {
  const read = geometrySchema.safeParse(value);
  if (!read.success) throw invalidParameter(what, `The ${what} is no GeoJSON that can be read`);
  const { data } = read;
  if (data.type !== 'Polygon' && data.type !== 'MultiPolygon') {
    throw invalidParameter(what, `The ${what} is an area; the file holds a ${data.type}`);
  }
  const polygons = data.type === 'Polygon' ? [data.coordinates] : data.coordinates;
  return polygons.map((coordinates) => {
    if (!coordinates.every(isRing)) {
      throw invalidParameter(what, `A ring of the ${what} has fewer than 4 positions or is not closed`);
    }
    const moved = reproject({ type: 'Polygon', coordinates }, srid, CITY_SRID);
    return moved.type === 'Polygon' ? moved.coordinates : [];
  });
}

function isRing(ring: Polygon['coordinates'][number]): boolean {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length >= 4 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
}

const memberOf = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null && member in value ? Reflect.get(value, member) : undefined;
