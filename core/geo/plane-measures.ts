import type { Geometry, Ring } from './geometry.ts';

export interface PlaneMeasures {
  readonly areaM2: number;
  readonly perimeterM: number;
}

/** Area and perimeter of polygons in the plane of their CRS; undefined for other shapes. */
export function measurePlane(geometry: Geometry): PlaneMeasures | undefined {
  const polygons =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : undefined;
  if (!polygons) return undefined;
  let areaM2 = 0;
  let perimeterM = 0;
  for (const rings of polygons) {
    for (const [index, ring] of rings.entries()) {
      areaM2 += (index === 0 ? 1 : -1) * Math.abs(ringArea(ring));
      perimeterM += ringLength(ring);
    }
  }
  return { areaM2, perimeterM };
}

function ringArea(ring: Ring): number {
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  let twice = 0;
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[index + 1] ?? ring[0] ?? [x, y];
    // Relative to the first corner: products of coordinates in millions would eat the digits.
    twice += (x - x0) * (nextY - y0) - (nextX - x0) * (y - y0);
  }
  return twice / 2;
}

function ringLength(ring: Ring): number {
  let length = 0;
  for (const [index, [x, y]] of ring.entries()) {
    const next = ring[index + 1];
    if (next) length += Math.hypot(next[0] - x, next[1] - y);
  }
  return length;
}
