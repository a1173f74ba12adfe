import type { Layer } from '../../../core/feature/layer.ts';
import type { DbfField } from '../../../core/formats/shapefile/dbf-columns.ts';
import { writeShapefile } from '../../../core/formats/shapefile/write-shapefile.ts';
import { qmlOf } from '../../../core/style/qml.ts';
import { renamedLayer } from '../../../core/style/renamed-layer.ts';
import { sldOf } from '../../../core/style/sld.ts';
import { noteBeside, type OrderedFile, type OrderWriter, orderFileName } from './order-writer.ts';

/** Some files for each layer, that belong together by their name; styles and the note under that name as well. */
export const writeShapefiles: OrderWriter = async function* (layers, { settled: { order }, note }) {
  const { srid } = order;
  for (const { layer, features } of layers) {
    const named = (by: string) => orderFileName('shp', layer.name, by, order);
    const all: DbfField[] = [];
    for await (const file of writeShapefile(() => features(srid), layer, srid)) {
      const { suffix, ending, bytes, fields } = file;
      const name = orderFileName('shp', `${layer.name}${suffix}`, ending, order);
      yield { name, srid, bytes, ...(fields && { fields }) };
      // Fields beyond what one table holds stand in tables without shapes, which no style is of.
      if (fields && !suffix.includes('_fields')) yield* stylesBeside(name, layer, fields);
      if (fields && !suffix.includes('_part')) all.push(...fields);
    }
    yield noteBeside(named('shp'), [...note([layer], srid), '', ...fieldLines(layer, all)]);
  }
};

/** Programs that open the Shapefile find them by its name. */
function* stylesBeside(name: string, layer: Layer, fields: readonly DbfField[]): Generator<OrderedFile> {
  const first = fields.filter(({ part }) => part === 0);
  const renamed = renamedLayer(layer, new Map(first.map(({ property, field }) => [property, field])));
  yield { name: name.replace(/dbf$/, 'qml'), bytes: [Buffer.from(qmlOf(renamed, 'pl'))] };
  yield { name: name.replace(/dbf$/, 'sld'), bytes: [Buffer.from(sldOf(renamed, 'pl'))] };
}

/** What the short names mean. */
const fieldLines = ({ properties }: Layer, fields: readonly DbfField[]): readonly string[] =>
  fields.map(({ field, property, part }) => {
    const label = properties.find(({ name }) => name === property)?.label;
    const meaning = label ? `${property}: ${label.pl} / ${label.en}` : property;
    return `${field} = ${meaning}${part === 0 ? '' : ` (${part + 1})`}`;
  });
