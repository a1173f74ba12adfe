/** Stops and lines of a timetable as objects of the registers `stops` and `transit_lines`, in EPSG:2177. */
import type { Feature } from '../feature/feature.ts';
import { transformBetween } from '../geo/crs.ts';
import type { Position } from '../geo/geometry.ts';
import type { Route, Stop, TransitKind } from './timetable.ts';

/** What calls at a stop. */
export interface Calls {
  readonly kind: TransitKind;
  readonly line: string;
}

const toCity = transformBetween(4326, 2177);

/** Whole millimetres, so that the same feed gives the same objects wherever it is read. */
const cityPosition = (lonLat: readonly [number, number]): Position => {
  const [e = 0, n = 0] = toCity(lonLat);
  return [Math.round(e * 1000) / 1000, Math.round(n * 1000) / 1000];
};

/** @param calls of every line, in any order and often repeated */
export function stopFeature(stop: Stop, calls: readonly Calls[]): Feature {
  const lines = [...new Set(calls.map(({ line }) => line))].toSorted(byLine);
  const kinds = calls.map(({ kind }) => kind);
  return {
    layer: 'stops',
    id: stop.id,
    geometry: { type: 'Point', coordinates: cityPosition(stop.lonLat) },
    properties: {
      name: stop.name,
      // Where both stop, rails cannot go elsewhere.
      kind: kinds.includes('tram') ? 'tram' : (kinds[0] ?? null),
      lines: lines.length === 0 ? null : lines.join(', '),
      code: stop.code,
      platform: stop.platform,
      accessible: stop.accessible,
    },
  };
}

/** @param paths different courses of its trips, degrees; undefined when there is none of two points */
export function lineFeature(
  route: Route,
  paths: readonly (readonly (readonly [number, number])[])[],
  trips: number,
): Feature | undefined {
  const drawn = paths
    .map((path) => path.map(cityPosition).filter((at, i, all) => i === 0 || !isSame(at, all[i - 1])))
    .filter((path) => path.length > 1);
  if (drawn.length === 0) return undefined;
  return {
    layer: 'transit_lines',
    id: route.id,
    geometry: { type: 'MultiLineString', coordinates: drawn },
    properties: { line: route.line, name: route.name, kind: route.kind, trips },
  };
}

const isSame = ([x, y]: Position, other: Position | undefined): boolean =>
  other !== undefined && other[0] === x && other[1] === y;

/** 2 before 10, numbers before letters. */
const byLine = (a: string, b: string): number =>
  a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : 1);
