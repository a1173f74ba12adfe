import { writeDxf } from '../../../core/formats/dxf/write-dxf.ts';
import { type OrderWriter, orderFileName } from './order-writer.ts';

/** One drawing of all layers. */
export const writeDxfFile: OrderWriter = function* (layers, { settled: { order }, note }) {
  const { srid } = order;
  const sources = layers.map(({ layer, features }) => ({ layer, features: features(srid) }));
  const said = note(
    layers.map(({ layer }) => layer),
    srid,
  );
  yield { name: orderFileName('dxf', 'city', 'dxf', order), srid, bytes: writeDxf(sources, said) };
};
