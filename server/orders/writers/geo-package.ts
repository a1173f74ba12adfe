import { qmlOf } from '../../../core/style/qml.ts';
import { sldOf } from '../../../core/style/sld.ts';
import { columnsOf } from '../../services/geo-packages.ts';
import { type OrderedLayer, type OrderWriter, orderFileName, type WrittenOrder } from './order-writer.ts';

/** One file of all layers. */
export const writeGeoPackageFile: OrderWriter = function* (layers, order) {
  const { order: asked } = order.settled;
  yield {
    name: orderFileName('gpkg', 'city', 'gpkg', asked),
    srid: asked.srid,
    bytes: geoPackage(layers, order),
  };
};

function geoPackage(
  layers: readonly OrderedLayer[],
  { place, settled, date, note }: WrittenOrder,
): AsyncIterable<Uint8Array> {
  const { srid } = settled.order;
  const written = layers.map(({ layer, packed }) => ({
    name: layer.name,
    title: layer.title.pl,
    description: note([layer], srid).join('\n'),
    style: { qml: qmlOf(layer, 'pl'), sld: sldOf(layer, 'pl') },
    geometryType: 'GEOMETRY' as const,
    srid,
    columns: columnsOf(layer.properties),
    rows: packed(srid),
  }));
  return place.geoPackages.write(written, date);
}
