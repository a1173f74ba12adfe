import type { Text } from '../feature/layer.ts';
import type { Bbox } from '../geo/bbox.ts';
import { degreesOf, type MetadataRecord } from '../metadata/metadata-record.ts';
import type { OrderRequest } from '../wire/order.ts';
import { ORDER_FORMAT_FACTS } from './order-formats.ts';

export interface PackageFacts {
  /** Changes whenever the package does. */
  readonly version: string;
  /** Around the ground that was ordered; undefined = the whole city. */
  readonly box: Bbox | undefined;
  readonly objects: number;
}

/** What is said of a package: a series of its layers, cut to the ground that was ordered. */
export function packageRecord(
  order: OrderRequest,
  records: readonly MetadataRecord[],
  { version, box, objects }: PackageFacts,
): MetadataRecord {
  const dates = records.flatMap(({ date }) => (date ? [date.getTime()] : []));
  const names = (language: 'pl' | 'en') => records.map(({ title }) => title[language]).join(', ');
  return {
    id: `blizniak:order:${version}`,
    level: 'series',
    title: { pl: `Dane zamówione: ${names('pl')}`, en: `Data as ordered: ${names('en')}` },
    abstract: {
      pl: `${objects} obiektów; ${order.cut === 'clip' ? 'przycięte do obszaru' : 'obiekty całe'}. Wysokości: ${order.heights}.`,
      en: `${objects} objects; ${order.cut === 'clip' ? 'cut at the edge of the area' : 'whole objects'}. Heights: ${order.heights}.`,
    },
    keywords: distinct(records.flatMap(({ keywords }) => keywords)),
    topics: [...new Set(records.flatMap(({ topics }) => topics))],
    stewards: distinct(records.flatMap(({ stewards }) => stewards)),
    date: dates.length > 0 ? new Date(Math.max(...dates)) : undefined,
    srid: order.srid,
    extent: box ? degreesOf([box.minX, box.minY, box.maxX, box.maxY], box.srid) : unionOf(records),
    lineage: {
      pl: records.map(({ title, lineage }) => `${title.pl}: ${lineage.pl}`).join(' '),
      en: records.map(({ title, lineage }) => `${title.en}: ${lineage.en}`).join(' '),
    },
    licences: distinct(records.flatMap(({ licences }) => licences)),
    quality: {},
    formats: [...new Set(order.formats)].map((format) => ({
      name: ORDER_FORMAT_FACTS[format].title.en,
      version: '–',
    })),
  };
}

const distinct = (texts: readonly Text[]): readonly Text[] => [
  ...new Map(texts.map((text) => [text.pl, text])).values(),
];

function unionOf(records: readonly MetadataRecord[]): MetadataRecord['extent'] {
  const extents = records.flatMap(({ extent }) => (extent ? [extent] : []));
  if (extents.length === 0) return undefined;
  const [wests, souths, easts, norths] = [0, 1, 2, 3].map((side) =>
    extents.map((extent) => extent[side] ?? 0),
  );
  return [
    Math.min(...(wests ?? [])),
    Math.min(...(souths ?? [])),
    Math.max(...(easts ?? [])),
    Math.max(...(norths ?? [])),
  ];
}
