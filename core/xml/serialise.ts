/** A tree back as text: elements, attributes and texts as they were, prefixes as they come. Comments are gone. */
import type { XmlElement } from './element.ts';
import { escapeText } from './writer.ts';

const ATTRIBUTE_NAME = /^\{(.*)\}(.*)$/;

/**
 * @param prefixes usual prefixes by namespace; others get names of their own
 * @returns the element with every namespace declared on it
 */
export function serialiseXml(root: XmlElement, prefixes: Readonly<Record<string, string>>): string {
  const used = new Map<string, string>();
  const prefixOf = (namespace: string): string => {
    const known = used.get(namespace) ?? prefixes[namespace] ?? `ns${used.size}`;
    used.set(namespace, known);
    return known;
  };
  const nameOf = (namespace: string, local: string) =>
    namespace === '' ? local : `${prefixOf(namespace)}:${local}`;
  const inside = ({ attributes, children, text }: XmlElement): { attributes: string; content: string } => ({
    attributes: Object.entries(attributes)
      .map(([name, value]) => {
        const [, namespace = '', local = name] = ATTRIBUTE_NAME.exec(name) ?? [];
        return ` ${nameOf(namespace, local)}="${escapeText(value)}"`;
      })
      .join(''),
    content: children.length > 0 ? children.map(element).join('') : escapeText(text),
  });
  const element = (each: XmlElement): string => {
    const name = nameOf(each.namespace, each.local);
    const { attributes, content } = inside(each);
    return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
  };
  const name = nameOf(root.namespace, root.local);
  const { attributes, content } = inside(root);
  const declared = [...used]
    .map(([namespace, prefix]) => (prefix === 'xml' ? '' : ` xmlns:${prefix}="${escapeText(namespace)}"`))
    .join('');
  return `<${name}${declared}${attributes}>${content}</${name}>`;
}
