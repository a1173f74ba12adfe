import { writeShapefile } from '../../../core/formats/shapefile/write-shapefile.ts';
import { type OrderWriter, orderFileName } from './order-writer.ts';

/** Some files for each layer, that belong together by their name. */
export const writeShapefiles: OrderWriter = async function* (layers, { settled: { order } }) {
  const { srid } = order;
  for (const { layer, features } of layers) {
    const { files, fields } = await writeShapefile(features(srid), layer, srid);
    for (const [ending, bytes] of Object.entries(files)) {
      const name = orderFileName('shp', layer.name, ending, order);
      yield { name, srid, bytes: [bytes], ...(ending === 'dbf' && { fields }) };
    }
  }
};
