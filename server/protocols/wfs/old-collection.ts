/** wfs:FeatureCollection of WFS 1.1 (04-094, 9.3): GML 3.1.1, whose objects are written as those of 3.2. */
import { ByteWriter } from '../../../core/formats/byte-writer.ts';
import { inChunks } from '../../../core/formats/chunks.ts';
import { coordinateStyle } from '../../../core/formats/coordinate-text.ts';
import { OLD_GML_NAMESPACE, typeName, writeFeatureGml, xmlNamesOf } from '../../../core/formats/gml.ts';
import { escapeText } from '../../../core/xml/writer.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { OLD_GML_TYPE } from './output-formats.ts';
import type { Page } from './pages.ts';
import type { Presentation } from './request.ts';
import type { Selection } from './selection.ts';
import { OLD_WFS_NAMESPACE } from './versions.ts';

/** All members in one collection; a count says how many match, an answer how many it holds. */
export function oldCollection(
  pages: readonly Page[],
  selections: readonly Selection[],
  { presentation }: { readonly presentation: Presentation },
  ask: Ask,
): Reply {
  const isCount = presentation.resultType === 'hits';
  const number = pages.reduce(
    (sum, { numberMatched, numberReturned }) => sum + (isCount ? (numberMatched ?? 0) : numberReturned),
    0,
  );
  const layers = selections.map(({ layer }) => layer);
  const { prefix, namespace } = xmlNamesOf(layers);
  const types = [...new Set(layers.map(typeName))].join(',');
  const description = `${ask.publicUrl}/wfs?service=WFS&version=1.1.0&request=DescribeFeatureType&typeName=${types}`;
  const places = `${OLD_WFS_NAMESPACE} http://schemas.opengis.net/wfs/1.1.0/wfs.xsd ${namespace} ${description}`;
  const head = `<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:wfs="${OLD_WFS_NAMESPACE}" xmlns:gml="${OLD_GML_NAMESPACE}" xmlns:${prefix}="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${escapeText(places)}" numberOfFeatures="${number}" timeStamp="${new Date().toISOString()}">
`;
  return {
    status: 200,
    headers: { 'content-type': OLD_GML_TYPE },
    body: written(head, isCount ? [] : pages),
  };
}

async function* written(head: string, pages: readonly Page[]): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  out.text(head);
  for (const { selection, features } of pages.flatMap(({ parts }) => parts)) {
    const style = { ...coordinateStyle(selection.crs), srsName: selection.crs.text };
    yield* inChunks(out, features, (feature) => {
      out.text('<gml:featureMember>');
      writeFeatureGml(out, feature, selection.layer, style);
      out.text('</gml:featureMember>\n');
    });
  }
  out.text('</wfs:FeatureCollection>\n');
  yield out.take();
}
