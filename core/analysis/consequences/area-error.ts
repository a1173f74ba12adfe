/** How wrong an area is when its corners are measured to a known accuracy. */
import type { MultiPolygon, Polygon, Ring } from '../../geo/geometry.ts';

/**
 * Accuracy of a corner of a boundary or building against the nearest control: details of group I, § 16 of the
 * regulation on surveying standards (Dz.U. 2020 poz. 1429).
 */
export const CORNER_SIGMA_M = 0.1;
/** Details of group II (networks, trees), same place. */
export const NETWORK_SIGMA_M = 0.3;
/** Bounds are twice the standard deviation. */
export const COVERAGE = 2;

/**
 * ¼ Σ‖Pᵢ₊₁ − Pᵢ₋₁‖² over all corners, m²: by the shoelace formula σ(area)² is this times the variance of one
 * coordinate, when corners are independent.
 */
export function areaSpreadM2({ type, coordinates }: Polygon | MultiPolygon): number {
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  return polygons.flat().reduce((sum, ring) => sum + ringSpreadM2(ring), 0);
}

function ringSpreadM2(ring: Ring): number {
  // Closed: the last position repeats the first.
  const corners = ring.slice(0, -1);
  let sum = 0;
  for (let i = 0; i < corners.length; i++) {
    const next = corners[(i + 1) % corners.length];
    const previous = corners[(i + corners.length - 1) % corners.length];
    if (next && previous) sum += (next[0] - previous[0]) ** 2 + (next[1] - previous[1]) ** 2;
  }
  return sum / 4;
}

/** Bound of an area whose corners have the accuracy of group I. */
export const areaBoundM2 = (spreadM2: number): number => COVERAGE * CORNER_SIGMA_M * Math.sqrt(spreadM2);
