/** Formats for programs that read parts of large files. */
import { writeFlatGeobuf } from '../../../core/formats/flatgeobuf/write-flatgeobuf.ts';
import { writeGeoParquet } from '../../../core/formats/parquet/write-geo-parquet.ts';
import { filePerLayer } from './file-per-layer.ts';

export const writeFlatGeobufFiles = filePerLayer('fgb', ({ layer, features }, { srid, heights, note }) =>
  writeFlatGeobuf(features(srid), layer, { srid, heights, note }),
);

export const writeParquetFiles = filePerLayer('parquet', ({ layer, features }, { srid, heights, note }) =>
  writeGeoParquet(features(srid), layer, srid, heights, note),
);
