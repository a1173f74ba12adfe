/** Formats that are text, a file for each layer, written row by row. */
import { writeCsvFeatures } from '../../../core/formats/csv-features.ts';
import { crsMember, writeFeatureCollection } from '../../../core/formats/geojson.ts';
import { writeGmlDocument } from '../../../core/formats/gml-document.ts';
import { applicationSchema } from '../../../core/formats/gml-schema.ts';
import { writeKml } from '../../../core/formats/kml.ts';
import { writePointList } from '../../../core/formats/point-list.ts';
import { crsOf } from '../../../core/geo/crs.ts';
import { filePerLayer } from './file-per-layer.ts';
import type { OrderWriter } from './order-writer.ts';

const GML_SCHEMA = 'blizniak.xsd';

const gmlPerLayer = filePerLayer('gml', ({ layer, features }, { srid, note }) =>
  writeGmlDocument(features(srid), layer, srid, { schemaFile: GML_SCHEMA, note }),
);

export const writeGmlFiles: OrderWriter = async function* (layers, order) {
  yield {
    name: `gml/${GML_SCHEMA}`,
    bytes: [Buffer.from(applicationSchema(layers.map(({ layer }) => layer)))],
  };
  yield* gmlPerLayer(layers, order);
};

export const writeGeoJsonFiles = filePerLayer('geojson', ({ layer, features }, { srid, heights, note }) => {
  const style = { order: 'easting-northing', unit: crsOf(srid).unit } as const;
  const head = { name: layer.name, crs: crsMember(srid), heights, note };
  return writeFeatureCollection(features(srid), { style, head });
});

export const writeCsvFiles = filePerLayer(
  'csv',
  ({ layer, features }, { srid }) => writeCsvFeatures(features(srid), layer, srid),
  { hasNoteBeside: true },
);

export const writeKmlFiles = filePerLayer('kml', ({ layer, features }, { srid, note }) =>
  writeKml(features(srid), layer, note),
);

export const writePointFiles = filePerLayer('txt', ({ layer, features }, { srid, note }) =>
  writePointList(features(srid), layer, { srid, note }),
);
