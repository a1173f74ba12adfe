/** Records as XML: Dublin Core of CSW (07-006r1, 10.2) or the document of ISO 19139 itself. */

import type { Language } from '../../../core/feature/layer.ts';
import { isoMetadata } from '../../../core/metadata/iso-metadata.ts';
import { type Markup, markup, raw } from '../../../core/xml/writer.ts';
import type { CatalogueRecord } from '../../services/metadata.ts';
import { CSW_NAMESPACE, type Shown } from './request.ts';

export const RECORD_NAMESPACES = raw(
  ' xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/" xmlns:ows="http://www.opengis.net/ows" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
);
export const SCHEMA_LOCATION = raw(
  ' xsi:schemaLocation="http://www.opengis.net/cat/csw/2.0.2 http://schemas.opengis.net/csw/2.0.2/CSW-discovery.xsd"',
);
const DECLARATION = /^\s*<\?xml[^>]*\?>\s*/;
const ROOT = { brief: 'BriefRecord', summary: 'SummaryRecord', full: 'Record' } as const;

/** @param index its place among the records of the document */
export function recordMarkup(
  one: CatalogueRecord,
  { elementSet, outputSchema }: Shown,
  language: Language,
  index = 0,
): Markup {
  if (outputSchema !== CSW_NAMESPACE) {
    return raw((one.xml ?? isoMetadata(one.record, index)).replace(DECLARATION, '').trimEnd());
  }
  return dublinCore(one.record, elementSet, language);
}

function dublinCore(record: CatalogueRecord['record'], set: Shown['elementSet'], language: Language): Markup {
  const { id, title, level, keywords, formats, date, abstract, stewards, licences, lineage, extent } = record;
  const [isSummary, isFull] = [set !== 'brief', set === 'full'];
  const name = raw(ROOT[set]);
  return markup`<csw:${name}><dc:identifier>${id}</dc:identifier><dc:title>${title[language]}</dc:title><dc:type>${level}</dc:type>${
    isSummary && [
      ...keywords.map((each) => markup`<dc:subject>${each[language]}</dc:subject>`),
      ...formats.map((each) => markup`<dc:format>${each.name}</dc:format>`),
      date && markup`<dct:modified>${date.toISOString().slice(0, 10)}</dct:modified>`,
      markup`<dct:abstract>${abstract[language]}</dct:abstract>`,
    ]
  }${
    isFull && [
      ...stewards.map((each) => markup`<dc:publisher>${each[language]}</dc:publisher>`),
      ...licences.map((each) => markup`<dc:rights>${each[language]}</dc:rights>`),
      markup`<dc:source>${lineage[language]}</dc:source><dc:language>pol</dc:language>`,
    ]
  }${extent && box(extent)}</csw:${name}>`;
}

/** In the order of the authority: latitude first. */
const box = ([west, south, east, north]: readonly [number, number, number, number]): Markup =>
  markup`<ows:BoundingBox crs="urn:ogc:def:crs:EPSG::4326"><ows:LowerCorner>${degrees(south)} ${degrees(west)}</ows:LowerCorner><ows:UpperCorner>${degrees(north)} ${degrees(east)}</ows:UpperCorner></ows:BoundingBox>`;

const degrees = (value: number): string => value.toFixed(6);
