/** Shapes of a Shapefile (ESRI, July 1998): points, lines and areas in the plane, faces in space. */
import type { Feature } from '../../feature/feature.ts';
import type { Layer } from '../../feature/layer.ts';
import {
  type Geometry,
  type GeometryType,
  type Position,
  positionsOf,
  type Ring,
} from '../../geo/geometry.ts';
import { oriented } from '../coordinate-text.ts';

const KINDS: Readonly<Record<GeometryType, number>> = {
  Point: 1,
  LineString: 3,
  MultiLineString: 3,
  Polygon: 5,
  MultiPolygon: 5,
  MultiPoint: 8,
};
/** Faces in space: rings of areas may stand upright there, which those of the other kinds may not. */
const MULTI_PATCH = 31;
const [OUTER_RING, INNER_RING] = [2, 3];
const NULL_SHAPE = 0;
export const [HEAD_BYTES, RECORD_HEAD_BYTES] = [100, 8];

/** Around what was taken. */
export class Box {
  minX = Infinity;
  minY = Infinity;
  maxX = -Infinity;
  maxY = -Infinity;
  minZ = Infinity;
  maxZ = -Infinity;

  take([x, y, z = 0]: Position): void {
    this.minX = Math.min(this.minX, x);
    this.minY = Math.min(this.minY, y);
    this.maxX = Math.max(this.maxX, x);
    this.maxY = Math.max(this.maxY, y);
    this.minZ = Math.min(this.minZ, z);
    this.maxZ = Math.max(this.maxZ, z);
  }

  /** Ends of the box; zeros of an empty one. */
  get plan(): readonly number[] {
    const values = [this.minX, this.minY, this.maxX, this.maxY];
    return values.every(Number.isFinite) ? values : [0, 0, 0, 0];
  }

  /** Grows to hold another one. */
  join(other: Box): void {
    for (const axis of ['X', 'Y', 'Z'] as const) {
      this[`min${axis}`] = Math.min(this[`min${axis}`], other[`min${axis}`]);
      this[`max${axis}`] = Math.max(this[`max${axis}`], other[`max${axis}`]);
    }
  }

  get heights(): readonly number[] {
    return Number.isFinite(this.minZ) ? [this.minZ, this.maxZ] : [0, 0];
  }
}

/**
 * What a record holds behind its head.
 * @param around grows to hold it too
 */
export function shapeRecord({ geometry }: Feature, kind: number, around: Box): Uint8Array {
  if (!geometry) {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setInt32(0, NULL_SHAPE, true);
    return bytes;
  }
  const box = new Box();
  for (const position of positionsOf(geometry)) {
    box.take(position);
    around.take(position);
  }
  const out = new Numbers();
  out.int(kind);
  if (geometry.type === 'Point') {
    const [x, y] = geometry.coordinates;
    out.doubles([x, y]);
    return out.bytes();
  }
  out.doubles(box.plan);
  const parts = partsOf(geometry);
  const positions = parts.flat();
  if (geometry.type !== 'MultiPoint') out.int(parts.length);
  out.int(positions.length);
  if (geometry.type !== 'MultiPoint') {
    let first = 0;
    for (const part of parts) {
      out.int(first);
      first += part.length;
    }
  }
  if (kind === MULTI_PATCH) for (const type of ringTypes(geometry)) out.int(type);
  for (const [x, y] of positions) out.doubles([x, y]);
  if (kind === MULTI_PATCH) {
    out.doubles(box.heights);
    for (const [, , z = 0] of positions) out.doubles([z]);
  }
  return out.bytes();
}

/** Outer rings clockwise, holes counter-clockwise: the other way round than GeoJSON. */
function partsOf(geometry: Exclude<Geometry, { type: 'Point' }>): readonly Ring[] {
  switch (geometry.type) {
    case 'MultiPoint':
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
      return geometry.coordinates;
    case 'Polygon':
    case 'MultiPolygon': {
      const shown = oriented(geometry);
      const rings = shown.type === 'MultiPolygon' ? shown.coordinates.flat() : [];
      return (shown.type === 'Polygon' ? shown.coordinates : rings).map((ring) => ring.toReversed());
    }
  }
}

const ringTypes = (geometry: Geometry): readonly number[] =>
  (geometry.type === 'MultiPolygon' ? geometry.coordinates : []).flatMap((rings) =>
    rings.map((_, index) => (index === 0 ? OUTER_RING : INNER_RING)),
  );

/** Little-endian numbers one after another. */
class Numbers {
  #view = new DataView(new ArrayBuffer(256));
  #length = 0;

  int(value: number): void {
    this.#room(4);
    this.#view.setInt32(this.#length, value, true);
    this.#length += 4;
  }

  doubles(values: readonly number[]): void {
    this.#room(8 * values.length);
    for (const value of values) {
      this.#view.setFloat64(this.#length, value, true);
      this.#length += 8;
    }
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer, 0, this.#length);
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#view.byteLength) return;
    const larger = new Uint8Array(2 * (this.#length + bytes));
    larger.set(new Uint8Array(this.#view.buffer, 0, this.#length));
    this.#view = new DataView(larger.buffer);
  }
}

/** Kind of all shapes of a layer. */
export const shapeKind = (layer: Layer): number =>
  layer.dimension === 3 ? MULTI_PATCH : KINDS[layer.geometryType];

/**
 * Head of a file of shapes or of its index.
 * @param length of the whole file, bytes
 */
export function shapeHead(length: number, kind: number, box: Box): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 9994);
  // Lengths are counted in words of 16 bits.
  view.setInt32(24, length / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, kind, true);
  for (const [index, value] of [...box.plan, ...(kind === MULTI_PATCH ? box.heights : [])].entries()) {
    view.setFloat64(36 + 8 * index, value, true);
  }
  return bytes;
}
