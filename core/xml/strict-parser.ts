/** The library, with limits: it judges every document that is not written plainly, and says what is wrong and where. */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { XmlElement } from './element.ts';
import { NameScope } from './name-scope.ts';
import type { OpenElement } from './plain-element.ts';
import { XmlError, type XmlFault } from './xml-error.ts';
import type { XmlLimits } from './xml-limits.ts';

/** `take` the whole element as a tree, `enter` it and decide on each child, or `skip` it with all below. */
export type XmlStep = 'take' | 'enter' | 'skip';

export type XmlItem =
  /** A start tag that was entered; its children are not known yet. */
  | { readonly kind: 'enter'; readonly element: XmlElement }
  | { readonly kind: 'element'; readonly element: XmlElement };

/** Characters given to the library at once; limits are looked at between two slices. */
const SLICE_CHARS = 64 * 1024;

/** Where the parser stands between two children of an element that was entered. */
export interface Between {
  /** Of the children. */
  readonly depth: number;
  readonly scope: NameScope;
  /** 1-based. */
  readonly line: number;
  /** Characters before it in its line. */
  readonly column: number;
}

export interface StrictParser {
  /** @throws XmlError at the first fault; what came before it was emitted */
  write(text: string): void;
  /** @throws XmlError when the document is not complete */
  end(): void;
  /** Undefined unless what was written last ended with a tag, and a child or the end of the parent comes next. */
  between(): Between | undefined;
  /** Goes on after children that were read otherwise. @param line where they end, and the characters since its beginning */
  skipTo(line: number, column: number): void;
}

/**
 * @param stepFor is asked at each start tag outside a taken tree
 * @param declares is told of each element of a tree that declares namespaces, by prefix
 */
export function makeParser(
  limits: XmlLimits,
  stepFor: (element: XmlElement, depth: number) => XmlStep,
  emit: (item: XmlItem) => void,
  declares?: (element: XmlElement, namespaces: Readonly<Record<string, string>>) => void,
): StrictParser {
  const sax = new SaxesParser({ xmlns: true });
  /** Open elements of the tree being taken. */
  const tree: OpenElement[] = [];
  let depth = 0;
  let skipFrom: number | undefined;
  let elements = 0;
  let treeChars = 0;
  let tokenStart = 0;
  /** Characters given so far. Between two writes the position of the parser counts the last one twice. */
  let given = 0;
  let insideTag = false;
  let tagLine = 1;
  let ending = false;
  /** Of the elements that were entered and are open. */
  const scopes = [NameScope.outermost];
  /** The last thing read was a tag. */
  let isAfterTag = false;

  const fail = (fault: XmlFault, message: string): never => {
    throw new XmlError(fault, message, sax.line, Math.max(1, sax.column));
  };
  const tokenEnds = () => {
    tokenStart = sax.position;
  };
  const growTree = (chars: number) => {
    treeChars += chars;
    if (treeChars > limits.maxTreeChars) {
      fail('too-large', `one object is larger than ${limits.maxTreeChars} characters`);
    }
  };

  sax.on('error', (error) => {
    const message = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    fail(ending ? 'truncated' : 'malformed', ending ? `the document ends too early (${message})` : message);
  });
  sax.on('doctype', () =>
    fail('forbidden', 'a document type declaration (DOCTYPE) is not accepted; remove it'),
  );
  sax.on('comment', tokenEnds);
  sax.on('processinginstruction', tokenEnds);
  sax.on('xmldecl', tokenEnds);
  sax.on('opentagstart', () => {
    insideTag = true;
    tagLine = sax.line;
    tokenStart = sax.position;
  });
  sax.on('opentag', (tag) => {
    insideTag = false;
    tokenEnds();
    if (depth >= limits.maxDepth) fail('too-large', `elements are nested more than ${limits.maxDepth} deep`);
    if (skipFrom === undefined) open(makeElement(tag, tagLine), tag);
    depth++;
    isAfterTag = true;
  });
  const open = (element: OpenElement, { ns }: SaxesTagNS) => {
    const parent = tree.at(-1);
    if (parent !== undefined) {
      parent.children.push(element);
    } else {
      const step = stepFor(element, depth);
      if (step === 'skip') skipFrom = depth;
      if (step === 'enter') {
        emit({ kind: 'enter', element });
        scopes.push((scopes.at(-1) ?? NameScope.outermost).within(ns ?? {}) ?? NameScope.outermost);
      }
      if (step !== 'take') return;
      elements = 0;
      treeChars = 0;
    }
    tree.push(element);
    if (declares && ns && Object.keys(ns).length > 0) declares(element, ns);
    elements++;
    if (elements > limits.maxElements) {
      fail('too-large', `one object has more than ${limits.maxElements} elements`);
    }
    let chars = 0;
    for (const name in element.attributes) chars += element.attributes[name]?.length ?? 0;
    growTree(chars);
  };
  sax.on('closetag', () => {
    tokenEnds();
    isAfterTag = true;
    depth--;
    if (skipFrom !== undefined) {
      if (depth === skipFrom) skipFrom = undefined;
      return;
    }
    const element = tree.pop();
    if (element === undefined) scopes.pop();
    else if (tree.length === 0) emit({ kind: 'element', element });
  });
  const addText = (text: string) => {
    tokenEnds();
    const element = tree.at(-1);
    if (element === undefined) return;
    growTree(text.length);
    element.text += text;
  };
  sax.on('text', addText);
  sax.on('cdata', addText);

  return {
    write: (text) => {
      isAfterTag = false;
      for (let start = 0; start < text.length; start += SLICE_CHARS) {
        const slice = text.slice(start, start + SLICE_CHARS);
        sax.write(slice);
        given += slice.length;
        const limit = insideTag ? limits.maxTagChars : limits.maxTextChars;
        if (given - tokenStart > limit) {
          fail('too-large', `a ${insideTag ? 'tag' : 'text'} is longer than ${limit} characters`);
        }
      }
      isAfterTag &&= text.endsWith('>');
    },
    end: () => {
      ending = true;
      sax.close();
    },
    between: () => {
      const scope = scopes.at(-1);
      const isBetween = isAfterTag && tree.length === 0 && skipFrom === undefined && depth > 0;
      return isBetween && scope ? { depth, scope, line: sax.line, column: sax.column } : undefined;
    },
    skipTo: (line, column) => {
      sax.line = line;
      sax.column = column;
    },
  };
}

function makeElement(tag: SaxesTagNS, line: number): OpenElement {
  const attributes: Record<string, string> = Object.create(null);
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
    const name = attribute.uri === '' ? attribute.local : `{${attribute.uri}}${attribute.local}`;
    attributes[name] = attribute.value;
  }
  return { namespace: tag.uri, local: tag.local, attributes, children: [], text: '', line };
}
