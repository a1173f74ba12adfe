/** Formats for programs that read parts of large files. */
import { writeFlatGeobuf } from '../../../core/formats/flatgeobuf/write-flatgeobuf.ts';
import { writeGeoParquet } from '../../../core/formats/parquet/write-geo-parquet.ts';
import { filePerLayer } from './file-per-layer.ts';

export const writeFlatGeobufFiles = filePerLayer('fgb', ({ layer, features }, srid, heights) =>
  writeFlatGeobuf(features(srid), layer, srid, heights),
);

export const writeParquetFiles = filePerLayer('parquet', ({ layer, features }, srid, heights) =>
  writeGeoParquet(features(srid), layer, srid, heights),
);
