/**
 * wfs:FeatureCollection of WFS 1.1 (04-094, 9.3), in GML 3.1.1, whose objects are written as those of 3.2; and of WFS 1.0
 * (02-058, 9.3), in GML 2.1.2.
 */
import { ByteWriter } from '../../../core/formats/byte-writer.ts';
import { inChunks } from '../../../core/formats/chunks.ts';
import { coordinateStyle } from '../../../core/formats/coordinate-text.ts';
import { OLD_GML_NAMESPACE, typeName, writeFeatureGml, xmlNamesOf } from '../../../core/formats/gml.ts';
import { escapeText } from '../../../core/xml/writer.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { OLD_GML_TYPE, OLDEST_GML_TYPE } from './output-formats.ts';
import type { Page } from './pages.ts';
import type { Presentation } from './request.ts';
import type { Selection } from './selection.ts';
import { OLD_WFS_NAMESPACE, type OldVersion } from './versions.ts';

/** All members in one collection; a count says how many match, an answer how many it holds. */
export function oldCollection(
  pages: readonly Page[],
  selections: readonly Selection[],
  { presentation, version }: { readonly presentation: Presentation; readonly version: OldVersion },
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
  const description = `${ask.publicUrl}/wfs?service=WFS&version=${version}&request=DescribeFeatureType&typeName=${types}`;
  const { schema, type } = FORMS[version];
  const places = `${OLD_WFS_NAMESPACE} http://schemas.opengis.net/wfs/${schema} ${namespace} ${description}`;
  const head = `<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:wfs="${OLD_WFS_NAMESPACE}" xmlns:gml="${OLD_GML_NAMESPACE}" xmlns:${prefix}="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${escapeText(places)}"${version === '1.0.0' ? `>\n${NO_BOUNDS}` : ` numberOfFeatures="${number}" timeStamp="${new Date().toISOString()}">`}
`;
  return {
    status: 200,
    headers: { 'content-type': type },
    body: written(head, isCount ? [] : pages, version === '1.0.0'),
  };
}

const FORMS = {
  '1.1.0': { schema: '1.1.0/wfs.xsd', type: OLD_GML_TYPE },
  '1.0.0': { schema: '1.0.0/WFS-basic.xsd', type: OLDEST_GML_TYPE },
} as const satisfies Record<OldVersion, unknown>;

/** GML 2.1.2 wants it before the first member, when the answer is on its way and its last one is not known. */
const NO_BOUNDS = '<gml:boundedBy><gml:null>unknown</gml:null></gml:boundedBy>';

async function* written(head: string, pages: readonly Page[], isGml2: boolean): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  out.text(head);
  for (const { selection, read } of pages.flatMap(({ parts }) => parts)) {
    const style = { ...coordinateStyle(selection.crs), srsName: selection.crs.text, isGml2 };
    yield* inChunks(out, read(), (feature) => {
      out.text('<gml:featureMember>');
      writeFeatureGml(out, feature, selection.layer, style);
      out.text('</gml:featureMember>\n');
    });
  }
  out.text('</wfs:FeatureCollection>\n');
  yield out.take();
}
