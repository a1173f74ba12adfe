import type { HeightSystem } from '../../../core/geo/height-systems.ts';
import { sridIn } from '../../../core/order/order-formats.ts';
import type { OrderFormat } from '../../../core/wire/order.ts';
import {
  noteBeside,
  type OrderedFile,
  type OrderedLayer,
  type OrderWriter,
  orderFileName,
} from './order-writer.ts';

/** How a file says what it is, in which system, and for which use. */
export interface FileHead {
  /** EPSG code that it is written in; easting (longitude) first but in GML. */
  readonly srid: number;
  readonly heights: HeightSystem;
  /** A line each. */
  readonly note: readonly string[];
}

type LayerBytes = (layer: OrderedLayer, head: FileHead) => AsyncIterable<Uint8Array>;

interface FileKind {
  /** Whether the format has no place for the note. */
  readonly hasNoteBeside?: true;
}

/** A file for each layer, named after it. */
export const filePerLayer = (
  format: OrderFormat,
  bytes: LayerBytes,
  { hasNoteBeside }: FileKind = {},
): OrderWriter =>
  function* (layers, { settled: { order }, note: noteOf }): Generator<OrderedFile> {
    const srid = sridIn(format, order.srid);
    for (const one of layers) {
      const name = orderFileName(format, one.layer.name, format, order);
      const note = noteOf([one.layer], srid);
      yield { name, srid, bytes: bytes(one, { srid, heights: order.heights, note }) };
      if (hasNoteBeside) yield noteBeside(name, note);
    }
  };
