/** The 3D model of the twin as one file, by the writers of orders. */
import { basename } from 'node:path';
import { notFound } from '../../core/errors.ts';
import type { DressedFeature, DressedStream } from '../../core/formats/appearance/dressed-feature.ts';
import { writeCityGml } from '../../core/formats/citygml/write-city-gml.ts';
import { writeCityJson } from '../../core/formats/cityjson/write-city-json.ts';
import { CITY_HEIGHTS } from '../../core/geo/height-systems.ts';
import { dressedBuildings, pictureFolder, writePictures } from './dressed-buildings.ts';
import { type ExportScope, openExport } from './export-scope.ts';

const WRITERS = { citygml2: writeCityGml, cityjson2: writeCityJson };
export type BuildingFormat = keyof typeof WRITERS;
export const BUILDING_FORMATS = Object.keys(WRITERS) as readonly BuildingFormat[];

export interface BuildingsExporting extends Omit<ExportScope, 'withEnded'> {
  readonly format: BuildingFormat;
  readonly path: string;
}

export interface BuildingsExported {
  readonly file: string;
  readonly format: BuildingFormat;
  readonly crs: string;
  readonly heights: string;
  readonly dataset: string;
  readonly objects: number;
  readonly bytes: number;
  /** Files of pictures in the folder beside it. */
  readonly pictures: number;
  readonly seconds: number;
}

const LAYER = 'buildings_3d';

/**
 * Streams: of CityJSON the corners are held, as whole numbers, for they stand at its end.
 * @throws TwinError not-found for a dataset without 3D model; otherwise as `openExport` and its `write`
 */
export async function exportBuildings(options: BuildingsExporting): Promise<BuildingsExported> {
  const { format, path, onProgress = () => {} } = options;
  const started = performance.now();
  const { dataset, srid, features, layers, count, write } = await openExport(options, [LAYER]);
  const layer = layers.find(({ name }) => name === LAYER || name === `${dataset}.${LAYER}`);
  const stream = features(LAYER);
  if (!layer || !stream) throw notFound(`The dataset ${dataset} has no 3D buildings`, 'dataset');
  const total = await count(LAYER);
  let objects = 0;
  const told = (done: number) => {
    objects = done;
    onProgress(done, total);
  };
  const note = [`${layer.steward.pl}; ${layer.licence.pl}`];
  const folder = pictureFolder(path);
  const pictures = writePictures(options.pool, folder, options.signal);
  const buildings = dressedBuildings(options.pool, counted(stream, told), pictures.take, options.signal);
  const bytes = await write(
    path,
    WRITERS[format](buildings, layer, srid, CITY_HEIGHTS, note, basename(folder)),
  );
  return {
    pictures: pictures.count(),
    ...{ file: path, format, crs: `EPSG:${srid}`, heights: CITY_HEIGHTS, dataset, objects, bytes },
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

/** Ids in the file name the layer of the city, whatever dataset the building lies in. */
async function* counted(
  features: DressedStream,
  told: (done: number) => void,
): AsyncGenerator<DressedFeature> {
  let done = 0;
  for await (const feature of features) {
    yield { ...feature, layer: LAYER };
    done++;
    if (done % 500 === 0) told(done);
  }
  told(done);
}
