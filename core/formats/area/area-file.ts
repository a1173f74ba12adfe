/** An area out of a file that somebody has: polygons as they stand there, easting (longitude) first. */
import { invalidParameter } from '../../errors.ts';
import type { Ring } from '../../geo/geometry.ts';

/** Shell and holes. */
export type AreaPolygon = readonly Ring[];

export interface AreaFile {
  /** What it was read as. */
  readonly form: 'GeoJSON' | 'KML' | 'Shapefile' | 'DXF' | 'WKT' | 'list of coordinates';
  readonly polygons: readonly AreaPolygon[];
  /** EPSG code that the file names; undefined = it names none. */
  readonly srid?: number | undefined;
  /** Other things in it: lines, points, open polylines. */
  readonly leftOut: number;
}

export const MOST_AREA_VERTICES = 200_000;

/** @throws TwinError invalid-parameter for what cannot be read, saying where */
export const unreadableArea = (message: string): Error => invalidParameter('area', message);

/** The ring, closed where the file leaves that out. */
export function closedRing(ring: Ring): Ring {
  const [first, last] = [ring[0], ring.at(-1)];
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
}
