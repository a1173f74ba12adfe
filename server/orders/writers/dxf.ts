import { writeDxf } from '../../../core/formats/dxf/write-dxf.ts';
import { type OrderWriter, orderFileName } from './order-writer.ts';

/** One drawing of all layers. */
export const writeDxfFile: OrderWriter = function* (layers, { settled: { order } }) {
  const { srid } = order;
  const sources = layers.map(({ layer, features }) => ({ layer, features: features(srid) }));
  yield { name: orderFileName('dxf', 'city', 'dxf', order), srid, bytes: writeDxf(sources) };
};
