/** Header and features of a FlatGeobuf as FlatBuffers (`header.fbs`, `feature.fbs` of version 3). */
import { Builder, type Offset } from 'flatbuffers';
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { Layer, PropertyType } from '../../feature/layer.ts';
import { crsOf } from '../../geo/crs.ts';
import { wktOf } from '../../geo/crs-wkt.ts';
import type { Geometry, GeometryType, Position, Ring } from '../../geo/geometry.ts';
import { oriented } from '../coordinate-text.ts';
import type { Boxed } from './packed-tree.ts';

const GEOMETRY_CODES: Readonly<Record<GeometryType, number>> = {
  ...{ Point: 1, LineString: 2, Polygon: 3, MultiPoint: 4, MultiLineString: 5, MultiPolygon: 6 },
};
/** Bool, Long, Double, String and DateTime of `ColumnType`. */
const COLUMN_CODES: Readonly<Record<PropertyType, number>> = {
  ...{ text: 11, integer: 7, number: 10, boolean: 2, date: 13, datetime: 13 },
};
const MOST_PROPERTY_BYTES = 9;
const encoder = new TextEncoder();

export interface FlatGeobufHead {
  readonly layer: Layer;
  readonly srid: number;
  /** Where heights count from. */
  readonly heights: string;
  /** What the file says of itself and of its use, a line each. */
  readonly note: readonly string[];
  /** What all geometries are; undefined = each says it itself. */
  readonly geometryType: GeometryType | undefined;
  readonly box: Boxed | undefined;
  /** 0 = not known. */
  readonly count: number;
  /** 0 = no index. */
  readonly nodeSize: number;
}

/** The header with its length in front. */
export function flatGeobufHead(head: FlatGeobufHead): Uint8Array {
  const { layer, srid, heights, box } = head;
  const builder = new Builder(2048);
  const columns = [{ name: 'id', type: 'text' as const, label: layer.title }, ...layer.properties].map(
    ({ name, type, label }) => columnTable(builder, name, COLUMN_CODES[type], label.pl),
  );
  const columnList = offsetVector(builder, columns);
  const crs = crsTable(builder, srid, heights);
  const name = builder.createString(layer.name);
  const title = builder.createString(layer.title.pl);
  const description = builder.createString(
    [`${layer.title.en}; EPSG:${srid}, easting (longitude) first; heights ${heights}`, ...head.note].join(
      '\n',
    ),
  );
  const envelope = box && doubleVector(builder, [box.minX, box.minY, box.maxX, box.maxY]);
  builder.startObject(14);
  builder.addFieldOffset(0, name, 0);
  if (envelope !== undefined) builder.addFieldOffset(1, envelope, 0);
  builder.addFieldInt8(2, head.geometryType === undefined ? 0 : GEOMETRY_CODES[head.geometryType], 0);
  builder.addFieldInt8(3, layer.dimension === 3 ? 1 : 0, 0);
  builder.addFieldOffset(7, columnList, 0);
  builder.addFieldInt64(8, BigInt(head.count), 0n);
  builder.addFieldInt16(9, head.nodeSize, 16);
  builder.addFieldOffset(10, crs, 0);
  builder.addFieldOffset(11, title, 0);
  builder.addFieldOffset(12, description, 0);
  builder.finishSizePrefixed(builder.endObject());
  return builder.asUint8Array();
}

function columnTable(builder: Builder, name: string, type: number, title: string): Offset {
  const [nameAt, titleAt] = [builder.createString(name), builder.createString(title)];
  builder.startObject(11);
  builder.addFieldOffset(0, nameAt, 0);
  builder.addFieldInt8(1, type, 0);
  builder.addFieldOffset(2, titleAt, 0);
  return builder.endObject();
}

function crsTable(builder: Builder, srid: number, heights: string): Offset {
  const org = builder.createString('EPSG');
  const name = builder.createString(crsOf(srid).name);
  const description = builder.createString(`heights ${heights}`);
  const wkt = builder.createString(wktOf(srid));
  builder.startObject(6);
  builder.addFieldOffset(0, org, 0);
  builder.addFieldInt32(1, srid, 0);
  builder.addFieldOffset(2, name, 0);
  builder.addFieldOffset(3, description, 0);
  builder.addFieldOffset(4, wkt, 0);
  return builder.endObject();
}

/** A feature with its length in front; the bytes are the caller's own. */
export function flatGeobufFeature(builder: Builder, feature: Feature, layer: Layer): Uint8Array {
  builder.clear();
  const geometry =
    feature.geometry && geometryTable(builder, oriented(feature.geometry), layer.dimension === 3);
  const properties = builder.createByteVector(propertyBytes(feature, layer));
  builder.startObject(3);
  if (geometry !== undefined) builder.addFieldOffset(0, geometry, 0);
  builder.addFieldOffset(1, properties, 0);
  builder.finishSizePrefixed(builder.endObject());
  return builder.asUint8Array().slice();
}

function geometryTable(builder: Builder, geometry: Geometry, hasZ: boolean): Offset {
  const type = GEOMETRY_CODES[geometry.type];
  switch (geometry.type) {
    case 'Point':
      return simpleTable(builder, type, [[geometry.coordinates]], hasZ);
    case 'LineString':
    case 'MultiPoint':
      return simpleTable(builder, type, [geometry.coordinates], hasZ);
    case 'Polygon':
    case 'MultiLineString':
      return simpleTable(builder, type, geometry.coordinates, hasZ);
    case 'MultiPolygon': {
      const polygons = geometry.coordinates.map((rings) =>
        simpleTable(builder, GEOMETRY_CODES.Polygon, rings, hasZ),
      );
      const parts = offsetVector(builder, polygons);
      builder.startObject(8);
      builder.addFieldInt8(6, type, 0);
      builder.addFieldOffset(7, parts, 0);
      return builder.endObject();
    }
  }
}

function simpleTable(builder: Builder, type: number, lines: readonly Ring[], hasZ: boolean): Offset {
  const ends = lines.length > 1 ? endVector(builder, lines) : undefined;
  const positions: readonly Position[] = lines.length === 1 ? (lines[0] ?? []) : lines.flat();
  const plan = doubleVector(
    builder,
    positions.flatMap((position) => position.slice(0, 2)),
  );
  const heights = hasZ
    ? doubleVector(
        builder,
        positions.map(([, , z = 0]) => z),
      )
    : undefined;
  builder.startObject(8);
  if (ends !== undefined) builder.addFieldOffset(0, ends, 0);
  builder.addFieldOffset(1, plan, 0);
  if (heights !== undefined) builder.addFieldOffset(2, heights, 0);
  builder.addFieldInt8(6, type, 0);
  return builder.endObject();
}

function endVector(builder: Builder, lines: readonly Ring[]): Offset {
  let end = 0;
  const ends = lines.map((line) => {
    end += line.length;
    return end;
  });
  builder.startVector(4, ends.length, 4);
  for (const each of ends.toReversed()) builder.addInt32(each);
  return builder.endVector();
}

function doubleVector(builder: Builder, values: readonly number[]): Offset {
  builder.startVector(8, values.length, 8);
  for (let at = values.length - 1; at >= 0; at--) builder.addFloat64(values[at] ?? 0);
  return builder.endVector();
}

function offsetVector(builder: Builder, offsets: readonly Offset[]): Offset {
  builder.startVector(4, offsets.length, 4);
  for (const each of offsets.toReversed()) builder.addOffset(each);
  return builder.endVector();
}

/** Values that are there: number of the column (16 bits), then the value; texts with their length in front. */
function propertyBytes({ id, properties }: Feature, layer: Layer): Uint8Array {
  const told: [column: number, type: PropertyType, value: Uint8Array | PropertyValue][] = [
    [0, 'text', encoder.encode(id)],
  ];
  for (const [index, { name, type }] of layer.properties.entries()) {
    const value = properties[name] ?? null;
    if (value === null) continue;
    told.push([index + 1, type, isText(type) ? encoder.encode(String(value)) : value]);
  }
  const length = told.reduce(
    (sum, [, , value]) => sum + MOST_PROPERTY_BYTES + 1 + (value instanceof Uint8Array ? value.length : 0),
    0,
  );
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [column, type, value] of told) {
    view.setUint16(at, column, true);
    at += 2;
    if (value instanceof Uint8Array) {
      view.setUint32(at, value.length, true);
      bytes.set(value, at + 4);
      at += 4 + value.length;
    } else if (type === 'boolean') view.setUint8(at++, value ? 1 : 0);
    else {
      if (type === 'integer') view.setBigInt64(at, BigInt(Math.trunc(Number(value))), true);
      else view.setFloat64(at, Number(value), true);
      at += 8;
    }
  }
  return bytes.subarray(0, at);
}

const isText = (type: PropertyType): boolean => type === 'text' || type === 'date' || type === 'datetime';
