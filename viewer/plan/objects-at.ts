import type RenderFeature from 'ol/render/Feature.js';
import type { Selection } from '../state/link.ts';
import type { RegisterLayer } from './register-layer.ts';

/**
 * The objects of the visible layers whose polygons hold a place of EPSG:2177, topmost layer first. Read from the
 * tiles that are on the screen, so the answer takes no request.
 */
export function objectsAt(
  registers: Iterable<RegisterLayer>,
  [e, n]: readonly [number, number],
): Selection[] {
  const found = new Map<string, Selection>();
  for (const { layer, shapes } of registers) {
    if (!shapes.getVisible()) continue;
    for (const feature of shapes.getFeaturesInExtent([e, n, e, n])) {
      const id: unknown = feature.get('id');
      if (id === undefined || !holds(feature, e, n)) continue;
      found.set(`${layer.name}/${id}`, { layer: layer.name, id: String(id) });
    }
  }
  return [...found.values()].reverse();
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
