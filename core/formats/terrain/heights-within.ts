/** Which posts of a grid lie within an area. */
import type { Geometry } from '../../geo/geometry.ts';

interface Posts {
  readonly origin: readonly [number, number];
  readonly stepM: number;
  readonly columns: number;
  readonly rows: number;
}

/**
 * The heights with those outside left out (NaN): along each row from one edge of the area to the next, so that an area
 * of many corners costs little.
 * @param area Polygon or MultiPolygon in the CRS of the posts
 */
export function heightsWithin(
  { origin, stepM, columns, rows }: Posts,
  heights: Float32Array,
  area: Geometry,
): Float32Array {
  const polygons =
    area.type === 'MultiPolygon' ? area.coordinates : area.type === 'Polygon' ? [area.coordinates] : [];
  const rings = polygons.flat();
  const kept = new Float32Array(heights.length).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    const northing = origin[1] + row * stepM;
    const edges: number[] = [];
    for (const ring of rings) {
      for (let at = 1; at < ring.length; at++) {
        const [[x1, y1], [x2, y2]] = [ring[at - 1] ?? [0, 0], ring[at] ?? [0, 0]];
        if (y1 > northing !== y2 > northing) edges.push(x1 + ((northing - y1) / (y2 - y1)) * (x2 - x1));
      }
    }
    edges.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < edges.length; pair += 2) {
      const from = Math.max(0, Math.ceil(((edges[pair] ?? 0) - origin[0]) / stepM));
      const to = Math.min(columns - 1, Math.floor(((edges[pair + 1] ?? 0) - origin[0]) / stepM));
      for (let column = from; column <= to; column++) {
        const at = row * columns + column;
        kept[at] = heights[at] ?? Number.NaN;
      }
    }
  }
  return kept;
}
