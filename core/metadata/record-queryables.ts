/** Records of metadata as what filters and sorts know: features of a layer of their own, as all else. */
import type { Feature } from '../feature/feature.ts';
import type { Language, Layer } from '../feature/layer.ts';
import { ringOfBbox } from '../geo/bbox.ts';
import type { MetadataRecord } from './metadata-record.ts';

const text = (name: string, pl: string, en: string) => ({ name, type: 'text', label: { pl, en } }) as const;
const BOTH = { pl: 'Zbiory danych', en: 'Data sets' };

/** Geometry: the box of the data in WGS 84, longitude first. */
export const RECORDS: Layer = {
  ...{ name: 'records', table: 'records', dataset: 'catalogue', title: BOTH, description: BOTH, srid: 4326 },
  group: { name: 'records', title: BOTH, order: 0 },
  ...{ drawOrder: 0, initiallyVisible: false, geometryType: 'Polygon', dimension: 2 },
  properties: [
    text('title', 'Tytuł', 'Title'),
    text('abstract', 'Opis', 'Abstract'),
    text('subject', 'Słowa kluczowe', 'Keywords'),
    text('type', 'Rodzaj', 'Type'),
    text('format', 'Format', 'Format'),
    text('publisher', 'Odpowiada', 'Publisher'),
    text('rights', 'Warunki', 'Rights'),
    text('language', 'Język', 'Language'),
    { name: 'modified', type: 'datetime', label: { pl: 'Zmieniono', en: 'Modified' } },
    text('any_text', 'Cały tekst', 'Any text'),
  ],
  style: { stroke: '#000000', strokeWidthPx: 1 },
  ...{ steward: BOTH, licence: BOTH, freshnessDays: 0 },
};

/** @param language that words are matched in, besides the other one in `any_text` */
export function recordFeature(record: MetadataRecord, language: Language): Feature {
  const { id, level, title, abstract, keywords, stewards, licences, formats, date, extent, lineage } = record;
  const words = [title, abstract, lineage, ...keywords, ...stewards, ...licences];
  const box = extent && { minX: extent[0], minY: extent[1], maxX: extent[2], maxY: extent[3] };
  return {
    ...{ layer: RECORDS.name, id },
    geometry: box && { type: 'Polygon', coordinates: [ringOfBbox(box)] },
    properties: {
      title: title[language],
      abstract: abstract[language],
      subject: keywords.map((keyword) => keyword[language]).join(', '),
      type: level,
      format: formats.map(({ name }) => name).join(', '),
      publisher: stewards.map((steward) => steward[language]).join(', '),
      rights: licences.map((licence) => licence[language]).join(', '),
      language: 'pol',
      modified: date?.toISOString() ?? null,
      any_text: [id, ...words.flatMap(({ pl, en }) => (pl === en ? [pl] : [pl, en]))].join('\n'),
    },
  };
}

/** Queryables of CSW 2.0.2 (07-006r1, tables 53 and 54) and of its ISO profile, by their names without prefix and case. */
const QUERYABLES: Readonly<Record<string, string>> = {
  ...{ identifier: 'id', id: 'id', fileidentifier: 'id', resourceidentifier: 'id' },
  ...{ title: 'title', alternatetitle: 'title', abstract: 'abstract', description: 'abstract' },
  ...{ subject: 'subject', keyword: 'subject', topiccategory: 'subject', type: 'type', format: 'format' },
  ...{
    creator: 'publisher',
    publisher: 'publisher',
    contributor: 'publisher',
    organisationname: 'publisher',
  },
  ...{
    rights: 'rights',
    accessconstraints: 'rights',
    language: 'language',
    anytext: 'any_text',
    any_text: 'any_text',
  },
  ...{ modified: 'modified', date: 'modified', revisiondate: 'modified' },
  ...{ boundingbox: 'geom', spatial: 'geom', coverage: 'geom', geom: 'geom', geometry: 'geom' },
};

/** The name of a queryable (`dc:title`, `apiso:AnyText`, `csw:Record/dct:modified`) as the layer has it; as it is when unknown. */
export function queryableName(name: string): string {
  const local = name.trim().replace(/^.*[/:]/, '');
  return QUERYABLES[local.toLowerCase()] ?? local;
}
