/** A file of features in columns of its own, read by a mapping: each format gives rows, and the rows are one thing. */

import { notSupported } from '../../core/errors.ts';
import { mappedRows, rowsOfGeoJson, type TableRow } from '../../core/formats/mapped/reader.ts';
import type { ReadEvent } from '../../core/formats/reader.ts';
import type { CrsReference } from '../../core/geo/crs.ts';
import type { FeatureMapping } from '../../core/wire/feature-mapping.ts';
import { rowsOfCsv } from './csv-rows.ts';
import { decodeText, EncodingError } from './decode-text.ts';
import { featuresByOgr } from './features-by-ogr.ts';
import { textOf } from './file-on-disk.ts';

export interface MappedFile {
  readonly path: string;
  readonly crs: CrsReference | undefined;
  readonly signal: AbortSignal;
  /** Bytes of the file that have been read. */
  readonly onRead?: (done: number) => void;
}

/** Objects of the layer that the mapping is for; memory does not grow with the file. */
export const mappedFile = (file: MappedFile, mapping: FeatureMapping): AsyncGenerator<ReadEvent> =>
  mappedRows(rowsOfFile(file, mapping), mapping);

/**
 * The rows of a file by its ending.
 * @throws TwinError as the readers of the formats: unavailable without ogr2ogr where it is needed, not-supported for a file that
 *   is not what it is called
 */
export function rowsOfFile(
  { path, crs, signal, onRead = () => {} }: MappedFile,
  mapping: Pick<FeatureMapping, 'source' | 'geometry'>,
): AsyncGenerator<TableRow> {
  if (/\.(geo)?jsonl?$|\.geojsons(eq)?$/i.test(path)) return rowsOfGeoJson(textOf(path, signal, onRead), crs);
  if (/\.(csv|txt|tsv)$/i.test(path)) return rowsOfCsv(textOf(path, signal, onRead), mapping, crs);
  return rowsOfGeoJson(textByOgr(path, mapping.source, signal), crs);
}

/** GDAL hands on texts as they lie in the file where nothing says their encoding. */
async function* textByOgr(
  path: string,
  source: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<string> {
  try {
    yield* decodeText(featuresByOgr(path, source, signal));
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    const advice = /\.(?:shp|zip)$/i.test(path)
      ? 'put a file of the same name with the ending .cpg beside the table (in the archive, where it is one) that names their encoding, such as 1250 for windows-1250'
      : 'save it anew with texts in UTF-8';
    throw notSupported(
      `The texts of the file are not UTF-8, and nothing says what they are: ${advice}. Nothing was loaded`,
    );
  }
}
