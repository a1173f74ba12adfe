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

const gmlPerLayer = filePerLayer('gml', ({ layer, features }, srid) =>
  writeGmlDocument(features(srid), layer, srid, GML_SCHEMA),
);

export const writeGmlFiles: OrderWriter = async function* (layers, order) {
  yield {
    name: `gml/${GML_SCHEMA}`,
    bytes: [Buffer.from(applicationSchema(layers.map(({ layer }) => layer)))],
  };
  yield* gmlPerLayer(layers, order);
};

export const writeGeoJsonFiles = filePerLayer('geojson', ({ layer, features }, srid, heights) => {
  const style = { order: 'easting-northing', unit: crsOf(srid).unit } as const;
  const head = { name: layer.name, crs: crsMember(srid), heights };
  return writeFeatureCollection(features(srid), { style, head });
});

export const writeCsvFiles = filePerLayer('csv', ({ layer, features }, srid) =>
  writeCsvFeatures(features(srid), layer, srid),
);

export const writeKmlFiles = filePerLayer('kml', ({ layer, features }, srid) =>
  writeKml(features(srid), layer),
);

export const writePointFiles = filePerLayer('txt', ({ layer, features }, srid, heights) =>
  writePointList(features(srid), layer, srid, heights),
);
