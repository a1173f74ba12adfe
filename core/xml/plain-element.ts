/**
 * Reads what is written plainly: elements with names in ASCII, attributes, text and the five predefined entities.
 * Objects of exchange files are written so, millions of elements with a few dozen names; reading them by whole tags
 * and not by characters takes a fifth of the time. It never judges a fault: whatever it does not know for right is
 * left to the strict parser, which says what is wrong and where.
 */
import type { XmlElement } from './element.ts';
import type { ExpandedName, NameScope } from './name-scope.ts';
import type { XmlLimits } from './xml-limits.ts';

export interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

export interface PlainTag {
  readonly element: OpenElement;
  readonly written: string;
  readonly scope: NameScope;
  readonly isEmpty: boolean;
  /** Characters of its attributes' values. */
  readonly chars: number;
  /** Where the text goes on after it. */
  readonly end: number;
}

export interface PlainElement {
  readonly element: XmlElement;
  readonly end: number;
  /** 1-based line at `end`. */
  readonly line: number;
}

/** `more`: the text ends too early; `strict`: to be read by the strict parser. */
export type Unread = 'more' | 'strict';

/** Every character that a document may hold but the pairs beyond the first plane and carriage returns. */
const UNUSUAL = /[^\t\n\x20-\ud7ff\ue000-\ufffd]/;
const ATTRIBUTE = /[ \t]+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)[ \t]*=[ \t]*(?:"([^"<\t]*)"|'([^'<\t]*)')/y;
const BLANK = /^[ \t]*$/;

/** Whether a text can hold plain elements at all. */
export const isPlainText = (text: string): boolean => !UNUSUAL.test(text);

/** The start tag at `start`, where a `<` is, on one line. */
export function readPlainTag(
  text: string,
  start: number,
  { line, scope, limits }: { readonly line: number; readonly scope: NameScope; readonly limits: XmlLimits },
): PlainTag | Unread {
  const close = text.indexOf('>', start);
  if (close < 0) return 'more';
  if (close - start > limits.maxTagChars) return 'strict';
  const isEmpty = text.charCodeAt(close - 1) === SLASH;
  const inner = text.slice(start + 1, isEmpty ? close - 1 : close);
  const space = inner.search(/[ \t\n]/);
  if (space >= 0 && inner.includes('\n')) return 'strict';
  const written = space < 0 ? inner : inner.slice(0, space);
  const given = space < 0 ? NOTHING_GIVEN : attributesIn(inner, space);
  const within = given && scope.within(given.declared);
  const name = within?.element(written);
  const attributes = within && given && named(given.attributes, within);
  if (!within || !name || !attributes) return 'strict';
  const element = openElement(name, attributes, line);
  return { element, written, scope: within, isEmpty, chars: given.chars, end: close + 1 };
}

/**
 * The element whose start tag has just been read, whole.
 * @param depth of the element
 */
export function readPlainElement(
  text: string,
  first: PlainTag,
  { depth, limits }: { readonly depth: number; readonly limits: XmlLimits },
): PlainElement | Unread {
  const tree: PlainTag[] = [];
  let [open, at, line, elements, chars] = [first, first.end, first.element.line, 1, first.chars];
  let newline = text.indexOf('\n', at);
  let isOpen = !first.isEmpty;
  while (isOpen) {
    const lt = text.indexOf('<', at);
    if (lt < 0) return 'more';
    while (newline >= 0 && newline < lt) {
      line++;
      newline = text.indexOf('\n', newline + 1);
    }
    if (lt > at) {
      const part = plainText(text.slice(at, lt));
      if (part === undefined || lt - at > limits.maxTextChars) return 'strict';
      chars += part.length;
      open.element.text += part;
    }
    if (text.charCodeAt(lt + 1) === SLASH) {
      const close = lt + 2 + open.written.length;
      if (close >= text.length) return 'more';
      if (text.charCodeAt(close) !== GREATER || !text.startsWith(open.written, lt + 2)) return 'strict';
      at = close + 1;
      const parent = tree.pop();
      if (parent === undefined) isOpen = false;
      else open = parent;
      continue;
    }
    const tag = readPlainTag(text, lt, { line, scope: open.scope, limits });
    if (typeof tag === 'string') return tag;
    open.element.children.push(tag.element);
    elements++;
    chars += tag.chars;
    at = tag.end;
    const isTooMuch = elements > limits.maxElements || chars > limits.maxTreeChars;
    if (isTooMuch || depth + tree.length + 1 >= limits.maxDepth) return 'strict';
    if (!tag.isEmpty) {
      tree.push(open);
      open = tag;
    }
  }
  if (chars > limits.maxTreeChars) return 'strict';
  return { element: first.element, end: at, line };
}

const SLASH = 0x2f;
const GREATER = 0x3e;

interface Given {
  readonly attributes: readonly (readonly [written: string, value: string])[];
  readonly declared: Readonly<Record<string, string>>;
  readonly chars: number;
}

const NOTHING_GIVEN: Given = { attributes: [], declared: {}, chars: 0 };

/** Undefined when there is more in the tag than plain attributes, each once. */
function attributesIn(tag: string, from: number): Given | undefined {
  const attributes: (readonly [string, string])[] = [];
  const declared: Record<string, string> = Object.create(null);
  let [at, chars] = [from, 0];
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(tag);
    if (found === null) return BLANK.test(tag.slice(at)) ? { attributes, declared, chars } : undefined;
    const [whole, written = ''] = found;
    const value = withoutEntities(found[2] ?? found[3] ?? '');
    if (value === undefined) return undefined;
    at += whole.length;
    const prefix = written === 'xmlns' ? '' : written.startsWith('xmlns:') ? written.slice(6) : undefined;
    if (prefix === undefined) {
      attributes.push([written, value]);
      chars += value.length;
    } else if (declared[prefix] === undefined) declared[prefix] = value;
    else return undefined;
  }
}

function named(given: Given['attributes'], scope: NameScope): Record<string, string> | undefined {
  const attributes: Record<string, string> = Object.create(null);
  for (const [written, value] of given) {
    const name = scope.attribute(written);
    if (name === undefined || attributes[name] !== undefined) return undefined;
    attributes[name] = value;
  }
  return attributes;
}

const openElement = (
  { namespace, local }: ExpandedName,
  attributes: Readonly<Record<string, string>>,
  line: number,
): OpenElement => ({ namespace, local, attributes, children: [], text: '', line });

const plainText = (text: string): string | undefined =>
  text.includes(']]>') ? undefined : withoutEntities(text);

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

function withoutEntities(text: string): string | undefined {
  if (!text.includes('&')) return text;
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) return undefined;
  return text.replace(/&[a-z]+;/g, (entity) => ENTITIES[entity] ?? '');
}
