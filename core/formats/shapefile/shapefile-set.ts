/** A Shapefile with all that belongs to it by its name: shapes, tables, CRS, character set, styles. */
import type { Layer } from '../../feature/layer.ts';
import type { FeatureStream } from '../../feature/source.ts';
import { qmlOf } from '../../style/qml.ts';
import { renamedLayer } from '../../style/renamed-layer.ts';
import { sldOf } from '../../style/sld.ts';
import type { DbfField } from './dbf-columns.ts';
import { type ShapefileFile, writeShapefile } from './write-shapefile.ts';

export interface ShapefileMember extends Pick<ShapefileFile, 'bytes' | 'fields'> {
  readonly name: string;
  /** A file of the Shapefile itself, not a style beside it. */
  readonly isData: boolean;
}

/**
 * @param features asked for once to look, then for each file of shapes and of attributes
 * @param named the name of a file, of its suffix and ending
 * @returns the fields of the tables in the end
 * @throws TwinError as `writeShapefile`
 */
export async function* shapefileSet(
  features: () => FeatureStream,
  layer: Layer,
  srid: number,
  named: (suffix: string, ending: string) => string,
): AsyncGenerator<ShapefileMember, readonly DbfField[]> {
  const all: DbfField[] = [];
  for await (const { suffix, ending, bytes, fields } of writeShapefile(features, layer, srid)) {
    yield { name: named(suffix, ending), bytes, ...(fields && { fields }), isData: true };
    // Fields beyond what one table holds stand in tables without shapes, which no style is of.
    if (fields && !suffix.includes('_fields')) yield* styles(layer, fields, (end) => named(suffix, end));
    if (fields && !suffix.includes('_part')) all.push(...fields);
  }
  return all;
}

/** Programs that open the Shapefile find them by its name. */
function* styles(
  layer: Layer,
  fields: readonly DbfField[],
  named: (ending: string) => string,
): Generator<ShapefileMember> {
  const first = fields.filter(({ part }) => part === 0);
  const renamed = renamedLayer(layer, new Map(first.map(({ property, field }) => [property, field])));
  const encode = (text: string) => [new TextEncoder().encode(text)];
  yield { name: named('qml'), bytes: encode(qmlOf(renamed, 'pl')), isData: false };
  yield { name: named('sld'), bytes: encode(sldOf(renamed, 'pl')), isData: false };
}

/** What the short names mean, a line for each field. */
export const fieldLines = ({ properties }: Layer, fields: readonly DbfField[]): readonly string[] =>
  fields.map(({ field, property, part }) => {
    const label = properties.find(({ name }) => name === property)?.label;
    const meaning = label ? `${property}: ${label.pl} / ${label.en}` : property;
    return `${field} = ${meaning}${part === 0 ? '' : ` (${part + 1})`}`;
  });
