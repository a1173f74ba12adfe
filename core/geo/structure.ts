import { type Geometry, type Position, positionsOf, type Ring } from './geometry.ts';

/**
 * What makes a geometry unusable before anybody looks at its shape: no positions, numbers that are none,
 * lines of one point, rings that do not close. Undefined when there is nothing.
 */
export function structuralFault(geometry: Geometry): string | undefined {
  for (const [x, y, z] of positionsOf(geometry)) {
    if (!Number.isFinite(x) || !Number.isFinite(y) || (z !== undefined && !Number.isFinite(z))) {
      return `a coordinate is not a number (${x} ${y}${z === undefined ? '' : ` ${z}`})`;
    }
  }
  switch (geometry.type) {
    case 'Point':
      return undefined;
    case 'MultiPoint':
      return geometry.coordinates.length === 0 ? 'there are no points' : undefined;
    case 'LineString':
      return lineFault(geometry.coordinates);
    case 'MultiLineString':
      return firstFault(geometry.coordinates, lineFault, 'there are no lines');
    case 'Polygon':
      return firstFault(geometry.coordinates, ringFault, 'there are no rings');
    case 'MultiPolygon':
      return firstFault(
        geometry.coordinates,
        (rings) => firstFault(rings, ringFault, 'a polygon has no rings'),
        'there are no polygons',
      );
  }
}

function firstFault<T>(
  parts: readonly T[],
  faultOf: (part: T) => string | undefined,
  ifEmpty: string,
): string | undefined {
  if (parts.length === 0) return ifEmpty;
  for (const part of parts) {
    const fault = faultOf(part);
    if (fault) return fault;
  }
  return undefined;
}

const lineFault = (line: readonly Position[]): string | undefined =>
  line.length < 2 ? 'a line has fewer than two points' : undefined;

function ringFault(ring: Ring): string | undefined {
  const [first, last] = [ring[0], ring.at(-1)];
  if (!first || !last || ring.length < 4) return `a ring has ${ring.length} points, needs at least 4`;
  return first[0] === last[0] && first[1] === last[1] && first[2] === last[2]
    ? undefined
    : `a ring does not close: it starts at ${first.join(' ')} and ends at ${last.join(' ')}`;
}

/** A geometry in the type of its layer: a single part becomes a multi-geometry of one. Undefined when it cannot be. */
export function asType(geometry: Geometry, type: Geometry['type']): Geometry | undefined {
  if (geometry.type === type) return geometry;
  if (type === 'MultiPolygon' && geometry.type === 'Polygon')
    return { type, coordinates: [geometry.coordinates] };
  if (type === 'MultiPoint' && geometry.type === 'Point')
    return { type, coordinates: [geometry.coordinates] };
  if (type === 'MultiLineString' && geometry.type === 'LineString') {
    return { type, coordinates: [geometry.coordinates] };
  }
  const [only, ...others] = geometry.type.startsWith('Multi') ? geometry.coordinates : [];
  if (only === undefined || others.length > 0 || `Multi${type}` !== geometry.type) return undefined;
  return { type, coordinates: only } as Geometry;
}
