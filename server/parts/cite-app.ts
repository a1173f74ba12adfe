/** The data set of OGC's suite for WMS behind the product's own WMS, without a database. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CITE_LAYERS, CITE_SRID, CITE_TERRAIN } from '../../core/cite/cite-layers.ts';
import { readCite } from '../../core/cite/read-cite.ts';
import { notFound } from '../../core/errors.ts';
import { memorySource } from '../../core/feature/memory-source.ts';
import { bboxOf } from '../../core/geo/bbox.ts';
import { TileCache } from '../../tiles/cached-source.ts';
import { keptPictures } from '../../tiles/picture/kept-pictures.ts';
import { memoryMaps } from '../../tiles/picture/memory-maps.ts';
import { makePicture } from '../../tiles/picture/picture-maker.ts';
import type { ReliefModel } from '../../tiles/picture/relief-picture.ts';
import { type Dtm, openDtm } from '../../tiles/terrain/dem.ts';
import { NO_CASCADE } from '../cascade/no-cascade.ts';
import { documentWriter } from '../documents/document-writer.ts';
import type { Log } from '../log.ts';
import { besideGround } from '../profiles/ground-services.ts';
import { wms } from '../protocols/wms/protocol.ts';
import type { Catalogue } from '../services/catalogue.ts';
import { groundModelOf } from './ground-model.ts';
import { type Address, type ServedAlone, serveAlone } from './serve-alone.ts';

const KEPT_PICTURE_BYTES = 16 * 1024 * 1024;

/**
 * @param folder with the files of the suite as GML: `Autos.xml`, `Lakes.xml` …
 * @throws TwinError for a file that is not there or cannot be read
 */
export async function startCite(folder: string, address: Address, log: Log): Promise<ServedAlone> {
  const read = CITE_LAYERS.map(async (each) => readCite(await documentOf(folder, each.file), each));
  const features = (await Promise.all(read)).flat();
  const layers = CITE_LAYERS.map(({ layer }) => layer);
  const source = memorySource(layers, features);
  const kept = keptPictures(new TileCache({ maxBytes: KEPT_PICTURE_BYTES }), '');
  const terrain = await terrainOf(folder);
  const ground =
    terrain && groundModelOf(terrain, { dataset: 'cite', source: 'CITE', synthetic: true }, CITE_TERRAIN);
  const catalogue: Catalogue = {
    layers: async () => layers,
    async status(name) {
      const inside = features.filter(({ layer }) => layer === name);
      const boxes = inside.flatMap(({ geometry }) => (geometry && bboxOf(geometry, 4326)) ?? []);
      const least = (side: 'minX' | 'minY') => Math.min(...boxes.map((box) => box[side]));
      const most = (side: 'maxX' | 'maxY') => Math.max(...boxes.map((box) => box[side]));
      return {
        ...{ count: inside.length, extent: [least('minX'), least('minY'), most('maxX'), most('maxY')] },
        ...{ loadedAt: undefined, knownSince: undefined, source: 'CITE', synthetic: true, version: 1 },
      };
    },
  };
  const parts = besideGround(
    { catalogue, featuresFor: () => source, maps: () => memoryMaps(source) },
    () => ground,
    () => ground,
  );
  const protocol = wms({
    ...parts,
    cascade: NO_CASCADE,
    pictures: { make: async (order) => makePicture(order) },
    keptPictures: () => kept,
    documents: documentWriter,
  });
  const served = await serveAlone([protocol], address, log);
  return {
    ...served,
    async close() {
      await served.close();
      await terrain?.close();
    },
  };
}

/** The model of heights of the suite, which lies beside its GML files; undefined where it does not. */
async function terrainOf(folder: string): Promise<(ReliefModel & Pick<Dtm, 'close'>) | undefined> {
  const path = join(folder, '..', 'raster', 'terrain.tif');
  const file = await stat(path).catch(() => undefined);
  return file && { ...(await openDtm(path, CITE_SRID)), version: `${file.size}` };
}

async function documentOf(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch {
    throw notFound(
      `There is no ${file} in ${folder}; name the folder of the GML files of ets-wms13`,
      'folder',
    );
  }
}
