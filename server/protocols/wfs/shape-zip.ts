/** A Shapefile in a ZIP archive: what clients call SHAPE-ZIP. A layer has one kind of geometry, hence one file of shapes. */
import type { Layer } from '../../../core/feature/layer.ts';
import type { FeatureStream } from '../../../core/feature/source.ts';
import { fieldLines, shapefileSet } from '../../../core/formats/shapefile/shapefile-set.ts';
import { type ZipFile, zipStream } from '../../../tiles/zip-stream.ts';

/** @param features the same each time: they are gone through for a look, for the shapes and for the table */
export const writeShapeZip = (
  features: () => FeatureStream,
  layer: Layer,
  srid: number,
): AsyncGenerator<Uint8Array> => zipStream(filesOf(features, layer, srid));

async function* filesOf(features: () => FeatureStream, layer: Layer, srid: number): AsyncGenerator<ZipFile> {
  const named = (suffix: string, ending: string) => `${layer.name}${suffix}.${ending}`;
  const fields = yield* shapefileSet(features, layer, srid, named);
  const { title, steward, licence } = layer;
  const about = (['pl', 'en'] as const).map(
    (language) => `${title[language]}, ${steward[language]}. ${licence[language]}`,
  );
  const lines = [...about, `EPSG:${srid}`, '', ...fieldLines(layer, fields), ''];
  yield { name: named('', 'note.txt'), bytes: [Buffer.from(`\uFEFF${lines.join('\r\n')}`)] };
}
