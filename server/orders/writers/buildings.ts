/** Formats of bodies: what each surface of a building is stays with it. */
import { posix } from 'node:path';
import type { Picture } from '../../../core/building/appearance.ts';
import { pictureName } from '../../../core/formats/appearance/dressed-feature.ts';
import { writeCityGml } from '../../../core/formats/citygml/write-city-gml.ts';
import { writeCityJson } from '../../../core/formats/cityjson/write-city-json.ts';
import { writeIfc } from '../../../core/formats/ifc/write-ifc.ts';
import { sridIn } from '../../../core/order/order-formats.ts';
import type { OrderFormat } from '../../../core/wire/order.ts';
import { writeOrderGlb } from '../../../tiles/mesh/write-order-glb.ts';
import { dressedBuildings, pictureBytes, pictureFolder } from '../dressed-buildings.ts';
import { filePerLayer } from './file-per-layer.ts';
import { type OrderedFile, type OrderWriter, orderFileName } from './order-writer.ts';

type WriteModel = typeof writeCityGml;

/** A file for each layer, and beside it a folder of the pictures that it refers to, each once. */
const dressedPerLayer = (format: OrderFormat, ending: string, write: WriteModel): OrderWriter =>
  async function* (layers, { place, settled: { order, view, signal }, note }): AsyncGenerator<OrderedFile> {
    const srid = sridIn(format, order.srid);
    const pool = place.poolOf(view);
    for (const { layer, features } of layers) {
      const name = orderFileName(format, layer.name, ending, order);
      const folder = pictureFolder(name);
      const pictures = new Map<string, Picture>();
      const take = async (picture: Picture): Promise<void> => void pictures.set(picture.image, picture);
      const buildings = dressedBuildings(pool, features(srid), take, signal);
      const said = note([layer], srid);
      yield { name, srid, bytes: write(buildings, layer, srid, order.heights, said, posix.basename(folder)) };
      for (const picture of pictures.values()) {
        const path = `${folder}/${pictureName(picture)}`;
        yield { name: path, bytes: [await pictureBytes(pool, picture, signal)] };
      }
    }
  };

export const writeCityGmlFiles = dressedPerLayer('citygml', 'gml', writeCityGml);
export const writeCityJsonFiles = dressedPerLayer('cityjson', 'city.json', writeCityJson);

export const writeGlbFiles = filePerLayer(
  'glb',
  async function* ({ layer, features }, { srid, heights, note }) {
    yield await writeOrderGlb(features(srid), layer, srid, heights, note);
  },
);

export const writeIfcFiles = filePerLayer('ifc', ({ layer, features }, { srid, heights, note }) =>
  writeIfc(features(srid), layer, srid, heights, note),
);
