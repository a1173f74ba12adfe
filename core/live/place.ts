/** Places of SensorThings: GeoJSON where the encoding says so, else whatever it is. */
import { type Geometry, positionsOf } from '../geo/geometry.ts';
import { shapeFault } from '../odata/wkt.ts';

const GEOJSON_ENCODINGS = [
  'application/geo+json',
  'application/vnd.geo+json',
  'application/geo+json;subtype=flat',
];
const TYPES: readonly string[] = [
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
] satisfies Geometry['type'][];
const DEEPEST = 4;
const MOST_POSITIONS = 100_000;

interface Fault {
  readonly at: readonly string[];
  readonly message: string;
}

/** What is wrong with a place; undefined when it can be kept. */
export function placeFault(value: unknown, encodingType: unknown): Fault | undefined {
  // Whatever another encoding may mean by it.
  if (!isGeoJson(encodingType)) return undefined;
  const geometry = geometryIn(value);
  if (geometry === undefined) {
    return { at: ['type'], message: `must be a Feature or one of ${TYPES.join(', ')}` };
  }
  const at = geometry === value ? ['coordinates'] : ['geometry', 'coordinates'];
  const message = coordinatesFault(geometry);
  return message === undefined ? undefined : { at, message };
}

const isGeoJson = (encodingType: unknown): boolean =>
  encodingType === undefined || GEOJSON_ENCODINGS.includes(String(encodingType).toLowerCase());

/** The geometry of GeoJSON, also within a Feature; undefined for anything else. Not checked. */
export function geometryIn(value: unknown): Geometry | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, geometry, coordinates } = value as Record<string, unknown>;
  if (type === 'Feature') return geometryIn(geometry);
  return TYPES.includes(String(type)) && Array.isArray(coordinates) ? (value as Geometry) : undefined;
}

function coordinatesFault(geometry: Geometry): string | undefined {
  const wanted = { Point: 0, LineString: 1, MultiPoint: 1, Polygon: 2, MultiLineString: 2, MultiPolygon: 3 };
  if (!isNested(geometry.coordinates, wanted[geometry.type])) {
    return `must be the positions of a ${geometry.type}`;
  }
  let positions = 0;
  for (const [lon, lat] of positionsOf(geometry)) {
    if (++positions > MOST_POSITIONS) return `must not have more than ${MOST_POSITIONS} positions`;
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
      return 'must be longitude and latitude in degrees WGS 84, in this order';
    }
  }
  return shapeFault(geometry);
}

function isNested(value: unknown, depth: number): boolean {
  if (!Array.isArray(value) || depth > DEEPEST) return false;
  if (depth > 0) return value.every((item) => isNested(item, depth - 1));
  return (
    (value.length === 2 || value.length === 3) &&
    value.every((number) => typeof number === 'number' && Number.isFinite(number))
  );
}
