import type RenderFeature from 'ol/render/Feature.js';
import type { Selection } from '../state/link.ts';
import { hasArea } from '../state/selected-item.ts';
import type { RegisterLayer } from './register-layer.ts';

/**
 * The objects of the visible layers at a place of EPSG:2177, topmost layer first: polygons that hold it, lines and
 * points within the tolerance. Read from the tiles that are on the screen, so the answer takes no request.
 */
export function objectsAt(
  registers: Iterable<RegisterLayer>,
  [e, n]: readonly [number, number],
  toleranceM: number,
): Selection[] {
  const found = new Map<string, Selection>();
  for (const { layer, shapes } of registers) {
    if (!shapes.getVisible()) continue;
    const isNear = hasArea(layer) ? holds : isWithin;
    const around = [e - toleranceM, n - toleranceM, e + toleranceM, n + toleranceM];
    for (const feature of shapes.getFeaturesInExtent(around)) {
      const id: unknown = feature.get('id');
      if (id === undefined || !isNear(feature, e, n, toleranceM)) continue;
      found.set(`${layer.name}/${id}`, { layer: layer.name, id: String(id) });
    }
  }
  return [...found.values()].reverse();
}

/** Whether a point or the nearest part of a line or boundary is within the tolerance. */
function isWithin(feature: RenderFeature, e: number, n: number, toleranceM: number): boolean {
  const flat = feature.getFlatCoordinates();
  const isPoints = feature.getType().endsWith('Point');
  const ends = isPoints ? [flat.length] : (feature.getEnds() ?? [flat.length]).flat();
  let start = 0;
  for (const end of ends) {
    for (let i = start; i < end; i += 2) {
      const j = isPoints || i === start ? i : i - 2;
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [flat[j], flat[j + 1], flat[i], flat[i + 1]];
      if (distanceToSegment([e, n], [x1, y1], [x2, y2]) <= toleranceM) return true;
    }
    start = end;
  }
  return false;
}

type Place = readonly [number, number];

function distanceToSegment([e, n]: Place, [x1, y1]: Place, [x2, y2]: Place): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.max(0, Math.min(1, ((e - x1) * dx + (n - y1) * dy) / squared));
  return Math.hypot(e - x1 - along * dx, n - y1 - along * dy);
}

/** Even-odd test over every ring of the feature, holes included. */
function holds(feature: RenderFeature, e: number, n: number): boolean {
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = feature.getExtent();
  if (e < minX || e > maxX || n < minY || n > maxY) return false;
  const flat = feature.getFlatCoordinates();
  const ends = (feature.getEnds() ?? []).flat();
  let inside = false;
  let start = 0;
  for (const end of ends) {
    for (let i = start, j = end - 2; i < end; j = i, i += 2) {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [flat[i], flat[i + 1], flat[j], flat[j + 1]];
      if (y1 > n !== y2 > n && e < ((x2 - x1) * (n - y1)) / (y2 - y1) + x1) inside = !inside;
    }
    start = end;
  }
  return inside;
}
