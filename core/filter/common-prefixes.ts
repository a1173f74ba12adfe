/** Callers bind prefixes as they like; references to properties are read with those that are common here. */
import type { XmlElement } from '../xml/element.ts';
import { parseXmlWithPrefixes } from '../xml/reader.ts';

type Namespaces = ReadonlyMap<string, string>;

const isGml = (namespace: string): boolean => /^http:\/\/www\.opengis\.net\/gml(\/|$)/.test(namespace);

/**
 * References (XPath, also several of them) in which `gml` is the prefix of GML and of nothing else. Prefixes that nobody
 * declared stay.
 */
export const commonReferences = (text: string, namespaces: Namespaces): string =>
  text.replace(/(?<![^\s/@:,()[\]])([^\s/@:,()[\]]+):/g, (written: string, prefix: string) => {
    const namespace = namespaces.get(prefix);
    if (namespace === undefined) return written;
    if (isGml(namespace)) return 'gml:';
    return prefix === 'gml' ? '' : written;
  });

/**
 * A request or filter (09-025r2, 09-026r2 and their earlier versions) with its references as above.
 * @throws XmlError for text that is not sound XML
 */
export function parseWithCommonPrefixes(text: string): XmlElement {
  const { root, declared } = parseXmlWithPrefixes(text);
  const isOwn = [...declared.values()].some((namespaces) =>
    Object.entries(namespaces).some(([prefix, uri]) => prefix !== '' && isGml(uri) !== (prefix === 'gml')),
  );
  if (!isOwn) return root;
  const renamed = (element: XmlElement, outer: Namespaces): XmlElement => {
    const own = declared.get(element);
    const namespaces = own ? new Map([...outer, ...Object.entries(own)]) : outer;
    const { attributes, text: inside, children } = element;
    const { valueReference } = attributes;
    return {
      ...element,
      attributes:
        valueReference === undefined
          ? attributes
          : { ...attributes, valueReference: commonReferences(valueReference, namespaces) },
      text: isReference(element) ? commonReferences(inside, namespaces) : inside,
      children: children.map((child) => renamed(child, namespaces)),
    };
  };
  return renamed(root, new Map());
}

/** `Name` is that of a property in an update of WFS 1.1 and 1.0. */
const isReference = ({ local, namespace }: XmlElement): boolean =>
  /^(ValueReference|PropertyName)$/.test(local) ||
  (local === 'Name' && /^http:\/\/www\.opengis\.net\/wfs/.test(namespace));
