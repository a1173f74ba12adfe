import type { MultiPolygon, Polygon } from '../../core/geo/geometry.ts';

/**
 * The bounding surfaces of one building as flat arrays, since a tile holds thousands of them: positions
 * x, y, z one after the other in the house order (easting, northing, height in m).
 */
export interface Surfaces {
  readonly coordinates: Float64Array;
  /** For each ring, the number of positions up to and including it. */
  readonly ringEnds: Uint32Array;
  /** For each polygon, the number of rings up to and including it. */
  readonly polygonEnds: Uint32Array;
}

/** Surfaces of a geometry; missing heights count as 0. */
export function surfacesOf(geometry: MultiPolygon | Polygon): Surfaces {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const coordinates: number[] = [];
  const ringEnds: number[] = [];
  const polygonEnds: number[] = [];
  for (const rings of polygons) {
    for (const ring of rings) {
      for (const [x, y, z = 0] of ring) coordinates.push(x, y, z);
      ringEnds.push(coordinates.length / 3);
    }
    polygonEnds.push(ringEnds.length);
  }
  return {
    coordinates: Float64Array.from(coordinates),
    ringEnds: Uint32Array.from(ringEnds),
    polygonEnds: Uint32Array.from(polygonEnds),
  };
}

/** Smallest box around the positions in all three axes; undefined when there is none that is finite. */
export function extentOf({ coordinates }: Surfaces): Extent3 | undefined {
  let [minX, minY, minZ] = [Infinity, Infinity, Infinity];
  let [maxX, maxY, maxZ] = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < coordinates.length; i += 3) {
    const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = coordinates.subarray(i, i + 3);
    if (!Number.isFinite(x + y + z)) continue;
    [minX, minY, minZ] = [Math.min(minX, x), Math.min(minY, y), Math.min(minZ, z)];
    [maxX, maxY, maxZ] = [Math.max(maxX, x), Math.max(maxY, y), Math.max(maxZ, z)];
  }
  return minX === Infinity ? undefined : { minX, minY, minZ, maxX, maxY, maxZ };
}

/** A box in easting, northing and height. */
export interface Extent3 {
  readonly minX: number;
  readonly minY: number;
  readonly minZ: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly maxZ: number;
}
