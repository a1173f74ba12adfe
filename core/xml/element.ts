/** An element of a parsed document with everything below it. */
export interface XmlElement {
  /** Namespace URI; empty when there is none. */
  readonly namespace: string;
  /** Name without prefix. */
  readonly local: string;
  /**
   * Values by name. An attribute in a namespace is called `{uri}local`, any other one `local`; declarations of
   * namespaces are left out. The object has no prototype, so `attributes['constructor']` is undefined.
   */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The character data directly in this element, joined; as written, not trimmed. */
  readonly text: string;
  /** 1-based line of the start tag. */
  readonly line: number;
}

const XLINK_NAMESPACE = 'http://www.w3.org/1999/xlink';

/** The first child of that local name, whatever its namespace. */
export function childOf(element: XmlElement | undefined, local: string): XmlElement | undefined {
  return element?.children.find((child) => child.local === local);
}

/** Every child of that local name, whatever its namespace. */
export function childrenOf(element: XmlElement, local: string): readonly XmlElement[] {
  return element.children.filter((child) => child.local === local);
}

/** The trimmed text of an element, or undefined when it is absent, empty or only white space. */
export function textOf(element: XmlElement | undefined): string | undefined {
  const text = element?.text.trim();
  return text === '' ? undefined : text;
}

/** The trimmed text of the first child of that local name. */
export function childText(element: XmlElement | undefined, local: string): string | undefined {
  return textOf(childOf(element, local));
}

/** The element and everything below it, in the order of the document. */
export function* descendantsOf(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* descendantsOf(child);
}

/** `gml:id` of any GML version. */
export function gmlIdOf(element: XmlElement): string | undefined {
  const { attributes } = element;
  return attributes['{http://www.opengis.net/gml/3.2}id'] ?? attributes['{http://www.opengis.net/gml}id'];
}

/** `xlink:href` as written, trimmed; undefined when absent or empty. */
export function hrefOf(element: XmlElement): string | undefined {
  const href = element.attributes[`{${XLINK_NAMESPACE}}href`]?.trim();
  return href === '' ? undefined : href;
}
