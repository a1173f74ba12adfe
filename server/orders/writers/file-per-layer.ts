import { sridIn } from '../../../core/order/order-formats.ts';
import type { OrderFormat } from '../../../core/wire/order.ts';
import { type OrderedFile, type OrderedLayer, type OrderWriter, orderFileName } from './order-writer.ts';

/** @param srid EPSG code that it is written in; easting (longitude) first but in GML */
type LayerBytes = (layer: OrderedLayer, srid: number, heights: string) => AsyncIterable<Uint8Array>;

/** A file for each layer, named after it. */
export const filePerLayer = (format: OrderFormat, bytes: LayerBytes, ending: string = format): OrderWriter =>
  function* (layers, { settled: { order } }): Generator<OrderedFile> {
    const srid = sridIn(format, order.srid);
    for (const one of layers) {
      const name = orderFileName(format, one.layer.name, ending, order);
      yield { name, srid, bytes: bytes(one, srid, order.heights) };
    }
  };
