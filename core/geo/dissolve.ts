/** Areas joined into one. */
import { union } from '@turf/union';
import type { MultiPolygon, Polygon, Position } from './geometry.ts';

/**
 * What several areas cover together, in the plane and CRS that they share; borders that two of them draw with the same
 * corners vanish.
 * @returns undefined for none
 */
export function dissolve(areas: readonly (Polygon | MultiPolygon)[]): Polygon | MultiPolygon | undefined {
  const features = areas.map((area) => ({
    type: 'Feature' as const,
    properties: {},
    geometry: {
      type: 'MultiPolygon' as const,
      coordinates: polygonsOf(area).map((rings) => rings.map((ring) => ring.map(([x, y]) => [x, y]))),
    },
  }));
  const [only] = areas;
  if (areas.length < 2) return only;
  const joined = union({ type: 'FeatureCollection', features })?.geometry;
  if (!joined) return undefined;
  const rings = (polygon: readonly (readonly (readonly number[])[])[]): readonly (readonly Position[])[] =>
    polygon.map((ring) => ring.map(([x = Number.NaN, y = Number.NaN]): Position => [x, y]));
  return joined.type === 'Polygon'
    ? { type: 'Polygon', coordinates: rings(joined.coordinates) }
    : { type: 'MultiPolygon', coordinates: joined.coordinates.map(rings) };
}

const polygonsOf = (area: Polygon | MultiPolygon): MultiPolygon['coordinates'] =>
  area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
