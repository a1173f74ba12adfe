/**
 * Lines and points that belong to an object (the direction of a bridge, where the top of a slope begins) as text with
 * the CRS in which they were delivered: they are handed on as they came, to the millimetre.
 */
import { crsOf } from '../../geo/crs.ts';
import type { Geometry, Position } from '../../geo/geometry.ts';
import { wellKnownText } from '../well-known-text.ts';

/** @param geometry easting first, in the CRS */
export const placedText = (geometry: Geometry, srid: number): string =>
  `SRID=${srid};${wellKnownText(geometry, crsOf(srid).unit)}`;

/** Points of a `MULTIPOINT` one by one, else the one line. Text that is of neither kind has none. */
export function readPlacedText(text: string): {
  readonly geometries: readonly Geometry[];
  readonly srid: number;
} {
  const [, srid = '', type = '', body = ''] =
    /^SRID=(\d+);(LINESTRING|MULTIPOINT) (\(.*\))$/.exec(text) ?? [];
  const coordinates = [...body.matchAll(/([-+\d.eE]+) ([-+\d.eE]+)/g)].map(
    ([, x, y]): Position => [Number(x), Number(y)],
  );
  const points = coordinates.map((position): Geometry => ({ type: 'Point', coordinates: position }));
  const lines: readonly Geometry[] = coordinates.length > 1 ? [{ type: 'LineString', coordinates }] : [];
  return { srid: Number(srid), geometries: type === 'LINESTRING' ? lines : points };
}
