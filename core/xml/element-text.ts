import type { XmlElement } from './element.ts';
import { escapeText } from './writer.ts';

/**
 * An element as a document that reads back as the same tree. Text stands before the children: made for vocabularies
 * without mixed content, as FES and GML are.
 */
export function elementText(element: XmlElement): string {
  return write(element, undefined);
}

function write(element: XmlElement, outerNamespace: string | undefined): string {
  const { namespace, local, attributes, children, text } = element;
  const declared = namespace === outerNamespace ? '' : ` xmlns="${escapeText(namespace)}"`;
  const written = Object.entries(attributes).map(([name, value], index) => {
    const [, uri, plain = name] = /^\{([^}]*)\}(.+)$/.exec(name) ?? [];
    const prefix = uri === undefined ? '' : `a${index}:`;
    const declaration = uri === undefined ? '' : ` xmlns:a${index}="${escapeText(uri)}"`;
    return `${declaration} ${prefix}${plain}="${escapeText(value)}"`;
  });
  const inside = children.map((child) => write(child, namespace)).join('');
  return `<${local}${declared}${written.join('')}>${escapeText(text.trim() === '' ? '' : text)}${inside}</${local}>`;
}
