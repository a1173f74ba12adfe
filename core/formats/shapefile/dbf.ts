/** dBASE III tables as Shapefiles have them, in UTF-8: nothing is cut or rounded. */

import { tooLarge } from '../../errors.ts';
import type { PropertyValue } from '../../feature/feature.ts';
import type { PropertyDeclaration, PropertyType } from '../../feature/layer.ts';
import { plainText } from '../coordinate-text.ts';

/** A field as it stands in the table. */
export interface DbfField {
  /** Ten characters at most, capitals. */
  readonly field: string;
  /** What it holds; a long text goes on in fields of the same property. */
  readonly property: string;
  readonly part: number;
}

const [LONGEST_TEXT, LONGEST_NUMBER, MOST_FIELDS, LONGEST_NAME] = [254, 32, 255, 10];
const encoder = new TextEncoder();

interface FieldShape {
  readonly type: 'C' | 'N' | 'L' | 'D';
  readonly length: number;
  readonly decimals: number;
}

interface Field extends FieldShape, DbfField {
  /** One for each row. */
  readonly values: readonly Uint8Array[];
}

/** @param rows values in the order of the declarations */
export function writeDbf(
  declarations: readonly Pick<PropertyDeclaration, 'name' | 'type'>[],
  rows: readonly (readonly PropertyValue[])[],
): { readonly bytes: Uint8Array; readonly fields: readonly DbfField[] } {
  const taken = new Set<string>();
  const fields: Field[] = [];
  for (const [index, { name, type }] of declarations.entries()) {
    const texts = rows.map((row) => cellText(row[index] ?? null, type));
    const parts =
      type === 'text' || type === 'datetime' ? inParts(texts) : [texts.map((each) => encoder.encode(each))];
    for (const [part, values] of parts.entries()) {
      const length = values.reduce((most, value) => Math.max(most, value.length), 1);
      const decimals = type === 'number' ? mostDecimals(texts) : 0;
      fields.push({
        ...{ field: shortName(name, part, taken), property: name, part, values },
        ...shapeOf(type, length, decimals),
      });
    }
  }
  if (fields.length > MOST_FIELDS) {
    throw tooLarge(
      `A Shapefile holds ${MOST_FIELDS} fields and this layer needs ${fields.length}; take GeoPackage`,
      'formats',
    );
  }
  return {
    bytes: bytesOf(fields, rows.length),
    fields: fields.map(({ field, property, part }) => ({ field, property, part })),
  };
}

function shapeOf(type: PropertyType, length: number, decimals: number): FieldShape {
  switch (type) {
    case 'boolean':
      return { type: 'L', length: 1, decimals: 0 };
    case 'date':
      return { type: 'D', length: 8, decimals: 0 };
    case 'integer':
    case 'number':
      if (length > LONGEST_NUMBER)
        throw tooLarge('A number has too many digits for a Shapefile; take GeoPackage', 'formats');
      return { type: 'N', length, decimals };
    default:
      return { type: 'C', length, decimals: 0 };
  }
}

function cellText(value: PropertyValue, type: PropertyType): string {
  if (value === null) return '';
  switch (type) {
    case 'boolean':
      return value ? 'T' : 'F';
    case 'date':
      return String(value).slice(0, 10).replaceAll('-', '');
    case 'number':
    case 'integer':
      return plainText(Number(value));
    default:
      return String(value);
  }
}

const mostDecimals = (texts: readonly string[]): number =>
  texts.reduce(
    (most, text) => Math.max(most, text.includes('.') ? text.length - text.indexOf('.') - 1 : 0),
    0,
  );

/** Texts in pieces of the bytes that a field holds, never within a character. */
function inParts(texts: readonly string[]): readonly (readonly Uint8Array[])[] {
  const parts: Uint8Array[][] = [texts.map((text) => encoder.encode(text))];
  for (let part = 0; parts[part]?.some(({ length }) => length > LONGEST_TEXT); part++) {
    const whole = parts[part] ?? [];
    const cuts = whole.map((bytes) => cutAt(bytes));
    parts[part] = whole.map((bytes, row) => bytes.subarray(0, cuts[row]));
    parts.push(whole.map((bytes, row) => bytes.subarray(cuts[row])));
  }
  return parts;
}

function cutAt(bytes: Uint8Array): number {
  if (bytes.length <= LONGEST_TEXT) return bytes.length;
  let at = LONGEST_TEXT;
  while (at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return at;
}

function shortName(name: string, part: number, taken: Set<string>): string {
  const whole = name.toUpperCase();
  const tail = part === 0 ? '' : `_${part + 1}`;
  let short = whole.slice(0, LONGEST_NAME - tail.length) + tail;
  for (let count = 1; taken.has(short); count++) {
    const ending = `${tail}${count}`;
    short = whole.slice(0, LONGEST_NAME - ending.length) + ending;
  }
  taken.add(short);
  return short;
}

function bytesOf(fields: readonly Field[], count: number): Uint8Array {
  const headLength = 32 + 32 * fields.length + 1;
  const rowLength = 1 + fields.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(headLength + rowLength * count + 1).fill(0x20, headLength);
  const view = new DataView(bytes.buffer);
  // Version 3, and the first day that the format can say: the same content is the same bytes.
  bytes.set([0x03, 80, 1, 1]);
  view.setUint32(4, count, true);
  view.setUint16(8, headLength, true);
  view.setUint16(10, rowLength, true);
  for (const [index, { field, type, length, decimals }] of fields.entries()) {
    const at = 32 + 32 * index;
    bytes.set(encoder.encode(field), at);
    bytes[at + 11] = type.charCodeAt(0);
    bytes[at + 16] = length;
    bytes[at + 17] = decimals;
  }
  bytes[headLength - 1] = 0x0d;
  for (let row = 0; row < count; row++) {
    let at = headLength + row * rowLength + 1;
    for (const { values, type, length } of fields) {
      const value = values[row] ?? new Uint8Array();
      // Numbers stand at the right end of their field.
      bytes.set(value, type === 'N' ? at + length - value.length : at);
      at += length;
    }
  }
  bytes[bytes.length - 1] = 0x1a;
  return bytes;
}
