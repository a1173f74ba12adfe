import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { classOf, PIXEL_M, symbolOf } from '../../core/feature/symbol.ts';
import type { Position } from '../../core/geo/geometry.ts';
import type { PixelMap } from './pixel-map.ts';

/** A pointer may miss what is drawn by this much. */
export const TOLERANCE_PX = 3;

/** A feature near a pixel: how far from it, and how large it is. */
interface Hit {
  readonly feature: Feature;
  readonly distancePx: number;
  readonly areaPx: number;
}

/** How far from the middle of its shape an object of the layer can be hit at most, pixels. */
export function reachOf(layer: Layer, metresPerPixel: number): number {
  const entries = [undefined, ...(layer.style.classes?.entries ?? [])];
  return TOLERANCE_PX + Math.max(...entries.map((entry) => halfWidth(layer, entry, metresPerPixel)));
}

/** Half of what is drawn around the middle of a point or line; areas are drawn as they are. */
function halfWidth(layer: Layer, entry: ReturnType<typeof classOf>, metresPerPixel: number): number {
  if (layer.geometryType.endsWith('Polygon')) return 0;
  const { marker, strokeWidthPx } = symbolOf(layer, entry, metresPerPixel / PIXEL_M);
  return marker ? (marker.sizePx + strokeWidthPx) / 2 : strokeWidthPx / 2;
}

/**
 * The features that somebody who points at a pixel means, the likeliest first: what is drawn there or within three
 * pixels. An area whose border is near is meant only when no area lies under the pointer.
 * @param features in the storage CRS of the layer
 */
export function hitsAt(
  features: readonly Feature[],
  layer: Layer,
  map: PixelMap,
  x: number,
  y: number,
): readonly Feature[] {
  const near = features
    .flatMap((feature) => hitOf(feature, map, x, y) ?? [])
    .filter(
      ({ feature, distancePx }) =>
        distancePx <= TOLERANCE_PX + halfWidth(layer, entryOf(layer, feature), map.metresPerPixel),
    )
    .toSorted((a, b) => a.distancePx - b.distancePx || a.areaPx - b.areaPx);
  const isArea = layer.geometryType.endsWith('Polygon');
  const under = isArea ? near.filter(({ distancePx }) => distancePx === 0) : near;
  return (under.length > 0 ? under : near).map(({ feature }) => feature);
}

function entryOf({ style }: Layer, { properties }: Feature) {
  return classOf(style, properties);
}

function hitOf(feature: Feature, map: PixelMap, x: number, y: number): Hit | undefined {
  const { geometry } = feature;
  if (!geometry) return undefined;
  const line = (positions: readonly Position[]) =>
    positions.map(([e, n]): readonly [number, number] => {
      map.locate(e, n);
      return [map.x - x, map.y - y];
    });
  switch (geometry.type) {
    case 'Point':
      return hit(feature, [[line([geometry.coordinates])]], false);
    case 'MultiPoint':
      return hit(
        feature,
        geometry.coordinates.map((position) => [line([position])]),
        false,
      );
    case 'LineString':
      return hit(feature, [[line(geometry.coordinates)]], false);
    case 'MultiLineString':
      return hit(
        feature,
        geometry.coordinates.map((each) => [line(each)]),
        false,
      );
    case 'Polygon':
      return hit(feature, [geometry.coordinates.map(line)], true);
    case 'MultiPolygon':
      return hit(
        feature,
        geometry.coordinates.map((rings) => rings.map(line)),
        true,
      );
  }
}

type Line = readonly (readonly [number, number])[];

/** @param parts of lines or rings, relative to the pointer */
function hit(feature: Feature, parts: readonly (readonly Line[])[], isArea: boolean): Hit {
  const distances = parts.map((lines) =>
    isArea && holdsOrigin(lines) ? 0 : Math.min(...lines.map(distanceToOrigin)),
  );
  const areaPx = isArea ? parts.reduce((sum, [shell = []]) => sum + Math.abs(areaOf(shell)), 0) : 0;
  return { feature, distancePx: Math.min(...distances), areaPx };
}

function holdsOrigin(rings: readonly Line[]): boolean {
  let isInside = false;
  for (const ring of rings) {
    for (const [index, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[index - 1] ?? ring.at(-1) ?? [ax, ay];
      if (ay > 0 !== by > 0 && 0 < ((bx - ax) * -ay) / (by - ay) + ax) isInside = !isInside;
    }
  }
  return isInside;
}

function distanceToOrigin(line: Line): number {
  let best = Math.hypot(...(line[0] ?? [Number.POSITIVE_INFINITY, 0]));
  for (const [index, [bx, by]] of line.entries()) {
    const [ax, ay] = line[index - 1] ?? [bx, by];
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
    best = Math.min(best, Math.hypot(ax + along * dx, ay + along * dy));
  }
  return best;
}

function areaOf(ring: Line): number {
  let sum = 0;
  for (const [index, [bx, by]] of ring.entries()) {
    const [ax, ay] = ring[index - 1] ?? ring.at(-1) ?? [bx, by];
    sum += ax * by - bx * ay;
  }
  return sum / 2;
}
