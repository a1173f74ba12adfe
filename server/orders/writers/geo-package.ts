import type { Feature, PropertyValue } from '../../../core/feature/feature.ts';
import type { Layer, PropertyType } from '../../../core/feature/layer.ts';
import { batchesOf, type FeatureStream } from '../../../core/feature/source.ts';
import { qmlOf } from '../../../core/style/qml.ts';
import { sldOf } from '../../../core/style/sld.ts';
import type { GeoPackageColumn, GeoPackageRow } from '../../services/geo-packages.ts';
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

const COLUMNS: Readonly<Record<PropertyType, GeoPackageColumn['type']>> = {
  ...{ text: 'TEXT', integer: 'INTEGER', number: 'REAL', boolean: 'INTEGER', date: 'TEXT', datetime: 'TEXT' },
};

async function* geoPackage(
  layers: readonly OrderedLayer[],
  { place, settled, date }: WrittenOrder,
): AsyncGenerator<Uint8Array> {
  const { srid } = settled.order;
  const written = layers.map(({ layer, features }) => ({
    name: layer.name,
    title: layer.title.pl,
    style: { qml: qmlOf(layer, 'pl'), sld: sldOf(layer, 'pl') },
    geometryType: 'GEOMETRY' as const,
    srid,
    columns: [
      { name: 'id', type: 'TEXT' as const },
      ...layer.properties.map(({ name, type }) => ({ name, type: COLUMNS[type] })),
    ],
    rows: geoPackageRows(layer, () => features(srid)),
  }));
  yield await place.geoPackages.write(written, date);
}

/** Rows as they come from the source, many at a time. */
async function* geoPackageRows(
  layer: Layer,
  features: () => FeatureStream,
): AsyncGenerator<Iterable<GeoPackageRow>> {
  const names = layer.properties.map(({ name }) => name);
  for await (const batch of batchesOf(features())) yield rowsOf(batch, names);
}

function* rowsOf(batch: Iterable<Feature>, names: readonly string[]): Generator<GeoPackageRow> {
  for (const { id, geometry, properties } of batch) {
    yield { geometry, values: [id, ...names.map((name) => geoPackageValue(properties[name] ?? null))] };
  }
}

const geoPackageValue = (value: PropertyValue) => (typeof value === 'boolean' ? Number(value) : value);
