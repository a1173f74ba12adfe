import { fieldLines, shapefileSet } from '../../../core/formats/shapefile/shapefile-set.ts';
import { noteBeside, type OrderWriter, orderFileName } from './order-writer.ts';

/** Some files for each layer, that belong together by their name; styles and the note under that name as well. */
export const writeShapefiles: OrderWriter = async function* (layers, { settled: { order }, note }) {
  const { srid } = order;
  for (const { layer, features } of layers) {
    const named = (suffix: string, ending: string) =>
      orderFileName('shp', `${layer.name}${suffix}`, ending, order);
    const files = shapefileSet(() => features(srid), layer, srid, named);
    let next = await files.next();
    for (; !next.done; next = await files.next()) {
      const { isData, ...file } = next.value;
      yield { ...file, ...(isData && { srid }) };
    }
    const lines = [...note([layer], srid), '', ...fieldLines(layer, next.value)];
    yield noteBeside(named('', 'shp'), lines);
  }
};
