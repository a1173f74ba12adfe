import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { readWkb, writeWkb } from '../../core/geo/wkb.ts';
import type { PackedRows } from '../services/geo-packages.ts';

/** Fields of a row before the properties: geometry and id. */
const BEFORE_PROPERTIES = 2;
const NOTHING = -1;

/**
 * Rows as the database packs them, with heights moved where they stand: a height takes as many bytes as before.
 * @param move of an object without those properties that hold no heights
 */
export async function* movedRows(
  rows: PackedRows,
  layer: Layer,
  move: (feature: Feature) => Feature,
): AsyncGenerator<Buffer> {
  const heights = layer.properties.flatMap(({ name, heightSystem }, index) =>
    heightSystem === 'city' ? [{ name, field: BEFORE_PROPERTIES + index }] : [],
  );
  for await (const chunk of rows) {
    for (let at = 0; at < chunk.length; ) {
      const fields: (Buffer | undefined)[] = [];
      const count = chunk.readInt16BE(at);
      at += 2;
      for (let field = 0; field < count; field++) {
        const length = chunk.readInt32BE(at);
        at += 4;
        fields.push(length === NOTHING ? undefined : chunk.subarray(at, at + length));
        at += Math.max(0, length);
      }
      moveRow(fields, layer.name, heights, move);
    }
    yield chunk;
  }
}

function moveRow(
  fields: readonly (Buffer | undefined)[],
  layer: string,
  heights: readonly { readonly name: string; readonly field: number }[],
  move: (feature: Feature) => Feature,
): void {
  const [shape, id] = fields;
  const properties: Record<string, PropertyValue> = {};
  for (const { name, field } of heights) properties[name] = fields[field]?.readDoubleBE() ?? null;
  const { geometry, properties: moved } = move({
    ...{ layer, id: id?.toString() ?? '', properties },
    geometry: shape && readWkb(shape),
  });
  if (geometry) shape?.set(writeWkb(geometry));
  for (const { name, field } of heights) {
    const value = moved[name];
    if (typeof value === 'number') fields[field]?.writeDoubleBE(value);
  }
}
