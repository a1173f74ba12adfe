/** What every writer of an order's files is given, and gives. */
import type { Layer } from '../../../core/feature/layer.ts';
import type { FeatureStream } from '../../../core/feature/source.ts';
import type { DbfField } from '../../../core/formats/shapefile/dbf-columns.ts';
import { sridIn } from '../../../core/order/order-formats.ts';
import type { OrderFormat } from '../../../core/wire/order.ts';
import type { ZipFile } from '../../../tiles/zip-stream.ts';
import type { PackedRows } from '../../services/geo-packages.ts';
import type { OrderPlace, SettledOrder } from '../settle-order.ts';

export interface OrderedLayer {
  /** As the one who orders may see it. */
  readonly layer: Layer;
  /** Its objects within the area, in order of their ids. */
  readonly features: (srid: number) => FeatureStream;
  /** The same, packed: geometry, id, properties. */
  readonly packed: (srid: number) => PackedRows;
}

export interface OrderedFile extends ZipFile {
  readonly srid?: number;
  /** Of a Shapefile: what short names mean. */
  readonly fields?: readonly DbfField[];
}

export interface WrittenOrder {
  readonly place: OrderPlace;
  readonly settled: SettledOrder;
  /** Of the youngest thing that the files tell of. */
  readonly date: Date;
  /** What a file of these layers says of itself and of its use, written in this CRS: a line each. */
  readonly note: (layers: readonly Layer[], srid: number) => readonly string[];
  /** Names of layers that are made up. */
  readonly synthetic: readonly string[];
}

/**
 * The files of one format, one after another, each made while it is read.
 * @param layers those that go into this format, at least one
 */
export type OrderWriter = (
  layers: readonly OrderedLayer[],
  order: WrittenOrder,
) => AsyncIterable<OrderedFile> | Iterable<OrderedFile>;

/** The note of files whose format has no place for one, beside them under their name. */
export const noteBeside = (fileName: string, lines: readonly string[]): OrderedFile => ({
  name: `${fileName.replace(/\.[^./]+$/, '')}.note.txt`,
  bytes: [Buffer.from(`\uFEFF${[...lines, ''].join('\r\n')}`)],
});

/** CRS and heights stand in every name. */
export function orderFileName(
  format: OrderFormat,
  name: string,
  ending: string,
  { srid, heights }: SettledOrder['order'],
): string {
  return `${format}/${name}_EPSG${sridIn(format, srid)}_${heights}.${ending}`;
}
