/** What lies in a package beside the data: how layers are drawn, and what is known of them. */
import type { LayerStatus } from '../../core/feature/layer.ts';
import { isoMetadata } from '../../core/metadata/iso-metadata.ts';
import { layerRecord } from '../../core/metadata/metadata-record.ts';
import { packageRecord } from '../../core/order/order-record.ts';
import { qmlOf } from '../../core/style/qml.ts';
import { sldOf } from '../../core/style/sld.ts';
import { areaBox } from './area-box.ts';
import type { SettledOrder } from './settle-order.ts';
import type { OrderedFile } from './writers/order-writer.ts';

/**
 * Styles for QGIS and for others, metadata by ISO 19139 of each layer and of the package.
 * @param statuses of the layers, in their order
 * @param version of the package
 */
export function* papersOf(
  { order, layers, area, estimate }: SettledOrder,
  statuses: readonly LayerStatus[],
  citySrid: number,
  version: string,
): Generator<OrderedFile> {
  const text = (name: string, content: string): OrderedFile => ({ name, bytes: [Buffer.from(content)] });
  for (const layer of layers) {
    yield text(`styles/${layer.name}.qml`, qmlOf(layer, 'pl'));
    yield text(`styles/${layer.name}.sld`, sldOf(layer, 'pl'));
  }
  const records = layers.flatMap((layer, index) => {
    const status = statuses[index];
    return status ? [layerRecord(layer, status, layer.srid)] : [];
  });
  for (const [index, record] of records.entries()) {
    yield text(`metadata/${layers[index]?.name}.xml`, isoMetadata({ ...record, srid: order.srid }));
  }
  const box = areaBox(area, citySrid);
  const record = packageRecord(order, records, { version, box, objects: estimate.objects });
  yield text('metadata/package.xml', isoMetadata(record));
}
