/** Formats of bodies: what each surface of a building is stays with it. */
import { writeCityGml } from '../../../core/formats/citygml/write-city-gml.ts';
import { writeCityJson } from '../../../core/formats/cityjson/write-city-json.ts';
import { writeIfc } from '../../../core/formats/ifc/write-ifc.ts';
import { writeOrderGlb } from '../../../tiles/mesh/write-order-glb.ts';
import { filePerLayer } from './file-per-layer.ts';

export const writeCityGmlFiles = filePerLayer(
  'citygml',
  ({ layer, features }, { srid, heights, note }) => writeCityGml(features(srid), layer, srid, heights, note),
  { ending: 'gml' },
);

export const writeCityJsonFiles = filePerLayer(
  'cityjson',
  ({ layer, features }, { srid, heights, note }) => writeCityJson(features(srid), layer, srid, heights, note),
  { ending: 'city.json' },
);

export const writeGlbFiles = filePerLayer(
  'glb',
  async function* ({ layer, features }, { srid, heights, note }) {
    yield await writeOrderGlb(features(srid), layer, srid, heights, note);
  },
);

export const writeIfcFiles = filePerLayer('ifc', ({ layer, features }, { srid, heights, note }) =>
  writeIfc(features(srid), layer, srid, heights, note),
);
