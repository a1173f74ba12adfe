import type { Layer } from '../feature/layer.ts';
import type { FeatureStream } from '../feature/source.ts';
import { crsOf, crsUrn } from '../geo/crs.ts';
import { escapeText } from '../xml/writer.ts';
import { ByteWriter } from './byte-writer.ts';
import { inChunks } from './chunks.ts';
import { GML_NAMESPACE, TWIN_NAMESPACE, TWIN_PREFIX, writeFeatureGml } from './gml.ts';

export interface GmlDocument {
  /** Address of the application schema, beside the document. */
  readonly schemaFile: string;
  /** What it says of itself and of its use, a line each. */
  readonly note: readonly string[];
}

/** The features of a layer as a document of their own (GML 3.2.1), in the order of axes of the authority. */
export async function* writeGmlDocument(
  features: FeatureStream,
  layer: Layer,
  srid: number,
  { schemaFile, note }: GmlDocument,
): AsyncGenerator<Uint8Array> {
  const { authorityOrder: order, unit } = crsOf(srid);
  const style = { order, unit, srsName: crsUrn(srid) };
  const out = new ByteWriter();
  out.text(
    `<?xml version="1.0" encoding="UTF-8"?>\n<gml:FeatureCollection xmlns:gml="${GML_NAMESPACE}" xmlns:${TWIN_PREFIX}="${TWIN_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${escapeText(`${TWIN_NAMESPACE} ${schemaFile}`)}" gml:id="${layer.name}.collection">\n<gml:description>${escapeText(note.join('\n'))}</gml:description>\n`,
  );
  yield* inChunks(out, features, (feature) => {
    out.text('<gml:featureMember>');
    writeFeatureGml(out, feature, layer, style);
    out.text('</gml:featureMember>\n');
  });
  out.text(`</gml:FeatureCollection>\n`);
  yield out.take();
}
