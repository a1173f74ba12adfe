/** dBASE III tables as Shapefiles have them, in UTF-8. */
import type { PropertyValue } from '../../feature/feature.ts';
import type { PropertyDeclaration } from '../../feature/layer.ts';
import { cellPieces, type DbfColumn } from './dbf-columns.ts';

/** Fields of one table. */
export const MOST_FIELDS = 255;
export const DBF_END = Uint8Array.of(0x1a);
const encoder = new TextEncoder();

export const dbfRowLength = (columns: readonly DbfColumn[]): number =>
  1 + columns.reduce((sum, { length }) => sum + length, 0);

/** @param count rows that follow */
export function dbfHead(columns: readonly DbfColumn[], count: number): Uint8Array {
  const length = 32 + 32 * columns.length + 1;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  // Version 3, and the first day that the format can say: the same content is the same bytes.
  bytes.set([0x03, 80, 1, 1]);
  view.setUint32(4, count, true);
  view.setUint16(8, length, true);
  view.setUint16(10, dbfRowLength(columns), true);
  for (const [index, column] of columns.entries()) {
    const at = 32 + 32 * index;
    bytes.set(encoder.encode(column.field), at);
    bytes[at + 11] = column.type.charCodeAt(0);
    bytes[at + 16] = column.length;
    bytes[at + 17] = column.decimals;
  }
  bytes[length - 1] = 0x0d;
  return bytes;
}

/**
 * One row.
 * @returns undefined when a value does not fit: it is not the one that was measured
 */
export function dbfRow(
  columns: readonly DbfColumn[],
  declarations: readonly Pick<PropertyDeclaration, 'name' | 'type'>[],
  valueIn: (property: string) => PropertyValue,
): Uint8Array | undefined {
  const pieces = new Map(declarations.map(({ name, type }) => [name, cellPieces(valueIn(name), type)]));
  const bytes = new Uint8Array(dbfRowLength(columns)).fill(0x20);
  let at = 1;
  for (const { property, part, type, length } of columns) {
    const value = pieces.get(property)?.[part] ?? new Uint8Array();
    if (value.length > length) return undefined;
    // Numbers stand at the right end of their field.
    bytes.set(value, type === 'N' ? at + length - value.length : at);
    at += length;
  }
  return bytes;
}
