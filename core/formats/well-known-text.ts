import type { Crs } from '../geo/crs.ts';
import type { Geometry, Position, Ring } from '../geo/geometry.ts';
import { oriented, positionText } from './coordinate-text.ts';

/** Well-known text (OGC 06-103r4, 7), easting first; `Z` where positions have heights. */
export function wellKnownText(geometry: Geometry, unit: Crs['unit']): string {
  const style = { order: 'easting-northing', unit } as const;
  let isHigh = false;
  const position = (each: Position) => {
    isHigh ||= each.length === 3;
    return positionText(each, style, ' ');
  };
  const line = (each: Ring) => `(${each.map(position).join(',')})`;
  const lines = (each: readonly Ring[]) => `(${each.map(line).join(',')})`;
  const body = (shown: Geometry): string => {
    switch (shown.type) {
      case 'Point':
        return `(${position(shown.coordinates)})`;
      case 'LineString':
        return line(shown.coordinates);
      case 'MultiPoint':
        return `(${shown.coordinates.map((each) => `(${position(each)})`).join(',')})`;
      case 'Polygon':
      case 'MultiLineString':
        return lines(shown.coordinates);
      case 'MultiPolygon':
        return `(${shown.coordinates.map(lines).join(',')})`;
    }
  };
  const text = body(oriented(geometry));
  return `${geometry.type.toUpperCase()}${isHigh ? ' Z ' : ' '}${text}`;
}
