/** ISO 19115:2003 in the XML of ISO 19139 (gmd), as others deliver it, into what this catalogue tells of a data set. */
import { invalidParameter } from '../errors.ts';
import type { Text } from '../feature/layer.ts';
import { childOf, childrenOf, descendantsOf, textOf, type XmlElement } from '../xml/element.ts';
import type { MetadataRecord, TopicCategory } from './metadata-record.ts';

export const GMD_NAMESPACE = 'http://www.isotc211.org/2005/gmd';
const EPSG = /(?:EPSG(?:::|:|\/0\/|\/)|^)(\d{4,6})$/i;
/** When a record names no system that can be read. */
const DEGREES_SRID = 4326;

/**
 * What is asked for in searches is read; the rest stays in the document itself.
 * @throws TwinError invalid-parameter naming the element that is missing or is none of ISO 19139
 */
export function readIsoMetadata(root: XmlElement): MetadataRecord {
  if (root.namespace !== GMD_NAMESPACE || root.local !== 'MD_Metadata') {
    throw invalidParameter('record', `Line ${root.line}: ${root.local} is no gmd:MD_Metadata`);
  }
  const id = texts(root, 'fileIdentifier')[0];
  if (id === undefined) throw missing(root, 'gmd:fileIdentifier');
  const identification = childOf(root, 'identificationInfo')?.children[0];
  if (!identification) throw missing(root, 'gmd:identificationInfo');
  const citation = childOf(childOf(identification, 'citation'), 'CI_Citation');
  const title = citation && freeText(childOf(citation, 'title'));
  if (!citation || !title) throw missing(identification, 'gmd:citation with a gmd:title');
  return {
    id,
    level: codeIn(childOf(root, 'hierarchyLevel')) === 'series' ? 'series' : 'dataset',
    title,
    abstract: freeText(childOf(identification, 'abstract')) ?? title,
    keywords: all(identification, 'keyword'),
    topics: all(identification, 'MD_TopicCategoryCode').map(({ pl }) => pl as TopicCategory),
    stewards: all(identification, 'organisationName'),
    date: dateIn(citation),
    srid: sridIn(root),
    extent: extentIn(identification),
    lineage: all(root, 'statement')[0] ?? { pl: '–', en: '–' },
    licences: all(identification, 'otherConstraints'),
    quality: {},
    formats: childrenOf(
      childOf(childOf(root, 'distributionInfo'), 'MD_Distribution') ?? root,
      'distributionFormat',
    ).flatMap((format) => {
      const name = texts(format.children[0] ?? format, 'name')[0];
      return name === undefined
        ? []
        : [{ name, version: texts(format.children[0] ?? format, 'version')[0] ?? '–' }];
    }),
  };
}

const missing = (element: XmlElement, name: string) =>
  invalidParameter('record', `Line ${element.line}: ${element.local} needs ${name}`);

/** Texts of the children of a name. */
const texts = (element: XmlElement, local: string): readonly string[] =>
  childrenOf(element, local).flatMap((each) => freeText(each)?.pl ?? []);

/** Texts of everything of a name below, each once. */
function all(element: XmlElement, local: string): readonly Text[] {
  const found = [...descendantsOf(element)].filter((each) => each.local === local);
  const told = found.flatMap((each) => freeText(each) ?? []);
  return [...new Map(told.map((text) => [text.pl, text])).values()];
}

/** A text with what its English variant says, else the same in both languages (ISO 19139, PT_FreeText). */
function freeText(element: XmlElement | undefined): Text | undefined {
  if (!element) return undefined;
  const holder = ['CharacterString', 'Anchor'].flatMap((name) => childOf(element, name) ?? [])[0];
  const pl = clean(textOf(holder) ?? textOf(element));
  if (pl === undefined) return undefined;
  const english = [...descendantsOf(element)].find(
    ({ local, attributes }) =>
      local === 'LocalisedCharacterString' && /^#(?:locale-)?en/i.test(attributes['locale'] ?? ''),
  );
  return { pl, en: clean(textOf(english)) ?? pl };
}

/** Some editors leave byte order marks within texts. */
const clean = (text: string | undefined): string | undefined =>
  text?.replaceAll('\uFEFF', '').trim() || undefined;

const codeIn = (element: XmlElement | undefined): string | undefined =>
  element?.children[0]?.attributes['codeListValue'];

/** The youngest date of the citation. */
function dateIn(citation: XmlElement): Date | undefined {
  const moments = [...descendantsOf(citation)]
    .filter(({ local }) => local === 'Date' || local === 'DateTime')
    .map((each) => Date.parse(textOf(each) ?? ''))
    .filter((moment) => !Number.isNaN(moment));
  return moments.length > 0 ? new Date(Math.max(...moments)) : undefined;
}

function sridIn(root: XmlElement): number {
  for (const info of childrenOf(root, 'referenceSystemInfo')) {
    for (const element of descendantsOf(info)) {
      const code = element.local === 'code' ? EPSG.exec(freeText(element)?.pl ?? '')?.[1] : undefined;
      if (code !== undefined) return Number(code);
    }
  }
  return DEGREES_SRID;
}

function extentIn(identification: XmlElement): MetadataRecord['extent'] {
  const box = [...descendantsOf(identification)].find(({ local }) => local === 'EX_GeographicBoundingBox');
  if (!box) return undefined;
  const degrees = (name: string): number =>
    Number(textOf(childOf(childOf(box, name), 'Decimal')) ?? Number.NaN);
  const [west, east] = [degrees('westBoundLongitude'), degrees('eastBoundLongitude')];
  const [south, north] = [degrees('southBoundLatitude'), degrees('northBoundLatitude')];
  return [west, south, east, north].every(Number.isFinite) ? [west, south, east, north] : undefined;
}
