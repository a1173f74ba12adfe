/** Well-known binary (OGC 06-103r4, 8.2; ISO Z codes and the extended form of PostGIS) to and from our geometry. */
import type { Geometry, Polygon, Position, Ring } from './geometry.ts';

const POINT = 1;
const LINE_STRING = 2;
const POLYGON = 3;
const MULTI_POINT = 4;
const MULTI_LINE_STRING = 5;
const MULTI_POLYGON = 6;

const TYPE_CODES = {
  Point: POINT,
  LineString: LINE_STRING,
  Polygon: POLYGON,
  MultiPoint: MULTI_POINT,
  MultiLineString: MULTI_LINE_STRING,
  MultiPolygon: MULTI_POLYGON,
} as const satisfies Record<Geometry['type'], number>;

/** Bits of the extended form. */
const EWKB_Z = 0x80000000;
const EWKB_M = 0x40000000;
const EWKB_SRID = 0x20000000;
/** What the form of ISO adds to a type with heights. */
const ISO_Z = 1000;

interface Cursor {
  readonly view: DataView;
  offset: number;
}

/**
 * Reads one geometry; an SRID in the bytes is skipped, since the caller knows it.
 * @throws Error on bytes that are no WKB of the six types, or have measures.
 */
export function readWkb(bytes: Uint8Array): Geometry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readGeometry({ view, offset: 0 });
}

interface Head {
  readonly type: number;
  readonly hasZ: boolean;
  readonly littleEndian: boolean;
}

function readHead(cursor: Cursor): Head {
  const littleEndian = cursor.view.getUint8(cursor.offset) === 1;
  const code = cursor.view.getUint32(cursor.offset + 1, littleEndian);
  cursor.offset += 5;
  if (code & EWKB_SRID) cursor.offset += 4;
  const iso = code & 0x0fffffff;
  if (code & EWKB_M || iso >= 2000) throw new Error('WKB with measures (M) is not read here');
  return { type: iso % 1000, hasZ: (code & EWKB_Z) !== 0 || iso >= 1000, littleEndian };
}

function readGeometry(cursor: Cursor): Geometry {
  const head = readHead(cursor);
  switch (head.type) {
    case POINT:
      return { type: 'Point', coordinates: readPosition(cursor, head) };
    case LINE_STRING:
      return { type: 'LineString', coordinates: readLine(cursor, head) };
    case POLYGON:
      return { type: 'Polygon', coordinates: readRings(cursor, head) };
    case MULTI_POINT:
      return { type: 'MultiPoint', coordinates: readParts(cursor, head, readPosition) };
    case MULTI_LINE_STRING:
      return { type: 'MultiLineString', coordinates: readParts(cursor, head, readLine) };
    case MULTI_POLYGON:
      return { type: 'MultiPolygon', coordinates: readParts(cursor, head, readRings) };
    default:
      throw new Error(`WKB type ${head.type} is not read here`);
  }
}

function readCount(cursor: Cursor, { littleEndian }: Head): number {
  const count = cursor.view.getUint32(cursor.offset, littleEndian);
  cursor.offset += 4;
  return count;
}

function readPosition(cursor: Cursor, { hasZ, littleEndian }: Head): Position {
  const { view, offset } = cursor;
  const x = view.getFloat64(offset, littleEndian);
  const y = view.getFloat64(offset + 8, littleEndian);
  cursor.offset = offset + (hasZ ? 24 : 16);
  return hasZ ? [x, y, view.getFloat64(offset + 16, littleEndian)] : [x, y];
}

function readLine(cursor: Cursor, head: Head): readonly Position[] {
  const positions: Position[] = [];
  for (let left = readCount(cursor, head); left > 0; left--) positions.push(readPosition(cursor, head));
  return positions;
}

function readRings(cursor: Cursor, head: Head): readonly Ring[] {
  const rings: Ring[] = [];
  for (let left = readCount(cursor, head); left > 0; left--) rings.push(readLine(cursor, head));
  return rings;
}

function readParts<T>(cursor: Cursor, head: Head, read: (cursor: Cursor, head: Head) => T): readonly T[] {
  const parts: T[] = [];
  for (let left = readCount(cursor, head); left > 0; left--) parts.push(read(cursor, readHead(cursor)));
  return parts;
}

/**
 * Writes the extended form, little-endian, with the SRID; 3D when every position has a height.
 * A mixture is written in 2D. Without an SRID and heights it is the plain form that everybody reads.
 */
export function writeEwkb(geometry: Geometry, srid: number | undefined): Uint8Array {
  return write(geometry, EWKB_Z, srid);
}

/** Writes the form of ISO (type codes from 1001 in 3D), little-endian, otherwise as `writeEwkb`. */
export function writeWkb(geometry: Geometry): Uint8Array {
  return write(geometry, ISO_Z, undefined);
}

function write(geometry: Geometry, zMark: number, srid: number | undefined): Uint8Array {
  const size = measure(geometry);
  const hasZ = size.positions > 0 && size.withHeight === size.positions;
  const head = srid === undefined ? -4 : 0;
  const bytes = new Uint8Array(size.bytes + head + size.positions * (hasZ ? 24 : 16));
  const cursor = { view: new DataView(bytes.buffer), offset: 0, zMark: hasZ ? zMark : 0 };
  writeHead(cursor, TYPE_CODES[geometry.type], srid);
  writeBody(cursor, geometry);
  return bytes;
}

interface WriteCursor extends Cursor {
  /** What is added to the codes of types; 0 in the plane. */
  readonly zMark: number;
}

interface Size {
  readonly bytes: number;
  readonly positions: number;
  readonly withHeight: number;
}

/** Bytes without the positions, and how many positions there are. */
function measure(geometry: Geometry): Size {
  const lines = linesOf(geometry);
  const heads = 9 + (geometry.type === 'Point' ? 0 : 4) + 5 * partsOf(geometry);
  const counts = 4 * countedListsOf(geometry);
  let [positions, withHeight] = [0, 0];
  for (const line of lines) {
    positions += line.length;
    for (const position of line) if (position.length === 3) withHeight++;
  }
  return { bytes: heads + counts, positions, withHeight };
}

function linesOf(geometry: Geometry): readonly (readonly Position[])[] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'LineString':
    case 'MultiPoint':
      return [geometry.coordinates];
    case 'Polygon':
    case 'MultiLineString':
      return geometry.coordinates;
    case 'MultiPolygon':
      return geometry.coordinates.flat();
  }
}

/** Geometries inside a multi-geometry, each with a head of its own. */
const partsOf = (geometry: Geometry): number =>
  geometry.type.startsWith('Multi') ? geometry.coordinates.length : 0;

/** Lists with a count, beyond the outermost. */
function countedListsOf(geometry: Geometry): number {
  if (geometry.type === 'Polygon' || geometry.type === 'MultiLineString') return geometry.coordinates.length;
  if (geometry.type !== 'MultiPolygon') return 0;
  return geometry.coordinates.reduce((sum, rings) => sum + 1 + rings.length, 0);
}

function writeHead(cursor: WriteCursor, type: number, srid?: number): void {
  const { view } = cursor;
  view.setUint8(cursor.offset, 1);
  const code = type + cursor.zMark + (srid === undefined ? 0 : EWKB_SRID);
  view.setUint32(cursor.offset + 1, code, true);
  cursor.offset += 5;
  if (srid !== undefined) writeCount(cursor, srid);
}

function writeBody(cursor: WriteCursor, geometry: Geometry): void {
  switch (geometry.type) {
    case 'Point':
      writePosition(cursor, geometry.coordinates);
      return;
    case 'LineString':
      writeLine(cursor, geometry.coordinates);
      return;
    case 'Polygon':
      writeRings(cursor, geometry.coordinates);
      return;
    case 'MultiPoint':
      writeCount(cursor, geometry.coordinates.length);
      for (const position of geometry.coordinates) {
        writeHead(cursor, POINT);
        writePosition(cursor, position);
      }
      return;
    case 'MultiLineString':
      writeCount(cursor, geometry.coordinates.length);
      for (const line of geometry.coordinates) {
        writeHead(cursor, LINE_STRING);
        writeLine(cursor, line);
      }
      return;
    case 'MultiPolygon':
      writeCount(cursor, geometry.coordinates.length);
      for (const rings of geometry.coordinates) {
        writeHead(cursor, POLYGON);
        writeRings(cursor, rings);
      }
      return;
  }
}

function writeCount(cursor: WriteCursor, count: number): void {
  cursor.view.setUint32(cursor.offset, count, true);
  cursor.offset += 4;
}

function writePosition(cursor: WriteCursor, position: Position): void {
  cursor.view.setFloat64(cursor.offset, position[0], true);
  cursor.view.setFloat64(cursor.offset + 8, position[1], true);
  const hasZ = cursor.zMark > 0;
  if (hasZ) cursor.view.setFloat64(cursor.offset + 16, position[2] ?? 0, true);
  cursor.offset += hasZ ? 24 : 16;
}

function writeLine(cursor: WriteCursor, line: readonly Position[]): void {
  writeCount(cursor, line.length);
  for (const position of line) writePosition(cursor, position);
}

function writeRings(cursor: WriteCursor, rings: Polygon['coordinates']): void {
  writeCount(cursor, rings.length);
  for (const ring of rings) writeLine(cursor, ring);
}
