/** Who writes what can be ordered: a new format is a writer here and its facts in `core/order/order-formats.ts`. */
import type { OrderFormat } from '../../../core/wire/order.ts';
import { writeFlatGeobufFiles, writeParquetFiles } from './binary-layers.ts';
import { writeCityGmlFiles, writeCityJsonFiles, writeGlbFiles, writeIfcFiles } from './buildings.ts';
import { writeDxfFile } from './dxf.ts';
import { writeGeoPackageFile } from './geo-package.ts';
import {
  writeCsvFiles,
  writeGeoJsonFiles,
  writeGmlFiles,
  writeKmlFiles,
  writePointFiles,
} from './layer-texts.ts';
import { writeMapFile } from './map-file.ts';
import { writeMapRaster } from './map-raster.ts';
import type { OrderWriter } from './order-writer.ts';
import { writeRegisterFiles } from './registers.ts';
import { writeShapefiles } from './shapefile.ts';
import { writeTerrainGrid, writeTerrainPoints, writeTerrainTiff, writeTerrainTin } from './terrain.ts';

export const ORDER_WRITERS: Readonly<Record<OrderFormat, OrderWriter>> = {
  gml: writeGmlFiles,
  gml2021: writeRegisterFiles,
  gpkg: writeGeoPackageFile,
  shp: writeShapefiles,
  dxf: writeDxfFile,
  geojson: writeGeoJsonFiles,
  fgb: writeFlatGeobufFiles,
  parquet: writeParquetFiles,
  csv: writeCsvFiles,
  kml: writeKmlFiles,
  txt: writePointFiles,
  citygml: writeCityGmlFiles,
  cityjson: writeCityJsonFiles,
  glb: writeGlbFiles,
  ifc: writeIfcFiles,
  'dtm-tif': writeTerrainTiff,
  'dtm-asc': writeTerrainGrid,
  'dtm-xyz': writeTerrainPoints,
  'dtm-landxml': writeTerrainTin,
  pdf: writeMapFile,
  'map-tif': writeMapRaster,
};
