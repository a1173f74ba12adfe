/** What another WMS told of a pixel, in whatever form it answers, as plain columns. */
import { notSupported } from '../errors.ts';
import { descendantsOf, gmlIdOf, textOf, type XmlElement } from '../xml/element.ts';
import { readForeignXml } from './capabilities.ts';

export interface ToldObject {
  readonly id: string;
  /** In the order in which they came. */
  readonly columns: ReadonlyMap<string, string>;
}

const MOST_COLUMNS = 200;
const MOST_CHARS = 10_000;

/** @throws TwinError not-supported when it cannot be read as what it says it is */
export function readInfo(bytes: Uint8Array, format: string, most: number): readonly ToldObject[] {
  if (/json/i.test(format)) return fromJson(bytes, most);
  if (/xml|gml/i.test(format)) return fromXml(readForeignXml(bytes), most);
  const text = new TextDecoder().decode(bytes);
  const plain = /html/i.test(format) ? withoutTags(text) : text;
  const said = plain
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim()
    .slice(0, MOST_CHARS);
  if (said === '' || /search returned no results|no features were found/i.test(said)) return [];
  return [{ id: '1', columns: new Map([['text', said]]) }];
}

function fromJson(bytes: Uint8Array, most: number): readonly ToldObject[] {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw notSupported('the answer is said to be JSON and is not');
  }
  const { features } = Object(document) as { readonly features?: unknown };
  if (!Array.isArray(features)) throw notSupported('the answer is no FeatureCollection of GeoJSON');
  return features.slice(0, most).map((feature: unknown, index) => {
    const { id, properties } = Object(feature) as { readonly id?: unknown; readonly properties?: unknown };
    const columns = Object.entries(Object(properties) as Readonly<Record<string, unknown>>)
      .slice(0, MOST_COLUMNS)
      .flatMap(([name, value]): [string, string][] =>
        value === null || value === undefined
          ? []
          : [
              [
                name,
                (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, MOST_CHARS),
              ],
            ],
      );
    return { id: String(id ?? index + 1), columns: new Map(columns) };
  });
}

/** Objects are elements all of whose children are text or geometry, or that tell by attributes (ArcGIS, Geomedia). */
function fromXml(root: XmlElement, most: number): readonly ToldObject[] {
  const told: ToldObject[] = [];
  for (const element of descendantsOf(root)) {
    if (told.length >= most) break;
    const columns = new Map<string, string>();
    for (const [name, value] of Object.entries(element.attributes)) {
      if (/^FIELDS?$/i.test(element.local) && value !== '') columns.set(name, value.slice(0, MOST_CHARS));
    }
    for (const child of element.children.slice(0, MOST_COLUMNS)) {
      const text = textOf(child);
      if (child.children.length === 0 && text !== undefined)
        columns.set(child.local, text.slice(0, MOST_CHARS));
    }
    const isGeometry = /gml/.test(element.namespace);
    if (columns.size > 0 && !isGeometry)
      told.push({ id: gmlIdOf(element) ?? String(told.length + 1), columns });
  }
  return told;
}

const withoutTags = (html: string): string =>
  html
    .replaceAll(/<(script|style|head)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replaceAll(/<\/(?:tr|p|div|li|h\d)\s*>|<br\s*\/?>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
