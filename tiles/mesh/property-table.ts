import type { PropertyValue } from '../../core/feature/feature.ts';
import type { PropertyDeclaration } from '../../core/feature/layer.ts';

/** Bytes that go into one buffer; views of it are named by number. */
export interface BufferWriter {
  /** Appends bytes at a multiple of 8 and returns the number of the new view. */
  add(bytes: Uint8Array, extra?: Readonly<Record<string, unknown>>): number;
}

/** Values that stand for "not known", as the class declares them. */
const NO_TEXT = '';
const NO_INTEGER = -32_768;
const NO_NUMBER = -9999;

/** What the objects of a tileset are called in its metadata. */
export interface FeatureClass {
  /** Of the schema. */
  readonly schema: string;
  /** Of the class in it. */
  readonly id: string;
  readonly title: string;
}

export const BUILDING_CLASS: FeatureClass = {
  schema: 'blizniak_buildings',
  id: 'building',
  title: 'Budynek / Building',
};

/**
 * The class of the objects (3D Metadata 1.1): one property each, named in Polish and English with its unit.
 * @param withDescriptions false leaves out what people read, to keep tiles small
 */
export function metadataSchema(
  properties: readonly PropertyDeclaration[],
  withDescriptions: boolean,
  { schema, id: className, title }: FeatureClass,
) {
  const described = properties.map((property) => {
    const { label, unit, codelist } = property;
    const codes = codelist?.map(({ code, label: { pl, en } }) => `${code} = ${pl} / ${en}`).join('; ');
    const description = `${label.pl} / ${label.en}${unit ? ` [${unit}]` : ''}${codes ? `: ${codes}` : ''}`;
    return [property.name, { ...typeOf(property), ...(withDescriptions ? { description } : {}) }] as const;
  });
  const id = { type: 'STRING', required: true, semantic: 'ID' };
  return {
    id: schema,
    classes: {
      [className]: {
        ...(withDescriptions ? { name: title } : {}),
        properties: {
          id: withDescriptions ? { ...id, description: 'Identyfikator / Identifier' } : id,
          ...Object.fromEntries(described),
        },
      },
    },
  };
}

function typeOf({ type }: PropertyDeclaration) {
  switch (type) {
    case 'integer':
      return { type: 'SCALAR', componentType: 'INT16', noData: NO_INTEGER };
    case 'number':
      return { type: 'SCALAR', componentType: 'FLOAT32', noData: NO_NUMBER };
    case 'boolean':
    case 'text':
    case 'date':
    case 'datetime':
      return { type: 'STRING', noData: NO_TEXT };
  }
}

export interface PropertyRow {
  readonly id: string;
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

/** The rows as a property table of EXT_structural_metadata; its columns go into the buffer. */
export function writePropertyTable(
  rows: readonly PropertyRow[],
  properties: readonly PropertyDeclaration[],
  buffer: BufferWriter,
  { id: className }: FeatureClass,
) {
  const columns: Record<string, object> = {
    id: textColumn(
      rows.map(({ id }) => id),
      buffer,
    ),
  };
  for (const property of properties) {
    const values = rows.map((row) => row.properties[property.name] ?? null);
    columns[property.name] = columnOf(property, values, buffer);
  }
  return { class: className, count: rows.length, properties: columns };
}

function columnOf({ type }: PropertyDeclaration, values: readonly PropertyValue[], buffer: BufferWriter) {
  if (type === 'number') {
    return { values: buffer.add(bytesOf(Float32Array.from(values, (v) => finite(v, NO_NUMBER)))) };
  }
  if (type === 'integer') {
    const whole = (v: PropertyValue): number => {
      const value = Math.round(finite(v, NO_INTEGER));
      return Math.abs(value) <= 32_767 ? value : NO_INTEGER;
    };
    return { values: buffer.add(bytesOf(Int16Array.from(values, whole))) };
  }
  return textColumn(
    values.map((value) => (value === null ? NO_TEXT : String(value))),
    buffer,
  );
}

function finite(value: PropertyValue, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function textColumn(texts: readonly string[], buffer: BufferWriter) {
  const encoder = new TextEncoder();
  const chunks = texts.map((text) => encoder.encode(text));
  const offsets = new Uint32Array(texts.length + 1);
  chunks.forEach((chunk, i) => {
    offsets[i + 1] = (offsets[i] ?? 0) + chunk.length;
  });
  const bytes = new Uint8Array(offsets.at(-1) ?? 0);
  chunks.forEach((chunk, i) => {
    bytes.set(chunk, offsets[i] ?? 0);
  });
  return { values: buffer.add(bytes), stringOffsets: buffer.add(bytesOf(offsets)) };
}

export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
