/** Well-known text of a filter (OGC 06-103r4, 7), in degrees, longitude first. */
import { invalidParameter } from '../errors.ts';
import { type Geometry, type Position, positionsOf } from '../geo/geometry.ts';

const TYPES = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  POLYGON: 'Polygon',
  MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString',
  MULTIPOLYGON: 'MultiPolygon',
} as const satisfies Record<string, Geometry['type']>;

/** How deep the positions lie. */
const DEPTH = {
  Point: 0,
  LineString: 1,
  MultiPoint: 1,
  Polygon: 2,
  MultiLineString: 2,
  MultiPolygon: 3,
} as const satisfies Record<Geometry['type'], number>;

const HEAD =
  /^\s*(?:SRID\s*=\s*4326\s*;)?\s*(POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON)\s*Z?\s*(\(.*\))\s*$/is;
/** Numbers between blanks and commas, and parentheses. */
const BODY = /^[-+\d.eE,()\s]*$/;

/** @throws TwinError invalid-parameter for text that is no geometry, and for one outside of the world */
export function readWkt(text: string, parameter: string): Geometry {
  const [, word = '', body = ''] = HEAD.exec(text) ?? [];
  const type = TYPES[word.toUpperCase() as keyof typeof TYPES];
  const coordinates = type === undefined || !BODY.test(body) ? undefined : readNested(body, DEPTH[type]);
  if (coordinates === undefined) {
    throw invalidParameter(parameter, `geography'${text.slice(0, 60)}' is no well-known text of a geometry`);
  }
  const geometry = { type, coordinates } as Geometry;
  for (const [lon, lat] of positionsOf(geometry)) {
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
      throw invalidParameter(parameter, `${lon} ${lat} is not longitude and latitude in degrees`);
    }
  }
  const fault = shapeFault(geometry);
  if (fault !== undefined) throw invalidParameter(parameter, `geography'…': ${fault}`);
  return geometry;
}

/** What no program will take for a shape of its type; undefined when nothing is wrong. */
export function shapeFault(geometry: Geometry): string | undefined {
  switch (geometry.type) {
    case 'LineString':
      return geometry.coordinates.length < 2 ? 'a line needs two positions' : undefined;
    case 'MultiLineString':
      return geometry.coordinates.some((line) => line.length < 2) ? 'a line needs two positions' : undefined;
    case 'Polygon':
      return geometry.coordinates.length > 0 && geometry.coordinates.every(isRing) ? undefined : OPEN_RING;
    case 'MultiPolygon':
      return geometry.coordinates.every((rings) => rings.length > 0 && rings.every(isRing))
        ? undefined
        : OPEN_RING;
    default:
      return undefined;
  }
}

const OPEN_RING = 'a ring needs four positions, of which the last is the first';

function isRing(positions: readonly Position[]): boolean {
  const first = positions[0];
  const last = positions.at(-1);
  return positions.length >= 4 && first !== undefined && last?.[0] === first[0] && last[1] === first[1];
}

function readNested(body: string, depth: number): unknown {
  try {
    const json = body
      .trim()
      .replace(
        /([-+\d.eE]+(?:\s+[-+\d.eE]+)+)/g,
        (numbers) => `[${numbers.trim().split(/\s+/).map(Number).join(',')}]`,
      )
      .replaceAll('(', '[')
      .replaceAll(')', ']');
    const nested: unknown = JSON.parse(json);
    // A point has parentheses of its own; those of a MULTIPOINT may have them or not.
    if (depth === 0) return atDepth(first(nested), 0);
    const plain = depth === 1 && Array.isArray(nested) ? nested.map(unwrapped) : nested;
    return atDepth(plain, depth);
  } catch {
    return undefined;
  }
}

const first = (list: unknown): unknown => (Array.isArray(list) && list.length === 1 ? list[0] : undefined);
const unwrapped = (item: unknown): unknown =>
  Array.isArray(item) && Array.isArray(item[0]) && item.length === 1 ? item[0] : item;

function atDepth(value: unknown, depth: number): unknown {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (depth === 0) return isPosition(value) ? value : undefined;
  const items = value.map((item) => atDepth(item, depth - 1));
  return items.includes(undefined) ? undefined : items;
}

const isPosition = (value: readonly unknown[]): boolean =>
  (value.length === 2 || value.length === 3) &&
  value.every((number) => typeof number === 'number' && Number.isFinite(number));
