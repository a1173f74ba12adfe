import { writeShapefile } from '../../../core/formats/shapefile/write-shapefile.ts';
import { type OrderWriter, orderFileName } from './order-writer.ts';

/** Some files for each layer, that belong together by their name. */
export const writeShapefiles: OrderWriter = async function* (layers, { settled: { order } }) {
  const { srid } = order;
  for (const { layer, features } of layers) {
    for await (const file of writeShapefile(() => features(srid), layer, srid)) {
      const { suffix, ending, bytes, fields } = file;
      const name = orderFileName('shp', `${layer.name}${suffix}`, ending, order);
      yield { name, srid, bytes, ...(fields && { fields }) };
    }
  }
};
