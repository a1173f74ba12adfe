/** Shapefiles (ESRI, July 1998): points, lines and areas in the plane, faces in space. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { Layer } from '../../feature/layer.ts';
import type { FeatureStream } from '../../feature/source.ts';
import { wktOf } from '../../geo/crs-wkt.ts';
import {
  type Geometry,
  type GeometryType,
  type Position,
  positionsOf,
  type Ring,
} from '../../geo/geometry.ts';
import { oriented } from '../coordinate-text.ts';
import { type DbfField, writeDbf } from './dbf.ts';

export interface Shapefile {
  /** By their endings: `shp`, `shx`, `dbf`, `prj`, `cpg`. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** What its short names mean. */
  readonly fields: readonly DbfField[];
}

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
const [HEAD_BYTES, RECORD_HEAD_BYTES] = [100, 8];

/** All of a layer at once: the head of a Shapefile says how long it is. */
export async function writeShapefile(
  features: FeatureStream,
  layer: Layer,
  srid: number,
): Promise<Shapefile> {
  const kind = layer.dimension === 3 ? MULTI_PATCH : KINDS[layer.geometryType];
  const records: Uint8Array[] = [];
  const rows: PropertyValue[][] = [];
  const box = new Box();
  for await (const feature of features) {
    records.push(recordOf(feature, kind, box));
    rows.push([feature.id, ...layer.properties.map(({ name }) => feature.properties[name] ?? null)]);
  }
  const table = writeDbf([{ name: 'id', type: 'text' }, ...layer.properties], rows);
  return {
    files: {
      ...shapes(records, kind, box),
      dbf: table.bytes,
      prj: new TextEncoder().encode(wktOf(srid)),
      cpg: new TextEncoder().encode('UTF-8'),
    },
    fields: table.fields,
  };
}

class Box {
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

  get heights(): readonly number[] {
    return Number.isFinite(this.minZ) ? [this.minZ, this.maxZ] : [0, 0];
  }
}

function recordOf({ geometry }: Feature, kind: number, around: Box): Uint8Array {
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

function shapes(records: readonly Uint8Array[], kind: number, box: Box) {
  const length = records.reduce((sum, each) => sum + RECORD_HEAD_BYTES + each.length, HEAD_BYTES);
  const [shp, shx] = [head(length, kind, box), head(HEAD_BYTES + 8 * records.length, kind, box)];
  const [main, index] = [new DataView(shp.buffer), new DataView(shx.buffer)];
  let at = HEAD_BYTES;
  for (const [number, record] of records.entries()) {
    // Lengths are counted in words of 16 bits.
    main.setInt32(at, number + 1);
    main.setInt32(at + 4, record.length / 2);
    shp.set(record, at + RECORD_HEAD_BYTES);
    index.setInt32(HEAD_BYTES + 8 * number, at / 2);
    index.setInt32(HEAD_BYTES + 8 * number + 4, record.length / 2);
    at += RECORD_HEAD_BYTES + record.length;
  }
  return { shp, shx };
}

function head(length: number, kind: number, box: Box): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 9994);
  view.setInt32(24, length / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, kind, true);
  for (const [index, value] of [...box.plan, ...(kind === MULTI_PATCH ? box.heights : [])].entries()) {
    view.setFloat64(36 + 8 * index, value, true);
  }
  return bytes;
}
