import type { Geometry, Ring } from './geometry.ts';

/** A point to write at: within an area, in the middle of a line, at a point. */
export function labelPoint(geometry: Geometry): readonly [number, number] | undefined {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates[0], geometry.coordinates[1]];
    case 'MultiPoint':
      return middleVertex(geometry.coordinates);
    case 'LineString':
      return middleVertex(geometry.coordinates);
    case 'MultiLineString':
      return middleVertex(longest(geometry.coordinates));
    case 'Polygon':
      return withinArea(geometry.coordinates);
    case 'MultiPolygon': {
      const largest = geometry.coordinates.toSorted(([a = []], [b = []]) => boxArea(b) - boxArea(a))[0];
      return largest && withinArea(largest);
    }
  }
}

const longest = (lines: readonly Ring[]): Ring => lines.toSorted((a, b) => b.length - a.length)[0] ?? [];

function middleVertex(line: Ring): readonly [number, number] | undefined {
  const middle = line[Math.floor((line.length - 1) / 2)];
  const next = line[Math.floor((line.length - 1) / 2) + 1];
  if (!middle) return undefined;
  return next && line.length === 2
    ? [(middle[0] + next[0]) / 2, (middle[1] + next[1]) / 2]
    : [middle[0], middle[1]];
}

function boxArea(ring: Ring): number {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    [minX, minY, maxX, maxY] = [Math.min(minX, x), Math.min(minY, y), Math.max(maxX, x), Math.max(maxY, y)];
  }
  return (maxX - minX) * (maxY - minY);
}

/** The widest stretch within, of levels through the area. */
function withinArea(rings: readonly Ring[]): readonly [number, number] | undefined {
  const ys = (rings[0] ?? []).map(([, y]) => y);
  if (ys.length === 0) return undefined;
  const [low, high] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  let best: { readonly at: readonly [number, number]; readonly width: number } | undefined;
  // Levels that seldom go through a vertex.
  for (const share of [0.5003, 0.3101, 0.6907, 0.1507, 0.8503]) {
    const y = low + share * (high - low);
    const crossings = rings.flatMap((ring) => crossingsAt(ring, y)).toSorted((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from = 0, to = 0] = [crossings[i], crossings[i + 1]];
      if (!best || to - from > best.width * 1.2) best = { at: [(from + to) / 2, y], width: to - from };
    }
  }
  return best?.at;
}

function crossingsAt(ring: Ring, y: number): readonly number[] {
  const found: number[] = [];
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1], ring[i]];
    if (a && b && a[1] > y !== b[1] > y) found.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
  }
  return found;
}
